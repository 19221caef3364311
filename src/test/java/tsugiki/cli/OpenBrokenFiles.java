package tsugiki.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tsugiki.base.BadInputException;
import tsugiki.base.NumpyFile;
import tsugiki.data.ImageSource;
import tsugiki.data.RgbImage;
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
        try (ImageSource source = ImageSource.open(file)) {
          for (RgbImage image : source) {
            image.rgb();
          }
        }
      }
      case "array" -> NumpyFile.read(file).floats();
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
        return drawn(file);
      }
      default -> throw new IOException("no way to open " + kind);
    }
    return READ;
  }

  /** Draws with a model, as a user does; nothing may be left where that fails. */
  private static String drawn(Path model) throws IOException {
    Path out = model.resolveSibling(model.getFileName() + ".out");
    Program drawn =
        Program.run("generate", "--model", model, "--count", 1, "--out", out, "--device", "cpu");
    if (drawn.exitCode() == 0) {
      return READ;
    }
    if (Files.exists(out)) {
      return "half a result in " + out;
    }
    return refusal(drawn);
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
