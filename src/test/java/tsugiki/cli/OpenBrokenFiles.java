package tsugiki.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import tsugiki.base.BadInputException;
import tsugiki.graft.GraftOptions;
import tsugiki.pretrained.FrozenGraphs;
import tsugiki.runtime.TensorBundle;
import tsugiki.score.StatisticsFile;
import tsugiki.train.RunDirectory;
import tsugiki.weights.NamedArrays;
import tsugiki.weights.WeightFiles;

/** The child process of {@link BrokenFilesTest}: opens files and prints the outcome of each. */
final class OpenBrokenFiles {
  static final String READ = "read";
  static final String REFUSED = "refused, ";

  private OpenBrokenFiles() {}

  /**
   * Prints a line per file: its name, the milliseconds that it took, and what happened; and at the
   * end the most memory that the process had.
   *
   * @param arguments the file with the list of files
   */
  public static void main(String[] arguments) throws IOException {
    for (String file : Files.readAllLines(Path.of(arguments[0]))) {
      Path path = Path.of(file);
      long start = System.nanoTime();
      String outcome = outcome(path);
      System.out.printf("%s|%d|%s%n", path, (System.nanoTime() - start) / 1_000_000, outcome);
    }
    Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .forEach(line -> System.out.println("peak|" + line.replaceAll("\\D", "")));
  }

  private static String outcome(Path file) {
    try {
      return opened(file);
    } catch (BadInputException e) {
      return REFUSED + e.getMessage().replace('\n', '~');
    } catch (IOException | RuntimeException | Error e) {
      return e.toString().replace('\n', '~')
          + " at "
          + List.of(e.getStackTrace()).stream().limit(6).toList();
    }
  }

  private static String opened(Path file) throws IOException {
    String name = file.getFileName().toString();
    String kind = name.replaceFirst("-.*", "");
    if (file.getParent().getFileName().toString().startsWith("idx-")) {
      kind = "images";
    } else if (name.equals("options.json")) {
      kind = "options";
    } else if (name.equals("metrics.jsonl")) {
      kind = "metrics";
    }
    switch (kind) {
      case "image", "images" -> {
        return written(file, "augment", "--policy", "hflip", "--images", file, "--out", "OUT");
      }
      case "array" -> {
        return written(file, "score", "--real", file, "--save-statistics", "OUT.npz");
      }
      case "import" -> {
        return written(file, "import", "--weights", file, "--out", "OUT");
      }
      case "statistics" -> StatisticsFile.read(file);
      case "weights" -> {
        NamedArrays arrays = WeightFiles.open("weights", file);
        arrays.names().forEach(arrays::values);
      }
      case "options" -> RunDirectory.resume(file.getParent()).options(GraftOptions.class);
      case "metrics" -> metrics(RunDirectory.resume(runOf(file)));
      case "graph" -> {
        Program shown = Program.run("inspect", "--model", file);
        if (shown.exitCode() != 0) {
          return refusal(shown);
        }
        FrozenGraphs.read(file);
      }
      case "checkpoint" -> TensorBundle.read(file.resolve("variables/variables"));
      case "model" -> {
        return written(
            file, "generate", "--count", 1, "--device", "cpu", "--model", file, "--out", "OUT");
      }
      default -> throw new IOException("no way to open " + kind);
    }
    return READ;
  }

  /**
   * Lets a verb make something of a file, as a user does; nothing may be left where that fails.
   *
   * @param words with OUT for what is written
   */
  private static String written(Path file, Object... words) throws IOException {
    Path folder = Files.createTempDirectory(file.getParent(), "out");
    String out = folder.resolve("result").toString();
    Program program =
        Program.run(Stream.of(words).map(word -> word.toString().replace("OUT", out)).toArray());
    boolean empty = PathUtils.isEmptyDirectory(folder);
    PathUtils.deleteDirectory(folder);
    if (program.exitCode() == 0) {
      return empty ? "no result" : READ;
    }
    return empty ? refusal(program) : "half a result of " + List.of(words);
  }

  private static String refusal(Program program) {
    return (program.exitCode() == 2 ? REFUSED : "failed, ") + program.err().replace('\n', '~');
  }

  /** A file of metrics is read in a run. */
  private static Path runOf(Path metrics) throws IOException {
    Files.writeString(metrics.resolveSibling("options.json"), "{}");
    return metrics.getParent();
  }

  /** What a run that goes on and its report do with what was measured. */
  private static void metrics(RunDirectory run) {
    run.lastMetrics();
    run.series("loss_g");
    run.forgetAfter(10);
  }
}
