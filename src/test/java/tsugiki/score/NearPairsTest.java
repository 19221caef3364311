package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tsugiki.base.BadInputException;
import tsugiki.features.Features;

class NearPairsTest {
  private static final int IMAGES = 300;
  private static final int DIMENSIONS = 5;

  private static Features drawn(long seed, double scale, int different) {
    Random random = new Random(seed);
    float[] some = new float[different * DIMENSIONS];
    for (int i = 0; i < some.length; i++) {
      some[i] = (float) (scale * random.nextGaussian());
    }
    float[] all = new float[IMAGES * DIMENSIONS];
    for (int i = 0; i < IMAGES; i++) {
      System.arraycopy(some, i % different * DIMENSIONS, all, i * DIMENSIONS, DIMENSIONS);
    }
    return Features.of("drawn", all, DIMENSIONS);
  }

  private static List<Double> distances(Features features) {
    List<Double> distances = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      for (int j = 0; j < i; j++) {
        double sum = 0;
        for (int d = 0; d < DIMENSIONS; d++) {
          double difference = features.get(i, d) - features.get(j, d);
          sum += difference * difference;
        }
        distances.add(Math.sqrt(sum));
      }
    }
    Collections.sort(distances);
    return distances;
  }

  @Test
  void theThresholdIsTheDistanceOfTheTwentiethNearestRealPair() {
    Features real = drawn(1, 1, IMAGES);
    NearPairs pairs = NearPairs.of(real);
    assertThat(pairs.threshold()).isCloseTo(distances(real).get(19), within(1e-5));
    Features nearer = drawn(2, 0.5, IMAGES);
    int expected = (int) distances(nearer).stream().filter(d -> d <= pairs.threshold()).count();
    assertThat(expected).isGreaterThan(100);
    assertThat(pairs.count(nearer)).isEqualTo(expected);
    assertThat(pairs.count(drawn(3, 100, IMAGES))).isZero();
  }

  /** Thirty images, ten times each: 30 · 45 doubles, and about 30 birthdays. */
  @Test
  void aFewImagesAgainAndAgainAreDoubles() {
    NearPairs pairs = NearPairs.of(drawn(1, 1, IMAGES));
    int count = pairs.count(drawn(4, 100, 30));
    assertThat(count).isEqualTo(1350);
    // Of 365 birthdays it would be 23 people; of 30 birthdays it is 6 or 7.
    assertThat(pairs.batch(count)).isBetween(6.0, 7.0);
    assertThat(pairs.batch(0)).isInfinite();
  }

  @Test
  void tooFewImagesAreRefused() {
    Features six = Features.of("six", new float[6], 1);
    assertThatThrownBy(() -> NearPairs.of(six))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("The count of near pairs needs at least 7 real images");
  }
}
