package tsugiki.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The Python that a person has named to the tests. */
public final class Python {
  /** {@code saved_model_cli show --dir DIR --all}; not every Python has the program beside it. */
  private static final String SAVED_MODEL_CLI =
      """
      import sys
      from tensorflow.python.tools import saved_model_cli
      for folder in sys.argv[1:]:
          print("MODEL", folder)
          sys.argv[1:] = ["show", "--dir", folder, "--all"]
          try:
              saved_model_cli.main()
          except SystemExit as end:
              if end.code:
                  raise
      """;

  private Python() {}

  /**
   * What {@code saved_model_cli} shows of models, one after another, goes to the file {@code log}.
   *
   * @param folder where that file goes
   */
  public static void show(Path folder, Path... models) throws IOException, InterruptedException {
    run(Path.of("."), folder, SAVED_MODEL_CLI, models);
  }

  /**
   * Runs lines of Python, which must succeed; without a Python the test is skipped.
   *
   * @param directory where it runs
   * @param folder where its output goes
   */
  public static void run(Path directory, Path folder, String lines, Path... arguments)
      throws IOException, InterruptedException {
    String python = System.getProperty("tsugiki.python");
    Assumptions.assumeTrue(
        python != null, "-Dtsugiki.python names no Python interpreter that has TensorFlow");
    List<String> command = new ArrayList<>(List.of(python, "-c", lines));
    for (Path argument : arguments) {
      command.add(argument.toString());
    }
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
  }
}
