package tsugiki.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;

@Tag("slow")
class GraftStepBenchTest {
  /** Stands in for Python: writes one of two reports, as --mode says. */
  private static final String SCRIPT =
      """
      report=step
      for word; do case $word in
        --json=*) out=${word#--json=};; --arrays=*) in=${word#--arrays=};; --mode=reference) report=reference;;
      esac; done
      test -s "$in" || exit 3
      cp "$(dirname "$0")/$report-report.json" "$out"
      """;

  private static final String REPORT =
      """
      {"ms_median": 1e9, "ms_min": 1, "ms_max": 3, "cpu_ms_median": 2, "images_per_second": 4,
       "peak_rss_mib": 5, "version": "x", "loss": {"total": %s, "l1": %s, "perceptual": %s, "prior": %s,
       "embedding": %s}, "gradient_norms": {"dense": %s, "scale": %s, "shift": %s, "latents": %s,
       "embedding": %s}}
      """;

  @TempDir Path folder;

  @Test
  void measuresEverythingThatTheResultNames() {
    GraftStepResult result;
    try (GraftStepBench bench = new GraftStepBench(TinyStep.settings(8))) {
      result = bench.run();
    }
    assertThat(result.work()).isEqualTo("graft-step");
    assertThat(result.msMin()).isPositive().isLessThanOrEqualTo(result.msMedian());
    assertThat(result.msMax()).isGreaterThanOrEqualTo(result.msMedian());
    assertThat(result.imagesPerSecond()).isEqualTo(3000 / result.msMedian());
    assertThat(result.loss()).containsOnlyKeys("loss", "l1", "perceptual", "prior", "embedding");
    assertThat(result.gradientNorms())
        .containsOnlyKeys("dense", "scale", "shift", "latents", "embedding");
    assertThat(result.gradientNorms().values()).allMatch(norm -> norm > 0 && norm < 1e6);
    assertThat(result.peers()).isEmpty();
    double sum =
        result.loss().get("l1")
            + 0.001 * result.loss().get("perceptual")
            + 0.1 * result.loss().get("prior")
            + 0.02 * result.loss().get("embedding");
    assertThat(result.loss().get("loss")).isCloseTo(sum, within(1e-4 * sum));
  }

  @Test
  void comparesOursAndAPeersWithDoublePrecision() throws IOException {
    GraftStepResult first;
    try (GraftStepBench bench = new GraftStepBench(TinyStep.settings(2))) {
      first = bench.run();
    }
    assertThat(first.greatestDifference()).isNull();
    assertThat(first.agrees()).isTrue();

    // Each is within its own rounding of the reference, on either side of it.
    GraftStepResult both = compared(first, 1.00015, 1.0003);
    assertThat(both.peers()).containsOnlyKeys("pytorch", "pytorch-tuned");
    assertThat(both.peers().get("pytorch").ratio()).isEqualTo(1e9 / both.msMedian());
    assertThat(both.greatestDifference()).isCloseTo(1.5e-4, within(1e-6));
    assertThat(both.peers().get("pytorch").greatestDifference()).isCloseTo(1.5e-4, within(1e-6));
    assertThat(both.agrees()).isTrue();

    GraftStepResult otherPeer = compared(first, 1, 1.0003);
    assertThat(otherPeer.greatestDifference()).isLessThan(1e-6);
    assertThat(otherPeer.agrees()).isFalse();
    GraftStepResult otherOurs = compared(first, 1.0003, 1.0003);
    assertThat(otherOurs.peers().get("pytorch").greatestDifference()).isZero();
    assertThat(otherOurs.agrees()).isFalse();
  }

  /** With a reference and a peer that have our first step's numbers but for one norm's factor. */
  private GraftStepResult compared(GraftStepResult ours, double reference, double peer)
      throws IOException {
    Files.writeString(folder.resolve("graft_step.py"), SCRIPT);
    Files.writeString(folder.resolve("reference-report.json"), report(ours, reference));
    Files.writeString(folder.resolve("step-report.json"), report(ours, peer));
    try (GraftStepBench bench = new GraftStepBench(TinyStep.settings(2))) {
      return bench.run(PyTorchPeer.graftStep(Path.of("/bin/sh"), folder), folder);
    }
  }

  @Test
  void refusesAPythonThatIsNone() throws IOException {
    Files.writeString(folder.resolve("graft_step.py"), "");
    assertThatThrownBy(() -> PyTorchPeer.graftStep(folder.resolve("none"), folder))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("python");
    Path shell = Path.of("/bin/sh");
    assertThatThrownBy(() -> PyTorchPeer.graftStep(shell, folder.resolve("none")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("graft_step.py");
    Files.writeString(folder.resolve("graft_step.py"), "echo no module named torch; exit 1");
    PyTorchPeer peer = PyTorchPeer.graftStep(shell, folder);
    assertThatThrownBy(() -> peer.run(folder.resolve("arrays.npz"), "stock", 1, 1))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no module named torch");
  }

  private static String report(GraftStepResult of, double factor) {
    var loss = of.loss();
    var norms = of.gradientNorms();
    return REPORT.formatted(
        loss.get("loss"),
        loss.get("l1"),
        loss.get("perceptual"),
        loss.get("prior"),
        loss.get("embedding"),
        norms.get("dense"),
        norms.get("scale") * factor,
        norms.get("shift"),
        norms.get("latents"),
        norms.get("embedding"));
  }

  private static Offset<Double> within(double offset) {
    return Offset.offset(offset);
  }
}
