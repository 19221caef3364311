package tsugiki.gan;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import tsugiki.augment.DiffAugment;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;

/**
 * How a class-conditional GAN is trained. Whatever is null takes its default when the record is
 * made, so that a record never holds a null.
 *
 * <p>With {@link DiscriminatorKind#BIGGAN} the rates and the two discriminator steps are the
 * paper's (Brock et al. 2019, appendix C). They are kept for small batches too: Adam's steps do not
 * grow with the batch, and with a noisier gradient higher rates collapse sooner. With {@link
 * DiscriminatorKind#PROJECTED} they are those of Sauer et al. (2021), whose discriminator starts
 * with features and needs no head start.
 *
 * @param batch images a step of either network; 32
 * @param steps generator steps; 20,000
 * @param discriminatorSteps discriminator steps for each generator step; 2, projected 1
 * @param generatorRate the generator's learning rate; 5·10⁻⁵, projected 2·10⁻⁴
 * @param discriminatorRate the discriminator's learning rate; 2·10⁻⁴
 * @param averageDecay decay of the averaged generator, reached from below in the first steps;
 *     0.9999
 * @param averageFrom the step before which the average is the generator as it is; 0
 * @param standingBatches batches of generated images that the standing statistics are taken over;
 *     16
 * @param discriminator what judges the images; BigGAN's own
 * @param supervision how labels and rotations enter the losses; labels for all, no rotations
 * @param augment differentiable augmentation in front of the discriminator; none
 * @param seed of all that is random; 0
 */
public record GanOptions(
    Integer batch,
    Long steps,
    Integer discriminatorSteps,
    Float generatorRate,
    Float discriminatorRate,
    Float averageDecay,
    Long averageFrom,
    Integer standingBatches,
    DiscriminatorOptions discriminator,
    SupervisionOptions supervision,
    Set<DiffAugment.Part> augment,
    Long seed) {

  /** Fills in the defaults and checks every value. */
  public GanOptions {
    discriminator =
        Objects.requireNonNullElseGet(
            discriminator, () -> new DiscriminatorOptions(null, null, null, null));
    supervision = Objects.requireNonNullElseGet(supervision, SupervisionOptions::none);
    boolean projected = discriminator.kind() == DiscriminatorKind.PROJECTED;
    batch = Objects.requireNonNullElse(batch, 32);
    steps = Objects.requireNonNullElse(steps, 20_000L);
    discriminatorSteps = Objects.requireNonNullElse(discriminatorSteps, projected ? 1 : 2);
    generatorRate = Objects.requireNonNullElse(generatorRate, projected ? 2e-4f : 5e-5f);
    discriminatorRate = Objects.requireNonNullElse(discriminatorRate, 2e-4f);
    averageDecay = Objects.requireNonNullElse(averageDecay, 0.9999f);
    averageFrom = Objects.requireNonNullElse(averageFrom, 0L);
    standingBatches = Objects.requireNonNullElse(standingBatches, 16);
    augment = sorted(Objects.requireNonNullElse(augment, Set.of()));
    seed = Objects.requireNonNullElse(seed, 0L);
    Checks.atLeast("batch", batch, 1);
    Checks.atLeast("steps", steps, 1);
    checkHeads(supervision, projected, batch);
    Checks.atLeast("discriminatorSteps", discriminatorSteps, 1);
    Checks.atLeast("averageFrom", averageFrom, 0);
    Checks.atLeast("standingBatches", standingBatches, 1);
    Checks.positive("generatorRate", generatorRate);
    Checks.positive("discriminatorRate", discriminatorRate);
    if (!(averageDecay >= 0 && averageDecay < 1)) {
      throw new BadInputException(
          "⟨averageDecay⟩ is " + averageDecay + "; give a number from 0 to below 1");
    }
  }

  private static void checkHeads(SupervisionOptions supervision, boolean projected, int batch) {
    if (projected && (supervision.rotation() || supervision.coTraining())) {
      throw new BadInputException(
          (supervision.rotation() ? "⟨selfSupervision⟩ rotation" : "⟨unlabelled⟩ co-training")
              + " learns on the discriminator's own features, and ⟨discriminator⟩ projected has frozen ones; use ⟨discriminator⟩ biggan");
    }
    if (supervision.rotation()) {
      supervision.turned(batch);
    }
  }

  /** The same with other labels and losses beside the game, and another seed. */
  public GanOptions with(SupervisionOptions other, long otherSeed) {
    return new GanOptions(
        batch,
        steps,
        discriminatorSteps,
        generatorRate,
        discriminatorRate,
        averageDecay,
        averageFrom,
        standingBatches,
        discriminator,
        other,
        augment,
        otherSeed);
  }

  /**
   * The decay of the average at a step: none before it begins, then low at first, when the weights
   * still change fast.
   */
  public float averageDecay(long step) {
    return step < averageFrom ? 0 : Math.min(averageDecay, (1f + step) / (10f + step));
  }

  /** In the order of the parts, so that {@code options.json} is the same every time. */
  private static Set<DiffAugment.Part> sorted(Set<DiffAugment.Part> parts) {
    Set<DiffAugment.Part> sorted = EnumSet.noneOf(DiffAugment.Part.class);
    sorted.addAll(parts);
    return Collections.unmodifiableSet(sorted);
  }
}
