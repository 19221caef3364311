package tsugiki.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.AtomicFile;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;

/**
 * A folder that all machines have under one path. A file in it shows an executor that it is the
 * same folder, and not one of its own disk.
 *
 * @param path of the folder
 * @param mark the file's name
 */
public record SharedFolder(String path, String mark) implements Serializable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedFolder.class);

  /** Marks a folder that is there. */
  public static SharedFolder mark(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    String mark = ".shared-" + UUID.randomUUID();
    AtomicFile.write(absolute.resolve(mark), "for other machines\n");
    return new SharedFolder(absolute.toString(), mark);
  }

  /**
   * The folder on this machine.
   *
   * @throws BadInputException if it is not the same one
   */
  Path here() {
    Path folder = Path.of(path);
    if (!Files.exists(folder.resolve(mark))) {
      throw new BadInputException(
          "the folder %s is not shared with this machine; name one on a file system that all machines have under one path"
              .formatted(folder));
    }
    return folder;
  }

  /** Removes the mark, and what processes that died have left half-written. */
  @Override
  public void close() {
    Path folder = Path.of(path);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, ".*.tmp")) {
      Files.deleteIfExists(folder.resolve(mark));
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // It is hidden, and the work's own outcome matters more.
      LOG.warn("{} could not be tidied: {}", folder, Reason.of(e));
    }
  }
}
