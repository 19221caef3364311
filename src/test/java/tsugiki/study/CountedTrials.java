package tsugiki.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tsugiki.base.ProcessLock;

/** Trials that take a while and leave a line in {@code begun.txt} and in {@code ended.txt}. */
final class CountedTrials {
  private CountedTrials() {}

  /** Three trials. */
  static List<Trial> in(Path folder, long milliseconds) {
    List<Trial> trials = new ArrayList<>();
    for (int seed = 0; seed < 3; seed++) {
      long number = seed;
      String name = "counted-" + seed;
      trials.add(
          new Trial(
              "counted",
              seed,
              name,
              Set.of(),
              figures -> {
                note(folder.resolve("begun.txt"), name);
                ProcessLock.pause(milliseconds);
                figures.put("number", 10.0 + number);
                note(folder.resolve("ended.txt"), name);
              }));
    }
    return trials;
  }

  private static void note(Path file, String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of a file, none where it is missing. */
  static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }
}
