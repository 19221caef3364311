package tsugiki.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Gradients;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;
import tsugiki.runtime.Sessions;

/**
 * The penalty of a critic D(x) = Σ wᵢ·xᵢ² on images of 1×2×2 numbers, whose slope 2·wᵢ·xᵢ is known:
 * its value, and its gradient by w, which goes through the critic's second derivative.
 */
class GradientPenaltyTest {
  private static final int PIXELS = 4;
  private static final float[] W = {0.5f, -1, 0.25f, 2};
  private static final float[] X = {1, 0.5f, -1, 0.2f, -0.3f, 0.7f, 2, -0.1f, 0, 0, 0, 0};
  private static final double STEP = 1e-5;

  @Test
  void theValueIsTheMeanSquaredDistanceOfSlopesFromOne() {
    assertThat((double) run(1, false)[0]).isCloseTo(penalty(weights()), within(1e-5));
  }

  @Test
  void theGradientByTheWeightsIsItsSlope() {
    float[] expected = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      double[] up = weights();
      double[] down = weights();
      up[i] += STEP;
      down[i] -= STEP;
      expected[i] = (float) ((penalty(up) - penalty(down)) / (2 * STEP));
    }
    // The last image is at a place without a slope, where the gradient of a root is not a number.
    assertThat(run(1, true)).containsExactly(expected, Offset.offset(2e-5f));
  }

  @Test
  void ofSeveralScoresPerImageItTakesTheMean() {
    assertThat((double) run(3, false)[0]).isCloseTo(penalty(weights()), within(1e-5));
  }

  @Test
  void mixedImagesLieBetweenRealAndGeneratedOnes() {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Operand<TFloat32> real = images(tf, new float[] {1, 1, 1, 1, 8, 8, 8, 8});
      Operand<TFloat32> fake = images(tf, new float[] {0, 0, 0, 0, 4, 4, 4, 4});
      Operand<TFloat32> share =
          tf.reshape(tf.constant(new float[] {0.75f, 0.25f}), tf.constant(Shape.of(2, 1, 1, 1)));
      Operand<TFloat32> mixed = GradientPenalty.between(tf, real, fake, share);
      try (Result result = session.runner().fetch(mixed).run()) {
        assertThat(Tensors.toFloats((TFloat32) result.get(0)))
            .containsExactly(0.75f, 0.75f, 0.75f, 0.75f, 5, 5, 5, 5);
      }
    }
  }

  private static double[] weights() {
    double[] w = new double[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      w[i] = W[i];
    }
    return w;
  }

  private static double penalty(double[] w) {
    int images = X.length / PIXELS;
    double sum = 0;
    for (int n = 0; n < images; n++) {
      double squares = 0;
      for (int i = 0; i < PIXELS; i++) {
        squares += Math.pow(2 * w[i] * X[n * PIXELS + i], 2);
      }
      sum += Math.pow(Math.sqrt(squares) - 1, 2) / images;
    }
    return sum;
  }

  private static Operand<TFloat32> images(Ops tf, float[] numbers) {
    return tf.reshape(
        tf.constant(numbers), tf.constant(Shape.of(numbers.length / PIXELS, 1, 2, 2)));
  }

  /**
   * The penalty, or its gradient by the weights, of a critic whose score is there several times.
   */
  private static float[] run(int scores, boolean gradient) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Operand<TFloat32> x = images(tf, X);
      Operand<TFloat32> w = tf.reshape(tf.constant(W), tf.constant(Shape.of(1, 1, 2, 2)));
      Operand<TFloat32> terms = tf.math.mul(w, tf.math.square(x));
      Operand<TFloat32> score = tf.sum(terms, tf.constant(new int[] {1, 2, 3}));
      // Scores of 0.5, 1, and 1.5 times that, or of once that.
      float[] factors = scores == 1 ? new float[] {1} : new float[] {0.5f, 1, 1.5f};
      Operand<TFloat32> rows =
          tf.math.mul(tf.expandDims(score, tf.constant(1)), tf.constant(factors));
      Operand<TFloat32> penalty = GradientPenalty.apply(tf, x, rows);
      Operand<TFloat32> output = gradient ? Gradients.of(tf, penalty, List.of(w)).get(0) : penalty;
      try (Result result = session.runner().fetch(output).run()) {
        return Tensors.toFloats((TFloat32) result.get(0));
      }
    }
  }
}
