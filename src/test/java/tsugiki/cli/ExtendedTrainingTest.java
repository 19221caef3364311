package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.runtime.TensorBundle;
import tsugiki.train.BrokenRun;
import tsugiki.train.RunDirectory;

/** A training that has come to its end, and is to last longer after all. */
@Tag("slow")
class ExtendedTrainingTest {
  @TempDir private Path folder;

  @Test
  void anExtendedTrainingEndsAsOneThatWasBegunWithAllSteps() throws IOException {
    TrainingVerb.makeInput(folder);
    Path whole = trained("whole", 5);
    Path extended = trained("extended", 3);
    Program.run(TrainingVerb.TRAIN.resume(extended, 5).toArray()).succeeds();
    BrokenRun.areTheSame(extended, whole);
    assertThat(extended.resolve("options.json"))
        .hasSameBinaryContentAs(whole.resolve("options.json"));
  }

  /** The means of the powers are a part of the state only where the term has a weight. */
  @Test
  void theWeightOfTheSpectrumMayChange() throws IOException {
    TrainingVerb.makeInput(folder);
    Path without = trained("without", 5);
    Path run = trained("run", 3);

    resume(run, 5, "10");
    assertThat(measured(run, "loss_d").subList(0, 4))
        .isEqualTo(measured(without, "loss_d").subList(0, 4));
    assertThat(measured(run, "loss_g").get(4)).isNotEqualTo(measured(without, "loss_g").get(4));
    assertThat(stepsOfMeans(run, 5)).contains(2f);
    resume(run, 6, "2.5");
    assertThat(run.resolve("options.json")).content().contains("\"spectrum\" : 2.5");
    assertThat(stepsOfMeans(run, 6)).contains(3f);
    resume(run, 7, "0");
    assertThat(stepsOfMeans(run, 7)).isEmpty();
    resume(run, 8, "1");
    assertThat(stepsOfMeans(run, 8)).contains(1f);

    assertThat(measured(run, "spectrum").stream().map(Optional::isPresent))
        .containsExactly(false, false, false, true, true, true, false, true);
    assertThat(run.resolve("options.json")).content().contains("\"spectrum\" : 1.0");
    String log = Files.readString(run.resolve("log.txt"));
    assertThat(log.split("begins as in a new run", -1)).hasSize(3);
    assertThat(log)
        .contains("step-000003 has no augmentation/spectrum/mean_real, ")
        .contains("step-000007 has no augmentation/spectrum/mean_real, ");
    Program.run("train", "--resume", run, "--spectrum", "-1")
        .refuses(folder.resolve("none"), "--spectrum is -1");
  }

  private static void resume(Path run, int steps, String weight) {
    List<String> words = new ArrayList<>(TrainingVerb.TRAIN.resume(run, steps));
    words.addAll(List.of("--spectrum", weight));
    Program.run(words.toArray()).succeeds();
  }

  private static List<Optional<Double>> measured(Path run, String name) {
    return RunDirectory.resume(run).metrics().stream()
        .filter(line -> line.path("step").asInt() > 0)
        .map(line -> Optional.ofNullable(line.get(name)).map(JsonNode::asDouble))
        .toList();
  }

  private static Optional<Float> stepsOfMeans(Path run, int step) {
    Path state = run.resolve("checkpoints/step-%06d/state".formatted(step));
    return Optional.ofNullable(TensorBundle.read(state).get("augmentation/spectrum/steps"))
        .map(entry -> entry.values()[0]);
  }

  private Path trained(String name, int steps) {
    Path out = folder.resolve(name);
    List<String> words = TrainingVerb.TRAIN.begin(folder, out);
    words.addAll(List.of("--steps", Integer.toString(steps)));
    Program.run(words.toArray()).succeeds();
    return out;
  }
}
