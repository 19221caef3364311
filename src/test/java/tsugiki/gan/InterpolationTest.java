package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tsugiki.savedmodel.LatentDraws;

class InterpolationTest {
  private static final int LENGTH = 5;

  @Test
  void aWalkLeadsFromOneSeedToTheNext() {
    float[] latents = Interpolation.latents(2, LENGTH, 0.5, 7);

    assertThat(latents).hasSize(2 * Interpolation.FRAMES * LENGTH);
    float[] ends = LatentDraws.normal(LENGTH, 0.5, 7, 8, 9, 10);
    for (int end = 0; end < 4; end++) {
      int row = end / 2 * Interpolation.FRAMES + (end % 2) * (Interpolation.FRAMES - 1);
      assertThat(row(latents, row)).isEqualTo(row(ends, end));
    }
    assertThat(row(latents, 4)).isNotEqualTo(row(latents, 0)).isNotEqualTo(row(latents, 8));
  }

  @Test
  void largeImagesHaveFewerWalksSoThatThePageStaysSmall() {
    assertThat(Interpolation.walks(64)).isEqualTo(4);
    assertThat(Interpolation.walks(512)).isEqualTo(2);
    assertThat(Interpolation.walks(4096)).isEqualTo(1);
  }

  private static float[] row(float[] rows, int row) {
    return Arrays.copyOfRange(rows, row * LENGTH, (row + 1) * LENGTH);
  }
}
