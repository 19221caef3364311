package tsugiki.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import tsugiki.runtime.Sessions;
import tsugiki.score.Agreement;

class ClustersTest {
  private static final int EACH = 60;
  private static final int DIMENSIONS = 3;
  private static final double[][] MIDDLES = {{0, 0, 0}, {6, 0, 0}, {0, 6, 0}, {0, 0, 6}};

  @Test
  void findsGroupsThatLieApartWithTheirMeans() {
    float[] points = points();
    Clusters found = find(points, 1);
    int[] truth = new int[MIDDLES.length * EACH];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = i / EACH;
    }
    Agreement agreement = Agreement.of(found.nearest(), truth);
    assertThat(agreement.purity()).isCloseTo(1, within(1e-9));
    assertThat(agreement.information()).isCloseTo(1, within(1e-9));
    for (int group = 0; group < MIDDLES.length; group++) {
      int centre = found.nearest()[group * EACH];
      for (int d = 0; d < DIMENSIONS; d++) {
        double mean = 0;
        for (int i = 0; i < EACH; i++) {
          mean += points[(group * EACH + i) * DIMENSIONS + d] / EACH;
        }
        assertThat((double) found.centres()[centre * DIMENSIONS + d]).isCloseTo(mean, within(0.1));
      }
    }
  }

  @Test
  void everyPointIsWithItsNearestCentreAndTheDistanceIsTheirMean() {
    float[] points = points();
    Clusters found = find(points, 2);
    double sum = 0;
    for (int i = 0; i < found.nearest().length; i++) {
      double best = Double.MAX_VALUE;
      for (int c = 0; c < MIDDLES.length; c++) {
        best = Math.min(best, distance(points, i, found.centres(), c));
      }
      assertThat(distance(points, i, found.centres(), found.nearest()[i]))
          .isCloseTo(best, within(1e-4));
      sum += best;
    }
    assertThat(found.distance()).isCloseTo(sum / found.nearest().length, within(1e-3));
  }

  @Test
  void theSameSeedFindsTheSameCentresAndAnotherOthers() {
    float[] points = points();
    float[] centres = find(points, 1).centres();
    assertThat(find(points, 1).centres()).isEqualTo(centres);
    assertThat(find(points, 2).centres()).isNotEqualTo(centres);
  }

  @Test
  void directionsHaveLengthOneAndZeroStaysZero() {
    assertThat(Clusters.directions(new float[] {3, 4, 0, 0, -2, 0}, 2))
        .containsExactly(0.6f, 0.8f, 0, 0, -1, 0);
  }

  private static Clusters find(float[] points, long seed) {
    return Clusters.find(points, DIMENSIONS, MIDDLES.length, seed, Sessions.Settings.cpu());
  }

  private static double distance(float[] points, int point, float[] centres, int centre) {
    double sum = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
      double gap = points[point * DIMENSIONS + d] - centres[centre * DIMENSIONS + d];
      sum += gap * gap;
    }
    return sum;
  }

  private static float[] points() {
    Random random = new Random(3);
    float[] points = new float[MIDDLES.length * EACH * DIMENSIONS];
    for (int i = 0; i < points.length; i++) {
      double middle = MIDDLES[i / (EACH * DIMENSIONS)][i % DIMENSIONS];
      points[i] = (float) (middle + 0.5 * random.nextGaussian());
    }
    return points;
  }
}
