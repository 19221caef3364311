package tsugiki.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tsugiki.base.BadInputException;
import tsugiki.base.Phase;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.ServedReference;
import tsugiki.single.PyramidExport;

/** The verb {@code serve-check}. */
@Command(
    name = "serve-check",
    description = {
      "Checks that Python's TensorFlow serves a model as Java does: it loads, also from TensorFlow"
          + " Serving's layout, takes batches of any size, and gives the same numbers."
    },
    sortOptions = false)
final class ServeCheckCommand implements Runnable {
  /**
   * What {@code --json} writes.
   *
   * @param models that were checked
   * @param lines what was found, a line for each
   */
  record Result(List<String> models, List<String> lines) {}

  /** What the script exits with for a model that differs, and Python for a failure of its own. */
  private static final int DIFFERS = 1;

  /** How the script's line of such a model begins. */
  private static final String WRONG = "WRONG ";

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description =
          "A model's folder, a run directory, or the name of a model that ships; repeatable.")
  private List<String> models;

  @Option(
      names = "--python",
      paramLabel = "PYTHON",
      description = "A Python that has TensorFlow. Default: ${DEFAULT-VALUE}.")
  private String python = "python3";

  @Mixin private ResultOptions result;

  @Override
  public void run() {
    List<Path> folders = models.stream().map(model -> ModelPath.find("--model", model)).toList();
    Path script = Path.of(System.getProperty("tsugiki.home", ""), "tools", "serve_check.py");
    result.write(ScratchFolder.with("serve-check", scratch -> checked(folders, script, scratch)));
  }

  private Result checked(List<Path> folders, Path script, Path scratch) throws IOException {
    List<String> command = new ArrayList<>(List.of(python, script.toString()));
    for (int i = 0; i < folders.size(); i++) {
      Path reference = scratch.resolve(Integer.toString(i));
      try (Phase running = Phase.begin("running " + folders.get(i) + " in Java")) {
        ServedReference.write(
            folders.get(i), reference, sides(folders.get(i)), Sessions.Settings.cpu());
      }
      command.add(folders.get(i) + "=" + reference);
    }
    List<String> lines = check(command, scratch.resolve("log"));
    return new Result(folders.stream().map(Path::toString).toList(), lines);
  }

  private List<String> check(List<String> command, Path errors) throws IOException {
    Process process = start(command, errors);
    List<String> lines = new ArrayList<>();
    try (Phase checking = Phase.begin("checking them in Python");
        var reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        result.print("%s", line);
        lines.add(line);
      }
    }
    int code = exitCode(process);
    if (code == DIFFERS && lines.stream().anyMatch(line -> line.startsWith(WRONG))) {
      throw new IllegalStateException("Python does not serve all of them as Java does");
    }
    if (code != 0) {
      throw new BadInputException(
          "--python %s cannot check them: %s".formatted(python, lastLine(errors)));
    }
    return lines;
  }

  private Process start(List<String> command, Path errors) {
    try {
      ProcessBuilder process = new ProcessBuilder(command).redirectError(errors.toFile());
      // A line for each model as soon as it is checked.
      process.environment().put("PYTHONUNBUFFERED", "1");
      return process.start();
    } catch (IOException e) {
      throw new BadInputException(
          "--python %s is no program that can be started; name a Python that has TensorFlow"
              .formatted(python),
          e);
    }
  }

  private static int exitCode(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Python ran", e);
    }
  }

  private static String lastLine(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.isEmpty() ? "it says nothing" : lines.get(lines.size() - 1);
  }

  /** Heights and widths of the noise that a pyramid takes. */
  private static Map<String, int[]> sides(Path model) {
    Map<String, int[]> sides = new LinkedHashMap<>();
    PyramidExport.noiseSizes(model)
        .forEach((name, size) -> sides.put(name, new int[] {size.height(), size.width()}));
    return sides;
  }
}
