package tsugiki.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Reduce;

/**
 * The loss of a Wasserstein GAN (Arjovsky et al. 2017). It means a distance only while the
 * discriminator's slope is bounded, by {@link GradientPenalty}.
 */
public final class WassersteinLoss {
  private WassersteinLoss() {}

  /**
   * The discriminator's: E D(G(z)) − E D(x).
   *
   * @param real scores of real images, any shape
   * @param fake scores of generated images, any shape
   * @return a scalar
   */
  public static Operand<TFloat32> discriminator(
      Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    return tf.math.sub(Reduce.mean(tf, fake), Reduce.mean(tf, real));
  }

  /**
   * The generator's: −E D(G(z)).
   *
   * @param fake scores of generated images, any shape
   * @return a scalar
   */
  public static Operand<TFloat32> generator(Ops tf, Operand<TFloat32> fake) {
    return tf.math.neg(Reduce.mean(tf, fake));
  }
}
