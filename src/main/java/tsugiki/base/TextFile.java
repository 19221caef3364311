package tsugiki.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text files that were written by this program and may have been damaged since. */
public final class TextFile {
  private TextFile() {}

  /**
   * Reads a file; bytes that are no UTF-8 become replacement characters, so that the rest of the
   * file can be used.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file + ": " + Reason.of(e), e);
    }
  }
}
