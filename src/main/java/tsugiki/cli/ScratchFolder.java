package tsugiki.cli;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for the files of some work, which is there for that long. */
final class ScratchFolder {
  private ScratchFolder() {}

  /** Work that needs one. */
  @FunctionalInterface
  interface Work<T> {
    T run(Path folder) throws IOException;
  }

  /**
   * Works with a folder.
   *
   * @param verb what it is for, which is in its name
   */
  static <T> T with(String verb, Work<T> work) {
    try {
      Path folder = Files.createTempDirectory("tsugiki-" + verb);
      try {
        return work.run(folder);
      } finally {
        MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
