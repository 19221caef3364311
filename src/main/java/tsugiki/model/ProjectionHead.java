package tsugiki.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Dense;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Weights;

/** The projection discriminator's head (Miyato and Koyama 2018): ψ(h) + ⟨embed(y), h⟩. */
public final class ProjectionHead {
  private ProjectionHead() {}

  /**
   * Scores.
   *
   * @param hidden features [N, C]
   * @param classes of the images; with one class alone there is no projection, and ψ(h) is the
   *     score
   * @return [N, 1], higher for what looks real
   */
  public static Operand<TFloat32> apply(
      Ops tf, Weights weights, Kernels kernels, Operand<TFloat32> hidden, ClassVectors classes) {
    Initializer init = Initializer.orthogonal(1);
    Operand<TFloat32> score =
        Dense.apply(tf.withSubScope("Linear"), weights.in("linear"), kernels, hidden, 1, init);
    if (classes.count() == 1) {
      return score;
    }
    Operand<TFloat32> vectors =
        classes.vectors(
            tf.withSubScope("Embedding"),
            weights.in("embedding"),
            kernels,
            hidden.shape().get(1),
            init);
    return tf.math.add(
        score, tf.sum(tf.math.mul(vectors, hidden), tf.constant(1), Sum.keepDims(true)));
  }
}
