package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.train.BrokenRun;

/** A training that has come to its end, and is to last longer after all. */
@Tag("slow")
class ExtendedTrainingTest {
  @TempDir private Path folder;

  @Test
  void anExtendedTrainingEndsAsOneThatWasBegunWithAllSteps() throws IOException {
    TrainingVerb.makeInput(folder);
    Path whole = folder.resolve("whole");
    train(whole, 5);
    Path extended = folder.resolve("extended");
    train(extended, 3);
    Program.run(TrainingVerb.TRAIN.resume(extended, 5).toArray()).succeeds();
    BrokenRun.areTheSame(extended, whole);
    assertThat(extended.resolve("options.json"))
        .hasSameBinaryContentAs(whole.resolve("options.json"));
  }

  private void train(Path out, int steps) {
    List<String> words = TrainingVerb.TRAIN.begin(folder, out);
    words.addAll(List.of("--steps", Integer.toString(steps)));
    Program.run(words.toArray()).succeeds();
  }
}
