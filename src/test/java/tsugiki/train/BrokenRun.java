package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.io.FileUtils;
import tsugiki.base.SameBits;
import tsugiki.runtime.TensorBundle;

/** A copy of a finished run that was killed, for tests that resume it. */
public final class BrokenRun {
  private BrokenRun() {}

  /** How many lines of measurements a run has that another process may be writing. */
  public static long lines(Path run) {
    try {
      Path metrics = run.resolve("metrics.jsonl");
      return Files.exists(metrics) ? Files.readString(metrics).lines().count() : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * Copies a run and takes it back.
   *
   * @param step whose checkpoint was the last; what was measured after it is still there
   * @return {@code copy}
   */
  public static Path of(Path whole, Path copy, int step) throws IOException {
    FileUtils.copyDirectory(whole.toFile(), copy.toFile());
    Files.writeString(copy.resolve("checkpoints/latest"), "step-%06d\n".formatted(step));
    return copy;
  }

  /**
   * Resumes a copy that has no newer checkpoint, no model, and one measured step behind its
   * checkpoint, and compares it with the unbroken run: measurements, model, last checkpoint and
   * samples to the bit.
   *
   * @param step whose checkpoint was the last
   * @param training goes on with the run to its end
   */
  public static void resumesToTheBit(
      Path whole, Path copy, int step, Consumer<RunDirectory> training) throws IOException {
    String last = Files.readString(whole.resolve("checkpoints/latest")).strip();
    of(whole, copy, step);
    FileUtils.deleteDirectory(copy.resolve("checkpoints").resolve(last).toFile());
    FileUtils.deleteDirectory(copy.resolve("model").toFile());
    RunDirectory run = RunDirectory.resume(copy);
    run.forgetAfter(step + 1);

    training.accept(run);
    areTheSame(copy, whole);
  }

  /**
   * Compares two finished runs: measurements, weights of the models, last checkpoint and samples to
   * the bit.
   */
  public static void areTheSame(Path copy, Path whole) throws IOException {
    haveTheSameNumbers(copy, whole);
    assertThat(copy.resolve("samples.png")).hasSameBinaryContentAs(whole.resolve("samples.png"));
  }

  /**
   * The same without samples. Where there is a discriminator, its weights are compared too, as it
   * is served and as it is trained.
   */
  public static void haveTheSameNumbers(Path copy, Path whole) throws IOException {
    String last = Files.readString(whole.resolve("checkpoints/latest")).strip();
    assertThat(copy.resolve("checkpoints/latest")).content().isEqualToIgnoringWhitespace(last);
    assertThat(measured(copy)).isEqualTo(measured(whole));
    List<String> all =
        new ArrayList<>(
            List.of("model/variables/variables", "checkpoints/%s/state".formatted(last)));
    for (String discriminator :
        List.of("discriminator/weights", "discriminator/variables/variables")) {
      if (Files.exists(whole.resolve(discriminator + ".index"))) {
        all.add(discriminator);
      }
    }
    for (String weights : all) {
      assertThat(TensorBundle.read(copy.resolve(weights)))
          .as(weights)
          .isNotEmpty()
          .usingRecursiveComparison(SameBits.comparison())
          .isEqualTo(TensorBundle.read(whole.resolve(weights)));
    }
  }

  /** The lines of {@code metrics.jsonl} without the time, by which equal runs differ. */
  public static List<JsonNode> measured(Path run) {
    List<JsonNode> lines = new ArrayList<>(RunDirectory.resume(run).metrics());
    lines.forEach(line -> ((ObjectNode) line).remove("seconds"));
    return lines;
  }
}
