package tsugiki.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;

class GraftStepBenchTest {
  /** Stands in for Python: reports what it is told to where it is told to. */
  private static final String SCRIPT =
      """
      for word; do case $word in --json=*) out=${word#--json=};; --arrays=*) in=${word#--arrays=};; esac; done
      test -s "$in" || exit 3
      cat > "$out" <<'END'
      %s
      END
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
  void comparesAPeerByItsLossesAndGradients() throws IOException {
    try (GraftStepBench bench = new GraftStepBench(TinyStep.settings(2))) {
      GraftStepResult alone = bench.run();
      GraftStepResult same = bench.run(peer(alone, 1), folder);
      assertThat(same.peers()).containsOnlyKeys("pytorch", "pytorch-tuned");
      assertThat(same.peers().get("pytorch").ratio()).isEqualTo(1e9 / same.msMedian());
      // The weights have moved by a few steps since; the peer has the first step's numbers.
      assertThat(same.peers().get("pytorch").greatestDifference()).isPositive();
      assertThat(same.agrees()).isFalse();
    }
    GraftStepResult first;
    try (GraftStepBench bench = new GraftStepBench(TinyStep.settings(2))) {
      first = bench.run();
    }
    try (GraftStepBench bench = new GraftStepBench(TinyStep.settings(2))) {
      assertThat(bench.run(peer(first, 1), folder).agrees()).isTrue();
    }
    try (GraftStepBench bench = new GraftStepBench(TinyStep.settings(2))) {
      assertThat(bench.run(peer(first, 1.0002), folder).agrees()).isFalse();
    }
  }

  @Test
  void refusesAPythonThatIsNone() throws IOException {
    Files.writeString(folder.resolve("graft_step.py"), "");
    assertThatThrownBy(() -> new PyTorchPeer(folder.resolve("none"), folder))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("python");
    Path shell = Path.of("/bin/sh");
    assertThatThrownBy(() -> new PyTorchPeer(shell, folder.resolve("none")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("graft_step.py");
    Files.writeString(folder.resolve("graft_step.py"), "echo no module named torch; exit 1");
    PyTorchPeer peer = new PyTorchPeer(shell, folder);
    assertThatThrownBy(() -> peer.run(folder.resolve("arrays.npz"), "stock", 1, 1))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no module named torch");
  }

  private PyTorchPeer peer(GraftStepResult of, double factor) throws IOException {
    var loss = of.loss();
    var norms = of.gradientNorms();
    String report =
        REPORT.formatted(
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
    Files.writeString(folder.resolve("graft_step.py"), SCRIPT.formatted(report));
    return new PyTorchPeer(Path.of("/bin/sh"), folder);
  }

  private static Offset<Double> within(double offset) {
    return Offset.offset(offset);
  }
}
