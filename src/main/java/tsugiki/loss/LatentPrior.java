package tsugiki.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Reduce;

/**
 * The reference's term for the learned latent vectors (Noguchi and Harada 2019, section 3.3): the
 * mean squared distance of every fresh normal sample to the nearest latent vector plus that of
 * every latent vector to the nearest sample, a cheap stand-in for the earth mover's distance.
 *
 * <p>With few samples in many dimensions it pulls the latent vectors together. Normal vectors in
 * 100 dimensions are nearly all as far from each other, and the origin is nearer to each than they
 * are to one another: 80 samples against vectors of N(0, s²) give least near s = 0. Latent vectors
 * that begin at N(0, 1) end at a deviation of about 0.2, which is where samples that are cut at 0.4
 * lie. {@link MomentPrior} and {@link SlicedPrior} keep them where samples are drawn.
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
