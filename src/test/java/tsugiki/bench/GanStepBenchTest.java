package tsugiki.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tsugiki.base.BadInputException;
import tsugiki.gan.BigGanOptions;
import tsugiki.model.BigGanArchitecture;
import tsugiki.runtime.Sessions;

class GanStepBenchTest {
  private static final BigGanArchitecture TINY =
      new BigGanOptions(8, 4, List.of(1, 1), 0, 8, false).architecture(2);

  @Test
  void countsTheImagesThatTheRotationsAdd() {
    try (GanStepBench bench =
        new GanStepBench(new GanStepBench.Settings(TINY, 16, 0.25f, 1, Sessions.Settings.cpu()))) {
      GanStepResult result = bench.run();
      // Two steps of the discriminator on real and generated images, one of the generator.
      assertThat(result.imagesSeen()).isEqualTo(16 * 5);
      assertThat(result.imagesExtra()).isEqualTo(3 * 3);
      assertThat(result.peers().get("biggan").ratio())
          .isEqualTo(result.peers().get("biggan").msMedian() / result.msMedian());
      assertThat(result.toString()).contains("80 images per step and 9 rotated ones more (11.3 %)");
    }
  }

  @Test
  void aBatchThatTheShareDoesNotDivideIsRefused() {
    assertThatThrownBy(
            () ->
                new GanStepBench(
                    new GanStepBench.Settings(TINY, 8, 0.25f, 1, Sessions.Settings.cpu())))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("rotatedShare 0.25 of batch 8 is 2 images");
  }
}
