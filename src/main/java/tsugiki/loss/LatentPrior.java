package tsugiki.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Reduce;

/**
 * Keeps the learned latent vectors where the prior is (Noguchi and Harada 2019, section 3.3): the
 * mean squared distance of every fresh normal sample to the nearest latent vector plus that of
 * every latent vector to the nearest sample, a cheap stand-in for the earth mover's distance.
 */
public final class LatentPrior {
  private LatentPrior() {}

  /**
   * The distance.
   *
   * @param latents [B, D], without the training noise
   * @param samples [S, D] from N(0, I); the reference takes S = 10·B
   * @return a scalar ≥ 0
   */
  public static Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> latents, Operand<TFloat32> samples) {
    Operand<TFloat32> cross = tf.linalg.matMul(latents, samples, MatMul.transposeB(true));
    Operand<TFloat32> squares =
        tf.math.add(
            squaredLengths(tf, latents),
            tf.linalg.transpose(squaredLengths(tf, samples), tf.constant(new int[] {1, 0})));
    Operand<TFloat32> distances = tf.math.sub(squares, tf.math.mul(cross, tf.constant(2f)));
    return tf.math.add(
        Reduce.mean(tf, tf.min(distances, tf.constant(0))),
        Reduce.mean(tf, tf.min(distances, tf.constant(1))));
  }

  private static Operand<TFloat32> squaredLengths(Ops tf, Operand<TFloat32> rows) {
    return tf.sum(tf.math.square(rows), tf.constant(1), Sum.keepDims(true));
  }
}
