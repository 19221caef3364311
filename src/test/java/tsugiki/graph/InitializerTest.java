package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import tsugiki.runtime.Sessions;

class InitializerTest {
  @Test
  void constantsAreConstant() {
    assertThat(build(Initializer.zeros(), 1, 2, 3)).hasSize(6).containsOnly(0);
    assertThat(build(Initializer.ones(), 1, 2, 3)).hasSize(6).containsOnly(1);
    assertThat(build(Initializer.constant(0.25f), 1)).containsExactly(0.25f);
  }

  @Test
  void valuesStandWhereTheyWereGiven() {
    float[] values = {1, 2, 3, 4, 5, 6};
    assertThat(build(Initializer.values(values), 1, 2, 3)).isEqualTo(values);
    assertThatThrownBy(() -> build(Initializer.values(values), 1, 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("6 numbers");
  }

  @Test
  void normalHasItsDeviation() {
    Values drawn = Values.of(new int[] {6400, 1}, build(Initializer.normal(0.5f), 1, 80, 80));
    assertThat(ChannelLoops.means(drawn)[0]).isBetween(-0.02, 0.02);
    assertThat(Math.sqrt(ChannelLoops.variances(drawn)[0])).isBetween(0.48, 0.52);
  }

  @Test
  void glorotFillsItsRange() {
    float limit = (float) Math.sqrt(6 / (9.0 * 20 + 9 * 30));
    float[] drawn = build(Initializer.glorot(), 1, 3, 3, 20, 30);
    float largest = 0;
    for (float value : drawn) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isBetween(0.99f * limit, limit);
  }

  /** Rows or columns, whichever are fewer, of the kernel as a matrix [rest, out]. */
  @ParameterizedTest
  @CsvSource({"8, 5", "5, 8", "6, 6"})
  void orthogonalHasOrthonormalRowsOrColumns(int rows, int columns) {
    Values matrix =
        Values.of(new int[] {rows, columns}, build(Initializer.orthogonal(2), 1, rows, columns));
    for (int a = 0; a < Math.min(rows, columns); a++) {
      for (int b = 0; b <= a; b++) {
        double product = 0;
        for (int i = 0; i < Math.max(rows, columns); i++) {
          product +=
              rows < columns
                  ? matrix.at(a, i) * matrix.at(b, i)
                  : matrix.at(i, a) * matrix.at(i, b);
        }
        assertThat(product).isCloseTo(a == b ? 4 : 0, Offset.offset(1e-5));
      }
    }
  }

  @Test
  void theSeedDecidesTheValues() {
    for (Initializer drawn :
        new Initializer[] {
          Initializer.normal(1), Initializer.glorot(), Initializer.orthogonal(1)
        }) {
      assertThat(build(drawn, 1, 4, 5)).isEqualTo(build(drawn, 1, 4, 5));
      assertThat(build(drawn, 1, 4, 5)).isNotEqualTo(build(drawn, 2, 4, 5));
    }
  }

  private static float[] build(Initializer initializer, long seed, long... shape) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph);
        Result result =
            session
                .runner()
                .fetch(initializer.build(GraphScope.ops(graph), Shape.of(shape), seed))
                .run()) {
      return Tensors.toFloats((TFloat32) result.get(0));
    }
  }
}
