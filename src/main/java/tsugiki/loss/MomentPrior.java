package tsugiki.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Reduce;

/**
 * Keeps the learned latent vectors where samples are drawn, by mean and deviation: the squared
 * Wasserstein distance of the normal distributions that have the mean and deviation of every entry
 * of z and of the samples,
 *
 * <pre>  Σ_d m_d² + (s_d − σ)²</pre>
 *
 * with the mean m_d and the deviation s_d of entry d over the latent vectors. A sum over entries,
 * as the distance of vectors is, so that it weighs about as much as {@link LatentPrior}.
 */
public final class MomentPrior {
  /** Added to a variance: the square root has no slope at 0. */
  private static final float LEAST_VARIANCE = 1e-6f;

  private MomentPrior() {}

  /**
   * The distance.
   *
   * @param latents [N, D]; from one vector alone no deviation can be had, so N is at least 2
   * @param deviation σ, the standard deviation of the samples' entries, whose mean is 0
   * @return a scalar ≥ 0
   */
  public static Operand<TFloat32> apply(Ops tf, Operand<TFloat32> latents, float deviation) {
    Operand<TFloat32> means = tf.math.mean(latents, tf.constant(0));
    Operand<TFloat32> variances =
        tf.math.mean(tf.math.square(tf.math.sub(latents, means)), tf.constant(0));
    Operand<TFloat32> deviations =
        tf.math.sqrt(tf.math.add(variances, tf.constant(LEAST_VARIANCE)));
    return Reduce.sum(
        tf,
        tf.math.add(
            tf.math.square(means),
            tf.math.square(tf.math.sub(deviations, tf.constant(deviation)))));
  }
}
