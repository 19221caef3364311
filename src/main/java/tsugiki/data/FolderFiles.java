package tsugiki.data;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;

/**
 * Image files below a folder, however deep, by following links.
 *
 * @param root the folder
 * @param names of its images, in order
 * @param leftOut its other files
 */
record FolderFiles(Path root, List<String> names, LeftOutFiles leftOut) implements ImageFiles {
  /** Lists a folder's images, sorted by relative path. */
  static FolderFiles list(Path root) {
    List<String> names = new ArrayList<>();
    LeftOutFiles leftOut = new LeftOutFiles();
    try (Stream<Path> paths = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      paths
          .filter(path -> !Files.isDirectory(path))
          .forEach(
              path -> {
                String name = relativeName(root, path);
                if (!Files.exists(path)) {
                  leftOut.add(name, LeftOutFiles.DANGLING);
                } else if (!Files.isRegularFile(path)) {
                  leftOut.add(name, LeftOutFiles.SPECIAL);
                } else if (!ImageFormats.isImageName(name)) {
                  leftOut.add(name);
                } else if (!ImageFormats.isHidden(name)) {
                  names.add(name);
                }
              });
      Collections.sort(names);
      return new FolderFiles(root, List.copyOf(names), leftOut);
    } catch (IOException | UncheckedIOException e) {
      throw new BadInputException(
          "folder '%s' cannot be listed (%s); check its links and permissions"
              .formatted(root, Reason.of(e)),
          e);
    }
  }

  /** One image file on its own. */
  static FolderFiles single(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return new FolderFiles(folder, List.of(file.getFileName().toString()), new LeftOutFiles());
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
    ImageDecoder.checkBytes(path.toString(), Files.size(path));
    return Files.readAllBytes(path);
  }

  @Override
  public void close() {
    // Files are opened and closed one by one.
  }
}
