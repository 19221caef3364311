package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tsugiki.features.Features;
import tsugiki.score.LpipsDiversity.Distance;
import tsugiki.score.LpipsDiversity.Mean;
import tsugiki.score.LpipsDiversity.Within;

class LpipsDiversityTest {
  /** Images on a line. */
  private static Distance line(double... at) {
    return (i, j) -> Math.abs(at[i] - at[j]);
  }

  @Test
  void theMeanOfAllPairs() {
    Mean mean = LpipsDiversity.pairwise(3, line(0, 1, 5), 100, 0);
    assertThat(mean).isEqualTo(new Mean((1 + 5 + 4) / 3.0, 3));
    assertThat(LpipsDiversity.pairwise(1, line(0), 100, 0).mean()).isNaN();
    assertThat(LpipsDiversity.pairwise(4, (i, j) -> 0, 100, 0).mean()).isZero();
  }

  @Test
  void aDrawOfPairsIsCappedSeededAndUnbiased() {
    int[] seen = new int[5];
    Distance distance =
        (i, j) -> {
          assertThat(i).isNotEqualTo(j);
          seen[i]++;
          seen[j]++;
          return i == 0 || j == 0 ? 1 : 0;
        };
    Mean drawn = LpipsDiversity.pairwise(300, (i, j) -> (i + j) % 2, 20_000, 7);
    assertThat(drawn.pairs()).isEqualTo(20_000);
    assertThat(drawn).isEqualTo(LpipsDiversity.pairwise(300, (i, j) -> (i + j) % 2, 20_000, 7));
    // Of 150 even and 150 odd numbers, 150 · 150 of 300 · 299 / 2 pairs have an odd sum.
    assertThat(drawn.mean()).isCloseTo(22_500 / 44_850.0, Offset.offset(0.02));
    LpipsDiversity.pairwise(5, distance, 9, 1);
    assertThat(seen).as("every image has its turn").doesNotContain(0);
  }

  @Test
  void samplesGoToTheNearestTrainingImage() {
    double[] samples = {0, 0.4, 5, 10, 2.5};
    double[] training = {0, 5, 20};
    assertThat(LpipsDiversity.nearest(5, 3, (i, t) -> Math.abs(samples[i] - training[t])))
        .as("the last is as near to either")
        .containsExactly(0, 0, 1, 1, 0);
  }

  @Test
  void theMeanOfTheClustersMeans() {
    Within within =
        LpipsDiversity.within(new int[] {0, 0, 1, 1, 0, 3}, 4, line(0, 1, 10, 14, 3, 50), 50);
    // Cluster 0 has 0, 1, 3; cluster 1 has 10, 14; clusters 2 and 3 have no pair.
    assertThat(within.mean()).isEqualTo(((1 + 3 + 2) / 3.0 + 4) / 2);
    assertThat(within.clusters()).isEqualTo(2);
    assertThat(within.sizes()).containsExactly(3, 2, 0, 1);
  }

  @Test
  void aClustersFirstImagesAreTaken() {
    Within within = LpipsDiversity.within(new int[] {0, 0, 0}, 1, line(0, 1, 100), 2);
    assertThat(within.mean()).isEqualTo(1);
    assertThat(within.sizes()).containsExactly(3);
    assertThat(LpipsDiversity.within(new int[] {0, 1}, 2, line(0, 1), 50).mean()).isNaN();
  }

  @Test
  void aGeneratorThatCopiesHasNoDiversityWithin() {
    double[] copies = {0, 5, 0, 5, 0};
    int[] nearest = LpipsDiversity.nearest(5, 2, (i, t) -> Math.abs(copies[i] - 5 * t));
    assertThat(LpipsDiversity.within(nearest, 2, line(copies), 50).mean()).isZero();
    assertThat(LpipsDiversity.pairwise(5, line(copies), 100, 0).mean()).isPositive();
  }

  @Test
  void squaredDistancesOfRows() {
    Features a = Features.of("a", new float[] {0, 0, 1, 2}, 2);
    Features b = Features.of("b", new float[] {3, 4}, 2);
    assertThat(LpipsDiversity.squared(a, b).between(0, 0)).isEqualTo(25);
    assertThat(LpipsDiversity.squared(a, b).between(1, 0)).isEqualTo(8);
  }
}
