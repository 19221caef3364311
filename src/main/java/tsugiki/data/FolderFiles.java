package tsugiki.data;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tsugiki.base.BadInputException;

/**
 * Image files below a folder, however deep, by following links.
 *
 * @param root the folder
 * @param names of its images, in order
 */
record FolderFiles(Path root, List<String> names) implements ImageFiles {
  /** Lists a folder's images, sorted by relative path. */
  static FolderFiles list(Path root) {
    try (Stream<Path> paths = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      return new FolderFiles(
          root,
          paths
              .filter(Files::isRegularFile)
              .map(path -> relativeName(root, path))
              .filter(name -> ImageFormats.isImageName(name) && !ImageFormats.isHidden(name))
              .sorted()
              .toList());
    } catch (IOException | UncheckedIOException e) {
      throw new BadInputException(
          "folder '%s' cannot be listed (%s); check its links and permissions"
              .formatted(root, e.getMessage()),
          e);
    }
  }

  /** One image file on its own. */
  static FolderFiles single(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return new FolderFiles(folder, List.of(file.getFileName().toString()));
  }

  private static String relativeName(Path root, Path path) {
    return root.relativize(path).toString().replace(File.separatorChar, '/');
  }

  @Override
  public String describe(String name) {
    return root.resolve(name).toString();
  }

  @Override
  public byte[] read(String name) throws IOException {
    Path path = root.resolve(name);
    if (Files.size(path) > ImageDecoder.MAX_BYTES) {
      throw new BadInputException(
          "'%s' has %d MiB, more than the %d MiB that an image file may have; make it smaller"
              .formatted(path, Files.size(path) >> 20, ImageDecoder.MAX_BYTES >> 20));
    }
    return Files.readAllBytes(path);
  }

  @Override
  public void close() {
    // Files are opened and closed one by one.
  }
}
