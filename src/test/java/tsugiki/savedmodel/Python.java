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
  private Python() {}

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
