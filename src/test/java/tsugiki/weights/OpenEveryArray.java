package tsugiki.weights;

import java.nio.file.Path;
import tsugiki.base.BadInputException;
import tsugiki.score.StatisticsFile;

/** The child process of {@link TightHeapTest}: opens files and prints the outcome of each. */
final class OpenEveryArray {
  private OpenEveryArray() {}

  /**
   * Prints one line per file, its name and what happened.
   *
   * @param files weight files, and files of statistics, whose names begin with {@code statistics}
   */
  public static void main(String[] files) {
    for (String file : files) {
      Path path = Path.of(file);
      System.out.println(path.getFileName() + ": " + outcome(path));
    }
  }

  private static String outcome(Path file) {
    try {
      if (file.getFileName().toString().startsWith("statistics")) {
        StatisticsFile.read(file);
        return "read";
      }
      NamedArrays arrays = WeightFiles.open("weights", file);
      for (String name : arrays.names()) {
        arrays.shape(name);
        arrays.values(name);
      }
      return "read";
    } catch (BadInputException e) {
      return "refused, " + e.getMessage();
    } catch (RuntimeException | Error e) {
      return e.toString();
    }
  }
}
