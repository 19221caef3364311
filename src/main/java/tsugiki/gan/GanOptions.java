package tsugiki.gan;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import tsugiki.augment.DiffAugment;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.loss.GanLoss;

/**
 * How a GAN is trained. {@link #defaults()} has the defaults, and every component a method {@code
 * with…} that gives the same options with another value. A component that {@code options.json} or
 * the command line leaves out is null to the constructor, which puts the default in its place.
 *
 * <p>The defaults of BigGAN's own discriminator are the paper's (Brock et al. 2019, appendix C).
 * They are kept for small batches too: Adam's steps do not grow with the batch, and with a noisier
 * gradient higher rates collapse sooner. Those of a projected discriminator are from Sauer et al.
 * (2021): it starts with features and needs no head start.
 *
 * @param batch images per step of either network
 * @param steps generator steps
 * @param discriminatorSteps discriminator steps per generator step
 * @param generatorRate the generator's learning rate
 * @param discriminatorRate the discriminator's learning rate
 * @param averageDecay decay of the averaged generator, reached from below in the first steps
 * @param averageFrom the step before which the average is the generator as it is
 * @param standingBatches batches of generated images that the standing statistics are taken over
 * @param discriminator which discriminator
 * @param supervision how labels and rotations enter the losses
 * @param augment differentiable augmentation in front of the discriminator
 * @param loss of both networks
 * @param gradientPenalty weight of the gradient penalty with {@link GanLoss#WASSERSTEIN_GP}
 * @param adam settings of the optimiser
 * @param mirror whether each real image is mirrored left to right with probability ½
 * @param seed of all that is random
 */
@RecordBuilder
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
    GanLoss loss,
    Float gradientPenalty,
    AdamOptions adam,
    Boolean mirror,
    Long seed)
    implements GanOptionsBuilder.With {

  /** Fills in the defaults and checks every value. */
  public GanOptions {
    discriminator = discriminator == null ? DiscriminatorOptions.defaults() : discriminator;
    batch = given(batch, discriminator, GanOptions::batch);
    steps = given(steps, discriminator, GanOptions::steps);
    discriminatorSteps = given(discriminatorSteps, discriminator, GanOptions::discriminatorSteps);
    generatorRate = given(generatorRate, discriminator, GanOptions::generatorRate);
    discriminatorRate = given(discriminatorRate, discriminator, GanOptions::discriminatorRate);
    averageDecay = given(averageDecay, discriminator, GanOptions::averageDecay);
    averageFrom = given(averageFrom, discriminator, GanOptions::averageFrom);
    standingBatches = given(standingBatches, discriminator, GanOptions::standingBatches);
    supervision = given(supervision, discriminator, GanOptions::supervision);
    augment = sorted(given(augment, discriminator, GanOptions::augment));
    loss = given(loss, discriminator, GanOptions::loss);
    gradientPenalty = given(gradientPenalty, discriminator, GanOptions::gradientPenalty);
    adam = given(adam, discriminator, GanOptions::adam);
    mirror = given(mirror, discriminator, GanOptions::mirror);
    seed = given(seed, discriminator, GanOptions::seed);
    Checks.atLeast("batch", batch, 1);
    Checks.atLeast("steps", steps, 1);
    checkHeads(supervision, discriminator, batch);
    Checks.atLeast("discriminatorSteps", discriminatorSteps, 1);
    Checks.atLeast("averageFrom", averageFrom, 0);
    Checks.atLeast("standingBatches", standingBatches, 1);
    Checks.positive("generatorRate", generatorRate);
    Checks.positive("discriminatorRate", discriminatorRate);
    Checks.notNegative("gradientPenalty", gradientPenalty);
    if (!(averageDecay >= 0 && averageDecay < 1)) {
      throw new BadInputException(
          "⟨averageDecay⟩ is " + averageDecay + "; give a number from 0 to below 1");
    }
  }

  /** The defaults with the recipe's own discriminator. */
  public static GanOptions defaults() {
    return defaults(DiscriminatorOptions.defaults());
  }

  /** The defaults with a discriminator, which decides on rates and steps. */
  public static GanOptions defaults(DiscriminatorOptions discriminator) {
    boolean projected = discriminator.projected();
    return new GanOptions(
        32,
        20_000L,
        projected ? 1 : 2,
        projected ? 2e-4f : 5e-5f,
        2e-4f,
        0.9999f,
        0L,
        16,
        discriminator,
        SupervisionOptions.defaults(),
        Set.of(),
        GanLoss.HINGE,
        10f,
        AdamOptions.defaults(),
        true,
        0L);
  }

  private static <T> T given(
      T value, DiscriminatorOptions discriminator, Function<GanOptions, T> component) {
    return value == null ? component.apply(defaults(discriminator)) : value;
  }

  private static void checkHeads(
      SupervisionOptions supervision, DiscriminatorOptions discriminator, int batch) {
    if (discriminator.projected() && (supervision.rotation() || supervision.coTraining())) {
      throw new BadInputException(
          (supervision.rotation() ? "⟨selfSupervision⟩ rotation" : "⟨unlabelled⟩ co-training")
              + " learns on the discriminator's own features, and ⟨discriminator⟩ projected has frozen ones; use ⟨discriminator⟩ own");
    }
    if (supervision.rotation()) {
      supervision.rotatedImages(batch);
    }
  }

  /** The same with other labels and heads, and another seed. */
  public GanOptions with(SupervisionOptions otherSupervision, long otherSeed) {
    return withSupervision(otherSupervision).withSeed(otherSeed);
  }

  /**
   * The decay of the average at a step: 0 before {@link #averageFrom}, then low at first, when the
   * weights still change fast.
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
