package tsugiki.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Reduce;

/** The hinge loss of a GAN (Lim and Ye 2017; Miyato et al. 2018, equations 16 and 17). */
public final class HingeLoss {
  private HingeLoss() {}

  /**
   * The discriminator's: E max(0, 1 − D(x)) + E max(0, 1 + D(G(z))).
   *
   * @param real scores of real images, any shape
   * @param fake scores of generated images
   * @return a scalar ≥ 0
   */
  public static Operand<TFloat32> discriminator(
      Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    Operand<TFloat32> one = tf.constant(1f);
    return tf.math.add(
        Reduce.mean(tf, tf.nn.relu(tf.math.sub(one, real))),
        Reduce.mean(tf, tf.nn.relu(tf.math.add(one, fake))));
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
