package tsugiki.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tsugiki.gan.DcganBookOptions;
import tsugiki.runtime.Sessions;

class DcganStepBenchTest {
  /** Latent vectors of 3, maps of 2×2×16, 4×4×8, 4×4×4 and 8×8; back 4×4×2, 2×2×4, 1×1×8. */
  @Test
  void measuresBothActivationsOfTheSameNetworks() {
    DcganBookOptions tiny =
        DcganBookOptions.defaults()
            .withSize(8)
            .withChannels(2)
            .withLatent(3)
            .withGrey(true)
            .withActivation("psf");
    try (DcganStepBench bench =
        new DcganStepBench(new DcganStepBench.Settings(tiny, 4, 2, Sessions.Settings.cpu()))) {
      DcganStepResult result = bench.run();
      long generator = 4 * 64 + 9 * 16 * 8 + 2 * 8 + 9 * 8 * 4 + 2 * 4 + 9 * 4 + 1;
      long discriminator = 9 * 2 + 2 + 9 * 2 * 4 + 2 * 4 + 9 * 4 * 8 + 2 * 8 + 8 + 1;
      assertThat(result.parameters())
          .isEqualTo(Map.of("generator", generator, "discriminator", discriminator));
      // One α for each of the five hidden layers that have the activation.
      assertThat(result.otherParameters())
          .isEqualTo(Map.of("generator", generator + 2, "discriminator", discriminator + 3));
      StepPeer psf = result.peers().get("psf");
      assertThat(psf.ratio()).isEqualTo(psf.msMedian() / result.msMedian());
      assertThat(result.toString()).contains("psf", "8 pixels, batch 4");
    }
  }
}
