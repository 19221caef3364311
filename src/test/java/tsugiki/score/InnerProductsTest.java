package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.features.Features;
import tsugiki.features.SampleFeatures;

class InnerProductsTest {
  /** Sizes on both sides of the blocks of 192 rows, 480 columns and 2048 dimensions. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 70, 5", "192, 480, 256", "193, 481, 259", "5, 7, 2050"})
  void equalsThePlainSum(int rows, int columns, int dimensions) {
    Features left = SampleFeatures.normal(rows, dimensions, 0.5, 1);
    Features right = SampleFeatures.normal(columns, dimensions, -0.2, 2);
    double[][] products = new double[rows][];
    InnerProducts.forEachRow(
        left, right, (row, values) -> products[row] = Arrays.copyOf(values, columns));
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double sum = 0;
        for (int k = 0; k < dimensions; k++) {
          sum += (double) left.get(i, k) * right.get(j, k);
        }
        assertThat(products[i][j]).isCloseTo(sum, within(1e-12 * dimensions));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"70, 300", "650, 37", "500, 2060"})
  void aRowHasNoDistanceFromItselfAndDistancesAreSymmetric(int count, int dimensions) {
    Features features = SampleFeatures.normal(count, dimensions, 3, 5);
    double[][] distances = distances(features, features);
    for (int i = 0; i < count; i++) {
      assertThat(distances[i][i]).isZero();
      for (int j = 0; j < i; j++) {
        assertThat(distances[i][j]).isEqualTo(distances[j][i]);
      }
    }
    double expected = 0;
    for (int k = 0; k < dimensions; k++) {
      double difference = (double) features.get(0, k) - features.get(69, k);
      expected += difference * difference;
    }
    assertThat(distances[0][69]).isCloseTo(expected, within(1e-9 * expected));
  }

  /** Equal images are told by the distance 0, so where a row lies must not change a sum's bits. */
  @ParameterizedTest
  @CsvSource({"600, 19", "400, 2051"})
  void theSameRowsElsewhereHaveTheSameDistances(int count, int dimensions) {
    Features features = SampleFeatures.normal(count, dimensions, 3, 6);
    int[] order = IntStream.range(0, count).map(i -> (i * 7 + 31) % count).toArray();
    Features moved = features.select(order);
    double[][] distances = distances(features, features);
    double[][] crossed = distances(moved, features);
    for (int i = 0; i < count; i++) {
      assertThat(crossed[i][order[i]]).isZero();
      assertThat(crossed[i]).isEqualTo(distances[order[i]]);
    }
  }

  private static double[][] distances(Features left, Features right) {
    double[][] distances = new double[left.count()][];
    InnerProducts.forEachRowOfSquaredDistances(
        left, right, (row, values) -> distances[row] = Arrays.copyOf(values, right.count()));
    return distances;
  }
}
