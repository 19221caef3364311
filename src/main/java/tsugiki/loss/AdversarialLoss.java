package tsugiki.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The losses of generator and discriminator by name. They are apart from {@link GanLoss} because
 * reading an option must not load TensorFlow.
 */
public final class AdversarialLoss {
  private AdversarialLoss() {}

  /**
   * The discriminator's loss, without a penalty.
   *
   * @param real scores of real images, any shape
   * @param fake scores of generated images, any shape
   * @return a scalar
   */
  public static Operand<TFloat32> discriminator(
      Ops tf, GanLoss loss, Operand<TFloat32> real, Operand<TFloat32> fake) {
    return switch (loss) {
      case HINGE -> HingeLoss.discriminator(tf, real, fake);
      case NON_SATURATING -> NonSaturatingLoss.discriminator(tf, real, fake);
      case WASSERSTEIN_GP -> WassersteinLoss.discriminator(tf, real, fake);
    };
  }

  /**
   * The generator's loss.
   *
   * @param fake scores of generated images, any shape
   * @return a scalar
   */
  public static Operand<TFloat32> generator(Ops tf, GanLoss loss, Operand<TFloat32> fake) {
    return switch (loss) {
      case HINGE -> HingeLoss.generator(tf, fake);
      case NON_SATURATING -> NonSaturatingLoss.generator(tf, fake);
      case WASSERSTEIN_GP -> WassersteinLoss.generator(tf, fake);
    };
  }
}
