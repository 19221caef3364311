package tsugiki.gan;

import io.soabase.recordbuilder.core.RecordBuilder;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;

/**
 * The numbers of the augmentations and regularisers that {@link GanOptions#augment} names.
 *
 * <p>{@link #defaults()} has the papers' values of ADA and of CR. Of zCR only the papers' ranges
 * were found: noise of 0.05 to 0.07, a discriminator's weight of 5 to 20, and a generator's weight
 * of 0.5. The defaults are 0.07, 5 and 0.5. Another program, StudioGAN (BigGAN-Mod-ICR for
 * CIFAR-10), has 0.05, 20 and 0.5.
 *
 * @param adaTarget the mean sign of the scores of real images that ADA's probability steers to
 * @param adaThousands thousands of real images in which the probability can rise from 0 to 1
 * @param consistencyWeight of the squared differences of scores under augmentation (CR, bCR)
 * @param latentNoise deviation of the noise on latent vectors (zCR)
 * @param latentWeightD of the squared differences of scores under that noise (zCR)
 * @param latentWeightG of the squared differences of images under that noise (zCR)
 * @param lecam weight of LeCam regularisation (Tseng et al. 2021); 0 for none
 * @param spectrum weight of {@link SpectrumMatch}; 0 for none
 */
@RecordBuilder
public record AugmentationOptions(
    float adaTarget,
    float adaThousands,
    float consistencyWeight,
    float latentNoise,
    float latentWeightD,
    float latentWeightG,
    float lecam,
    float spectrum)
    implements AugmentationOptionsBuilder.With {

  /** Checks every value. */
  public AugmentationOptions {
    if (!(adaTarget > -1 && adaTarget < 1)) {
      throw new BadInputException(
          "⟨adaTarget⟩ is " + adaTarget + "; give a number between -1 and 1");
    }
    Checks.positive("adaThousands", adaThousands);
    Checks.notNegative("consistencyWeight", consistencyWeight);
    Checks.positive("latentNoise", latentNoise);
    Checks.notNegative("latentWeightD", latentWeightD);
    Checks.notNegative("latentWeightG", latentWeightG);
    Checks.notNegative("lecam", lecam);
    Checks.notNegative("spectrum", spectrum);
  }

  /** ADA's 0.6 and 500; consistency's 10, 0.07, 5 and 0.5; no LeCam and no spectrum. */
  public static AugmentationOptions defaults() {
    return new AugmentationOptions(0.6f, 500, 10, 0.07f, 5, 0.5f, 0, 0);
  }
}
