package tsugiki.gan;

import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.train.Adam;

/**
 * The settings of Adam (Kingma and Ba 2015) for both networks of a GAN.
 *
 * @param beta1 decay of the first moment, in [0, 1); 0
 * @param beta2 decay of the second moment, in [0, 1); 0.999
 * @param epsilon added to the square root of the second moment, above 0; 10⁻⁶
 */
public record AdamOptions(float beta1, float beta2, float epsilon) {
  /** Checks every value. */
  public AdamOptions {
    checkDecay("beta1", beta1);
    checkDecay("beta2", beta2);
    Checks.positive("adamEpsilon", epsilon);
  }

  /** β₁ = 0, β₂ = 0.999 (Brock et al. 2019, appendix C), ε = 10⁻⁶. */
  public static AdamOptions defaults() {
    return new AdamOptions(0, 0.999f, 1e-6f);
  }

  private static void checkDecay(String argument, float decay) {
    if (!(decay >= 0 && decay < 1)) {
      throw new BadInputException(
          "⟨" + argument + "⟩ is " + decay + "; give a number from 0 to below 1");
    }
  }

  Adam adam() {
    return new Adam(beta1, beta2, epsilon);
  }
}
