package tsugiki.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Initializer;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weights;

class WeightValuesTest {
  private final Graph graph = new Graph();
  private final Session session = Sessions.open(graph);
  private final Weights weights = Weights.create(1);

  WeightValuesTest() {
    Ops tf = GraphScope.ops(graph);
    weights.trained(tf, "kernel", Shape.of(2, 3), Initializer.ones());
    weights.in("norm").untrained(tf, "mean", Shape.of(2), Initializer.zeros());
  }

  @AfterEach
  void close() {
    session.close();
    graph.close();
  }

  @Test
  void initialisesTrainedAndUntrainedWeights() {
    WeightValues.initialise(session, weights);
    assertThat(WeightValues.get(session, weights.get("kernel"))).containsExactly(1, 1, 1, 1, 1, 1);
    assertThat(WeightValues.get(session, weights.get("norm/mean"))).containsExactly(0, 0);
  }

  @Test
  void givesBackWhatItWasGiven() {
    float[] kernel = {1, 2, 3, 4, 5, Float.MIN_VALUE};
    WeightValues.set(session, weights.get("kernel"), kernel);
    WeightValues.set(session, weights.get("norm/mean"), new float[] {7, 8});
    assertThat(WeightValues.get(session, weights.get("kernel"))).isEqualTo(kernel);
    assertThat(WeightValues.get(session, weights.all()))
        .hasSize(2)
        .containsEntry("kernel", kernel)
        .containsEntry("norm/mean", new float[] {7, 8});
    assertThat(WeightValues.get(session, List.of())).isEmpty();
  }

  @Test
  void refusesAnotherShape() {
    try (TFloat32 transposed = Tensors.floats(Shape.of(3, 2), 1, 2, 3, 4, 5, 6)) {
      assertThatThrownBy(() -> WeightValues.set(session, weights.get("kernel"), transposed))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the weight kernel has the shape [2, 3], not [3, 2]");
    }
  }

  @Test
  void refusesAnotherNumberOfValues() {
    for (float[] values : new float[][] {new float[5], new float[7]}) {
      assertThatThrownBy(() -> WeightValues.set(session, weights.get("kernel"), values))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(values.length + " values");
    }
  }
}
