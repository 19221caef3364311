package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.painting.PaintedShapes;
import tsugiki.runtime.Precision;
import tsugiki.train.RunDirectory;

/** Trainings in bfloat16 by the command line. */
class PrecisionRunTest {
  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void paint() {
    data = PaintedShapes.in(folder.resolve("data"), 4, 32);
  }

  private Program train(Path run, String precision) {
    String words =
        "train --data %s --out %s --device cpu --steps 1 --measure-every 1 --size 16 --channels 8 --multipliers 1,1,1 --attention 0 --batch 4 --score-network none --precision %s"
            .formatted(data, run, precision);
    return Program.run((Object[]) words.split(" "));
  }

  private static double loss(Path run, long step) {
    return RunDirectory.resume(run).series("loss_d").values()[(int) step - 1];
  }

  /**
   * The same losses to the digits that bfloat16 keeps; where the processor has none, a sentence.
   */
  @Test
  void aRunInBfloat16HasNearlyTheLossesOfOneInFloat32() {
    Path half = folder.resolve("half");
    if (!Precision.BFLOAT16.available()) {
      train(half, "bfloat16").refuses(half, "--precision is bfloat16, and this processor has no");
      return;
    }
    train(half, "bfloat16").succeeds();
    assertThat(half.resolve("log.txt")).content().contains("in bfloat16");
    Path whole = folder.resolve("whole");
    train(whole, "float32").succeeds();
    assertThat(loss(half, 1))
        .isCloseTo(loss(whole, 1), withinPercentage(5))
        .isNotEqualTo(loss(whole, 1));
    Program.run("train", "--resume", half, "--steps", 2).succeeds();
    assertThat(half.resolve("options.json")).content().contains("\"precision\" : \"bfloat16\"");
    assertThat(loss(half, 2)).isFinite();
  }
}
