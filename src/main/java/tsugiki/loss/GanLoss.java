package tsugiki.loss;

import java.util.Locale;

/**
 * The names of the losses that a generator and a discriminator are trained with; {@link
 * AdversarialLoss} builds them.
 */
public enum GanLoss {
  /** {@link HingeLoss}. */
  HINGE,
  /** {@link NonSaturatingLoss}. */
  NON_SATURATING,
  /** {@link WassersteinLoss}, to which the discriminator's step adds {@link GradientPenalty}. */
  WASSERSTEIN_GP;

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
