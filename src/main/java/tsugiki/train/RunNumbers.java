package tsugiki.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The numbers of runs whose folder the user did not name. */
public final class RunNumbers {
  private static final Pattern NUMBERED = Pattern.compile("(\\d{5})-.*");

  private RunNumbers() {}

  /**
   * A new run's folder where the user named none.
   *
   * @param runs the folder of all runs, which need not exist
   * @param verb what the run does
   * @return the first of {@code runs/00001-VERB}, {@code runs/00002-VERB}, … after all that are
   *     there
   */
  public static Path next(Path runs, String verb) {
    int last = 0;
    if (Files.isDirectory(runs)) {
      try (Stream<Path> entries = Files.list(runs)) {
        last =
            entries
                .map(entry -> NUMBERED.matcher(entry.getFileName().toString()))
                .filter(Matcher::matches)
                .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                .max()
                .orElse(0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return runs.resolve("%05d-%s".formatted(last + 1, verb));
  }
}
