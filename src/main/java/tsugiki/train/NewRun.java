package tsugiki.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import tsugiki.base.BadInputException;
import tsugiki.base.DurableFolder;
import tsugiki.base.Reason;
import tsugiki.base.SystemRefusal;

/** The folder of a run that is about to begin. */
final class NewRun {
  private NewRun() {}

  /**
   * Makes the folder, unless it is there and empty, and a file in it. Of several processes that do
   * so at the same moment, one makes the run, and the others are refused.
   *
   * @param file its name
   * @param content its text
   * @throws BadInputException if something is there already, or nothing can be there
   * @throws UncheckedIOException if the disk is full or read-only, or the user may not write there
   */
  static void make(Path path, String file, String content) {
    refuseUsed(path);
    boolean made = !Files.exists(path);
    try {
      Files.createDirectories(path);
      if (!DurableFolder.writeNew(path.resolve(file), content)) {
        throw used(path);
      }
    } catch (IOException | UncheckedIOException e) {
      if (made) {
        // Nothing is in it.
        path.toFile().delete();
      }
      throw unwritable(path, e);
    }
  }

  /** What to throw where a run cannot be made. */
  static RuntimeException unwritable(Path path, Exception e) {
    return SystemRefusal.of(
        path + " cannot be written",
        "⟨out⟩ " + path + " cannot be written: " + Reason.of(e),
        e instanceof UncheckedIOException unchecked ? unchecked.getCause() : e);
  }

  /**
   * Checks that a run could be made there, without making it.
   *
   * @throws BadInputException if something is there already
   */
  static void refuseUsed(Path path) {
    if (Files.isRegularFile(path)) {
      throw new BadInputException("⟨out⟩ " + path + " is a file; name a new folder");
    }
    if (Files.isDirectory(path)) {
      try (Stream<Path> entries = Files.list(path)) {
        if (entries.findAny().isPresent()) {
          throw used(path);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static BadInputException used(Path path) {
    return new BadInputException(
        "⟨out⟩ " + path + " is not empty; name a new folder, or go on with ⟨resume⟩ " + path);
  }
}
