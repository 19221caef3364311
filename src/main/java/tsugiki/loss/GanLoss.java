package tsugiki.loss;

import java.util.Locale;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The losses that a generator and a discriminator can be trained with, by name. */
public enum GanLoss {
  /** {@link HingeLoss}. */
  HINGE {
    @Override
    public Operand<TFloat32> discriminator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
      return HingeLoss.discriminator(tf, real, fake);
    }

    @Override
    public Operand<TFloat32> generator(Ops tf, Operand<TFloat32> fake) {
      return HingeLoss.generator(tf, fake);
    }
  },
  /** {@link NonSaturatingLoss}. */
  NON_SATURATING {
    @Override
    public Operand<TFloat32> discriminator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
      return NonSaturatingLoss.discriminator(tf, real, fake);
    }

    @Override
    public Operand<TFloat32> generator(Ops tf, Operand<TFloat32> fake) {
      return NonSaturatingLoss.generator(tf, fake);
    }
  },
  /** {@link WassersteinLoss}, to which the discriminator's step adds {@link GradientPenalty}. */
  WASSERSTEIN_GP {
    @Override
    public Operand<TFloat32> discriminator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
      return WassersteinLoss.discriminator(tf, real, fake);
    }

    @Override
    public Operand<TFloat32> generator(Ops tf, Operand<TFloat32> fake) {
      return WassersteinLoss.generator(tf, fake);
    }
  };

  /**
   * The discriminator's loss, without a penalty.
   *
   * @param real scores of real images, any shape
   * @param fake scores of generated images, any shape
   * @return a scalar
   */
  public abstract Operand<TFloat32> discriminator(
      Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake);

  /**
   * The generator's loss.
   *
   * @param fake scores of generated images, any shape
   * @return a scalar
   */
  public abstract Operand<TFloat32> generator(Ops tf, Operand<TFloat32> fake);

  /** Whether the discriminator's step needs a {@link GradientPenalty}. */
  public boolean penalised() {
    return this == WASSERSTEIN_GP;
  }

  /** The name as it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
