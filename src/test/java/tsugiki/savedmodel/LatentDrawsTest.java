package tsugiki.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tsugiki.base.BadInputException;

class LatentDrawsTest {
  @Test
  void aSeedGivesTheSameVectorInAnyBatch() {
    float[] three = LatentDraws.normal(80, 0.4, 5, 9, 7);
    assertThat(Arrays.copyOfRange(three, 80, 160)).isEqualTo(LatentDraws.normal(80, 0.4, 9));
    assertThat(Arrays.copyOf(three, 80)).isNotEqualTo(Arrays.copyOfRange(three, 80, 160));
  }

  @Test
  void theVectorOfASeedNeverChanges() {
    assertThat(LatentDraws.normal(3, LatentDraws.UNTRUNCATED, 0))
        .containsExactly(new float[] {1.4960887f, 0.32317707f, 0.6886884f}, Offset.offset(1e-6f));
  }

  @Test
  void drawsAStandardNormal() {
    float[] z = LatentDraws.normal(100, LatentDraws.UNTRUNCATED, seeds());
    assertThat(mean(z, 1)).isCloseTo(0, Offset.offset(0.01));
    assertThat(mean(z, 2)).isCloseTo(1, Offset.offset(0.01));
    assertThat(mean(z, 4)).isCloseTo(3, Offset.offset(0.1));
  }

  @Test
  void truncationCutsWithoutRescaling() {
    double cut = 0.4;
    float[] z = LatentDraws.normal(100, cut, seeds());
    for (float value : z) {
      assertThat(Math.abs(value)).isLessThanOrEqualTo((float) cut);
    }
    // The variance of N(0, 1) within ±0.4: 1 − 2·0.4·φ(0.4) / (2Φ(0.4) − 1).
    assertThat(mean(z, 2)).isCloseTo(0.05220, Offset.offset(0.001));
  }

  @Test
  void aPublishersDrawsAreCutAtTwoAndScaled() {
    float[] z = LatentDraws.scaled(100, 0.4, seeds());
    for (float value : z) {
      assertThat(Math.abs(value)).isLessThanOrEqualTo(0.8f);
    }
    // The variance of N(0, 1) within ±2, times 0.4².
    assertThat(mean(z, 2)).isCloseTo(0.77374 * 0.16, Offset.offset(0.001));
    assertThat(LatentDraws.scaled(100, LatentDraws.UNTRUNCATED, 7))
        .isEqualTo(LatentDraws.normal(100, LatentDraws.UNTRUNCATED, 7));
    for (double truncation : new double[] {0, 1.01, Double.NaN}) {
      assertThatThrownBy(() -> LatentDraws.scaled(4, truncation, 1))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("for truncations up to 1, so give one from 0.001 to 1, or none");
    }
  }

  @Test
  void refusesATruncationThatLeavesNothing() {
    for (double truncation : new double[] {0, -1, Double.NaN}) {
      assertThatThrownBy(() -> LatentDraws.normal(4, truncation, 1))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("truncation");
    }
  }

  private static long[] seeds() {
    return LongStream.range(0, 1000).toArray();
  }

  private static double mean(float[] values, int power) {
    double sum = 0;
    for (float value : values) {
      sum += Math.pow(value, power);
    }
    return sum / values.length;
  }
}
