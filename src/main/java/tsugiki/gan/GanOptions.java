package tsugiki.gan;

import java.util.Set;
import tsugiki.BadInputException;
import tsugiki.augment.DiffAugment;
import tsugiki.model.BigGanArchitecture;

/**
 * What a training of a class-conditional GAN can be told; the values without a comment are those of
 * the paper.
 *
 * @param architecture the networks' shape
 * @param batch images a step of the discriminator
 * @param steps generator steps
 * @param discriminatorSteps discriminator steps for each generator step
 * @param generatorRate the generator's learning rate
 * @param discriminatorRate the discriminator's learning rate
 * @param averageDecay decay of the averaged generator, reached from below in the first steps
 * @param discriminator which discriminator
 * @param projectionWidth channels of the projected discriminator's heads
 * @param augment differentiable augmentation in front of the discriminator
 * @param seed of all that is random
 */
public record GanOptions(
    BigGanArchitecture architecture,
    int batch,
    long steps,
    int discriminatorSteps,
    float generatorRate,
    float discriminatorRate,
    float averageDecay,
    DiscriminatorKind discriminator,
    int projectionWidth,
    Set<DiffAugment.Part> augment,
    long seed) {

  /** Which discriminator. */
  public enum DiscriminatorKind {
    /** BigGAN's own, trained from nothing. */
    BIGGAN,
    /**
     * Small heads on a frozen, pre-trained network (Sauer et al. 2021): far fewer steps to the same
     * quality.
     */
    PROJECTED
  }

  /** Checks every value. */
  public GanOptions {
    positive("--batch", batch);
    positive("--steps", steps);
    positive("--discriminator-steps", discriminatorSteps);
    positive("--projection-width", projectionWidth);
    if (!(generatorRate > 0) || !(discriminatorRate > 0)) {
      throw new BadInputException("learning rates must be above 0");
    }
    if (!(averageDecay >= 0 && averageDecay < 1)) {
      throw new BadInputException(
          "--average-decay is " + averageDecay + "; give 0 or more, below 1");
    }
    augment = Set.copyOf(augment);
  }

  private static void positive(String flag, long value) {
    if (value < 1) {
      throw new BadInputException(flag + " is " + value + "; give 1 or more");
    }
  }

  /** The decay of the average at a step: low at first, when the weights still change fast. */
  public float averageDecay(long step) {
    return Math.min(averageDecay, (1f + step) / (10f + step));
  }
}
