package tsugiki.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.runtime.Device;

@Tag("slow")
class SingleStageBenchTest {
  /** Stands in for Python: says what the first run of ours did, so that nothing differs. */
  private static final String SCRIPT =
      """
      for word; do case $word in --json=*) out=${word#--json=};; --arrays=*) in=${word#--arrays=};; esac; done
      unzip -l "$in" | grep -q generator/body_2/conv_0/kernel.npy || exit 3
      cp "$(dirname "$0")/report.json" "$out"
      """;

  @TempDir Path folder;

  private static SingleStageBench bench() {
    return new SingleStageBench(SingleStageBench.Settings.last(24, 3, 2, 2, Device.CPU));
  }

  @Test
  void measuresTheLastStageAndComparesItsNumbers() throws IOException {
    SingleStageResult alone;
    try (SingleStageBench bench = bench()) {
      alone = bench.run();
    }
    assertThat(alone.stage()).isEqualTo(3);
    assertThat(alone.msMin()).isPositive().isLessThanOrEqualTo(alone.msMedian());
    assertThat(alone.peers()).isEmpty();
    assertThat(alone.agrees()).isTrue();
    assertThat(alone.loss().get("loss_g"))
        .isCloseTo(
            alone.loss().get("adversarial") + 10 * alone.loss().get("reconstruction"),
            within(1e-4));
    assertThat(alone.gradientNorms().values()).allMatch(norm -> norm > 0 && norm < 1e4);

    Path script = folder.resolve("single_stage.py");
    Files.writeString(script, SCRIPT);
    Files.writeString(folder.resolve("report.json"), report(alone, 1));
    PyTorchPeer peer = PyTorchPeer.singleStage(Path.of("/bin/sh"), folder);
    try (SingleStageBench bench = bench()) {
      SingleStageResult both = bench.run(peer, folder);
      assertThat(both.peers()).containsOnlyKeys("pytorch", "pytorch-tuned");
      assertThat(both.agrees()).isTrue();
    }
    Files.writeString(folder.resolve("report.json"), report(alone, 1.001));
    try (SingleStageBench bench = bench()) {
      assertThat(bench.run(peer, folder).agrees()).isFalse();
    }
  }

  private static String report(SingleStageResult ours, double factor) {
    return """
        {"ms_median": 9, "ms_min": 1, "ms_max": 30, "cpu_ms_median": 2, "images_per_second": 4, "peak_rss_mib": 5,
         "loss": {"loss_g": %s}, "gradient_norms": {"discriminator": %s, "generator": %s}}
        """
        .formatted(
            ours.loss().get("loss_g"),
            ours.gradientNorms().get("discriminator") * factor,
            ours.gradientNorms().get("generator"));
  }
}
