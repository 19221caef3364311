package tsugiki.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;
import tsugiki.base.AtomicFile;
import tsugiki.base.BadInputException;

/**
 * A file that a flag asks to be written. That it cannot be is known before the work and not after
 * it.
 *
 * @param path where to
 */
record OutputFile(Path path) {
  /**
   * Refuses other kinds of files.
   *
   * @param file null for none
   * @throws BadInputException if the name ends otherwise
   */
  static void require(String flag, OutputFile file, String... endings) {
    if (file != null
        && Stream.of(endings).noneMatch(file.path.toString().toLowerCase(Locale.ROOT)::endsWith)) {
      throw new BadInputException(
          "%s %s is no %s file; name one".formatted(flag, file.path, String.join(", ", endings)));
    }
  }

  /** Reads the flag's value. */
  static OutputFile of(String value) {
    Path path = Path.of(value);
    if (!AtomicFile.isWritable(path)) {
      throw new TypeConversionException(
          "'" + value + "' is not a file that can be written; name another");
    }
    return new OutputFile(path);
  }
}
