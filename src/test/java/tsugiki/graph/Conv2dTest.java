package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;

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
import tsugiki.runtime.WeightValues;

class Conv2dTest {
  private static final Initializer INIT = Initializer.normal(0.5f);

  @Test
  void fusedDoublingEqualsDoublingAndThenConvolving() {
    compare(
        (tf, weights, x) -> Conv2d.afterDoubling(tf, weights, Kernels.PLAIN, x, 5, INIT),
        (tf, weights, x) ->
            Conv2d.same(tf, weights, Kernels.PLAIN, Resample.doubled(tf, x), 5, 3, INIT));
  }

  @Test
  void fusedHalvingEqualsConvolvingAndThenHalving() {
    compare(
        (tf, weights, x) -> Conv2d.beforeHalving(tf, weights, Kernels.PLAIN, x, 5, INIT),
        (tf, weights, x) ->
            Resample.halved(tf, Conv2d.same(tf, weights, Kernels.PLAIN, x, 5, 3, INIT)));
  }

  private interface Layer {
    Operand<TFloat32> apply(Ops tf, Weights weights, Operand<TFloat32> x);
  }

  /**
   * Both forms on shared weights, trained and frozen, must give the same map of more than zeros.
   */
  private static void compare(Layer fused, Layer plain) {
    for (boolean frozen : new boolean[] {false, true}) {
      try (Graph graph = new Graph();
          Session session = Sessions.open(graph)) {
        Ops tf = GraphScope.ops(graph);
        Weights weights = Weights.create(3, name -> !frozen);
        float[] pixels = new float[2 * 10 * 8 * 4];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < pixels.length; i++) {
          pixels[i] = (float) random.nextDouble(-1, 1);
        }
        Operand<TFloat32> x = tf.reshape(tf.constant(pixels), tf.constant(Shape.of(2, 10, 8, 4)));
        Operand<TFloat32> a = fused.apply(tf, weights, x);
        Operand<TFloat32> b = plain.apply(tf, weights, x);
        WeightValues.initialise(session, weights);
        weights.derive(session);
        try (Result result = session.runner().fetch(a).fetch(b).run()) {
          float[] got = Tensors.toFloats((TFloat32) result.get(0));
          float[] want = Tensors.toFloats((TFloat32) result.get(1));
          assertThat(want).hasSameSizeAs(got);
          assertThat(Math.abs(want[17])).isGreaterThan(1e-3f);
          assertThat(got).containsExactly(want, Offset.offset(2e-5f));
        }
      }
    }
  }
}
