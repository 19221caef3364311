package tsugiki.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankCorrelationTest {
  @Test
  void equalValuesShareTheirMeanRank() {
    assertThat(RankCorrelation.ranks(new double[] {3, 1, 3, 7, 0}))
        .containsExactly(3.5, 2, 3.5, 5, 1);
  }

  @Test
  void theSameOrderIsOneAndTheOppositeMinusOne() {
    double[] a = {1, 2, 30, 400};
    assertThat(RankCorrelation.of(a, new double[] {5, 6, 7, 8})).isEqualTo(1);
    assertThat(RankCorrelation.of(a, new double[] {8, 7, 6, 5})).isEqualTo(-1);
    assertThat(RankCorrelation.of(a, new double[] {2, 2, 2, 2})).isNaN();
  }

  @Test
  void scipyAgrees() {
    // scipy.stats.spearmanr([3, 1, 3, 7, 0, 2], [1, 2, 2, 9, 3, 4])
    assertThat(RankCorrelation.of(new double[] {3, 1, 3, 7, 0, 2}, new double[] {1, 2, 2, 9, 3, 4}))
        .isCloseTo(0.1323529411764706, within(1e-12));
  }
}
