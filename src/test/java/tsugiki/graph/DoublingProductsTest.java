package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.runtime.Sessions;

/** Both forms of a convolution on the same numbers: the maps, and the gradients to x and kernel. */
class DoublingProductsTest {
  private static final Shape X = Shape.of(2, 5, 3, 4);
  private static final Shape KERNEL = Shape.of(3, 3, 4, 6);

  private interface Layer {
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernel);
  }

  @Test
  void fourProductsEqualDoublingAndThenConvolving() {
    compare(
        (tf, x, kernel) -> DoublingProducts.apply(tf, x, DoublingProducts.matrices(tf, kernel)),
        (tf, x, kernel) -> convolution(tf, Resample.doubled(tf, x), kernel));
  }

  private static Operand<TFloat32> convolution(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernel) {
    return tf.nn.conv2d(x, kernel, List.of(1L, 1L, 1L, 1L), "SAME");
  }

  private static void compare(Layer layer, Layer plain) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Operand<TFloat32> x = random(tf, X, 1);
      Operand<TFloat32> kernel = random(tf, KERNEL, 2);
      List<float[]> got = run(session, outcome(tf, layer.apply(tf, x, kernel), x, kernel));
      List<float[]> want = run(session, outcome(tf, plain.apply(tf, x, kernel), x, kernel));
      for (int i = 0; i < want.size(); i++) {
        assertThat(Math.abs(want.get(i)[7])).isGreaterThan(1e-3f);
        assertThat(got.get(i)).containsExactly(want.get(i), Offset.offset(2e-5f));
      }
    }
  }

  private static List<Operand<TFloat32>> outcome(
      Ops tf, Operand<TFloat32> y, Operand<TFloat32> x, Operand<TFloat32> kernel) {
    Operand<TFloat32> loss = Reduce.sum(tf, tf.math.square(y));
    List<Operand<TFloat32>> all = new ArrayList<>(Gradients.of(tf, loss, List.of(x, kernel)));
    all.add(y);
    return all;
  }

  private static List<float[]> run(Session session, List<Operand<TFloat32>> outcome) {
    Session.Runner runner = session.runner();
    outcome.forEach(runner::fetch);
    List<float[]> values = new ArrayList<>();
    try (Result result = runner.run()) {
      result.forEach(entry -> values.add(Tensors.toFloats((TFloat32) entry.getValue())));
    }
    return values;
  }

  private static Operand<TFloat32> random(Ops tf, Shape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-0.5, 0.5);
    }
    return tf.reshape(tf.constant(values), tf.constant(shape));
  }
}
