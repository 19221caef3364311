package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InnerProductsTest {
  /** Sizes on both sides of the blocks of 64 rows, 64 columns and 256 dimensions. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 70, 5", "64, 64, 256", "65, 129, 259", "130, 63, 515"})
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
        assertThat(products[i][j]).isEqualTo(sum);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"70, 300"})
  void equalRowsHaveNoDistanceAndDistancesAreSymmetric(int count, int dimensions) {
    Features features = SampleFeatures.normal(count, dimensions, 3, 5);
    double[][] distances = new double[count][];
    InnerProducts.forEachRowOfSquaredDistances(
        features, features, (row, values) -> distances[row] = Arrays.copyOf(values, count));
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
}
