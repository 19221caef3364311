package tsugiki.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Reduce;

/**
 * The non-saturating loss of a GAN (Goodfellow et al. 2014, section 3) on scores D before the
 * sigmoid σ.
 */
public final class NonSaturatingLoss {
  private NonSaturatingLoss() {}

  /**
   * The discriminator's: −E log σ(D(x)) − E log(1 − σ(D(G(z)))).
   *
   * @param real scores of real images, any shape
   * @param fake scores of generated images, any shape
   * @return a scalar ≥ 0, in nats
   */
  public static Operand<TFloat32> discriminator(
      Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    return tf.math.add(
        Reduce.mean(tf, tf.math.softplus(tf.math.neg(real))),
        Reduce.mean(tf, tf.math.softplus(fake)));
  }

  /**
   * The generator's: −E log σ(D(G(z))).
   *
   * @param fake scores of generated images, any shape
   * @return a scalar ≥ 0, in nats
   */
  public static Operand<TFloat32> generator(Ops tf, Operand<TFloat32> fake) {
    return Reduce.mean(tf, tf.math.softplus(tf.math.neg(fake)));
  }
}
