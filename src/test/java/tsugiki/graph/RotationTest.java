package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.runtime.Sessions;

class RotationTest {
  /** Two rows of three pixels: 1 2 3 above 4 5 6. */
  private static final float[] PIXELS = {1, 2, 3, 4, 5, 6};

  @Test
  void aQuarterTurnIsCounterClockwise() {
    assertThat(turned(1)).containsExactly(3, 6, 2, 5, 1, 4);
    assertThat(turned(2)).containsExactly(6, 5, 4, 3, 2, 1);
    assertThat(turned(3)).containsExactly(4, 1, 5, 2, 6, 3);
  }

  @Test
  void fourTurnsAreNoneAndBackwardsIsForwardsByTheRest() {
    assertThat(turned(0)).containsExactly(PIXELS);
    assertThat(turned(4)).containsExactly(PIXELS);
    assertThat(turned(-1)).containsExactly(turned(3));
  }

  @Test
  void anOddTurnExchangesHeightAndWidth() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      assertThat(Rotation.turned(tf, image(tf), 1).shape()).isEqualTo(Shape.of(1, 3, 2, 1));
      assertThat(Rotation.turned(tf, image(tf), 2).shape()).isEqualTo(Shape.of(1, 2, 3, 1));
    }
  }

  @Test
  void channelsStayTogether() {
    float[] got =
        run(tf -> Rotation.turned(tf, tf.constant(Shape.of(1, 1, 2, 2), floats(1, 10, 2, 20)), 2));
    assertThat(got).containsExactly(2, 20, 1, 10);
  }

  @Test
  void allTurnsComeOneAfterTheOtherWithTheirLabels() {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Operand<TFloat32> x = tf.constant(Shape.of(2, 2, 2, 1), floats(1, 2, 3, 4, 5, 6, 7, 8));
      Operand<TFloat32> all = Rotation.withTurned(tf, x, 0, 2);
      Operand<TInt64> labels = Rotation.labels(tf, 2);
      assertThat(all.shape()).isEqualTo(Shape.of(8, 2, 2, 1));
      try (Result result = session.runner().fetch(all).fetch(labels).run()) {
        assertThat(Tensors.toFloats((TFloat32) result.get(0)))
            .containsExactly(
                1, 2, 3, 4, 5, 6, 7, 8, 2, 4, 1, 3, 6, 8, 5, 7, 4, 3, 2, 1, 8, 7, 6, 5, 3, 1, 4, 2,
                7, 5, 8, 6);
        long[] got = new long[8];
        ((TInt64) result.get(1)).asRawTensor().data().asLongs().read(got);
        assertThat(got).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
      }
    }
  }

  @Test
  void theGradientIsTurnedBack() {
    float[] gradient =
        run(
            tf -> {
              Operand<TFloat32> x = image(tf);
              Operand<TFloat32> weights = tf.constant(Shape.of(1, 3, 2, 1), floats(PIXELS));
              Operand<TFloat32> loss =
                  Reduce.sum(tf, tf.math.mul(Rotation.turned(tf, x, 1), weights));
              return Gradients.of(tf, loss, List.of(x)).get(0);
            });
    // 1 2 / 3 4 / 5 6 turned clockwise.
    assertThat(gradient).containsExactly(5, 3, 1, 6, 4, 2);
  }

  private static float[] turned(int quarters) {
    return run(tf -> Rotation.turned(tf, image(tf), quarters));
  }

  private static Operand<TFloat32> image(Ops tf) {
    return tf.constant(Shape.of(1, 2, 3, 1), floats(PIXELS));
  }

  private static FloatDataBuffer floats(float... values) {
    return DataBuffers.of(values);
  }

  private static float[] run(Function<Ops, Operand<TFloat32>> build) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph);
        Result result = session.runner().fetch(build.apply(GraphScope.ops(graph))).run()) {
      return Tensors.toFloats((TFloat32) result.get(0));
    }
  }
}
