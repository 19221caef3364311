package tsugiki.gan;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import tsugiki.augment.Augmentation;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.loss.GanLoss;
import tsugiki.train.Execution;

/**
 * How a GAN is trained. {@link #defaults()} has the defaults, and every component a method {@code
 * with…} that gives the same options with another value.
 *
 * <p>The defaults of BigGAN's own discriminator are the paper's (Brock et al. 2019, appendix C).
 * They are kept for small batches too: Adam's steps do not grow with the batch, and with a noisier
 * gradient higher rates collapse sooner. With a projected discriminator the rates and the one
 * discriminator step are those of the FastGAN configurations in Sauer et al.'s program (2021): it
 * starts with features and needs no head start. That program always augments real and generated
 * images by color, translation and cutout, which is off by default here, and its Adam has β = (0,
 * 0.99) and ε = 10⁻⁸, here (0, 0.999) and 10⁻⁶.
 *
 * @param batch images per part of a step of either network
 * @param accumulate parts of a step, whose gradients are averaged: a batch so many times as large,
 *     of which each part normalises by itself, as in ajbrock/BigGAN-PyTorch
 * @param steps generator steps
 * @param discriminatorSteps discriminator steps per generator step
 * @param generatorRate the generator's learning rate
 * @param discriminatorRate the discriminator's learning rate
 * @param averageDecay decay of the averaged generator, reached from below; see {@link
 *     #averageDecay(long)}
 * @param averageFrom the step before which the average is the generator as it is
 * @param standingBatches batches of generated images that the standing statistics are taken over
 * @param discriminator which discriminator
 * @param supervision how labels and rotations enter the losses
 * @param augment what is done to images in front of the discriminator, and what is asked of it
 *     there
 * @param augmentation the numbers of these
 * @param loss of both networks
 * @param gradientPenalty weight of the gradient penalty with {@link GanLoss#WASSERSTEIN_GP}
 * @param adam settings of the optimiser
 * @param mirror whether each real image is mirrored left to right with probability ½
 * @param seed of all that is random
 */
@RecordBuilder
public record GanOptions(
    int batch,
    int accumulate,
    long steps,
    int discriminatorSteps,
    float generatorRate,
    float discriminatorRate,
    float averageDecay,
    long averageFrom,
    int standingBatches,
    DiscriminatorOptions discriminator,
    SupervisionOptions supervision,
    Set<Augmentation> augment,
    AugmentationOptions augmentation,
    GanLoss loss,
    float gradientPenalty,
    AdamOptions adam,
    boolean mirror,
    long seed)
    implements GanOptionsBuilder.With {

  /** Checks every value. */
  public GanOptions {
    Objects.requireNonNull(discriminator, "discriminator");
    Objects.requireNonNull(supervision, "supervision");
    Objects.requireNonNull(augment, "augment");
    Objects.requireNonNull(augmentation, "augmentation");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(adam, "adam");
    augment = sorted(augment);
    checkConsistency(augment);
    Checks.size("batch", batch, 1);
    Checks.size("accumulate", accumulate, 1);
    Checks.product("batch", batch, "accumulate", accumulate);
    Checks.steps("steps", steps, 1);
    checkHeads(supervision, discriminator, batch);
    Checks.parts("discriminatorSteps", discriminatorSteps, 1);
    Checks.atLeast("averageFrom", averageFrom, 0);
    if (averageFrom >= steps && averageFrom > 0) {
      throw new BadInputException(
          "⟨averageFrom⟩ is %d and ⟨steps⟩ %d, so that nothing would be averaged; give a step below the last"
              .formatted(averageFrom, steps));
    }
    Checks.size("standingBatches", standingBatches, 1);
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
        1,
        20_000,
        projected ? 1 : 2,
        projected ? 2e-4f : 5e-5f,
        2e-4f,
        0.9999f,
        0,
        16,
        discriminator,
        SupervisionOptions.defaults(),
        Set.of(),
        AugmentationOptions.defaults(),
        GanLoss.HINGE,
        10f,
        AdamOptions.defaults(),
        true,
        0);
  }

  /** The training images that a step of the generator goes with. */
  public int imagesPerStep() {
    return Math.multiplyExact(Math.multiplyExact(batch, accumulate), discriminatorSteps);
  }

  /**
   * The same for a training that begins with the weights of another: a quarter of the learning
   * rates, since large steps undo what these have learned before the images can use it.
   */
  public GanOptions ofTransfer() {
    return withGeneratorRate(generatorRate / 4).withDiscriminatorRate(discriminatorRate / 4);
  }

  /**
   * The same with the share that one of several replicas has of a batch.
   *
   * @throws BadInputException if the replicas do not divide the batch, or its rotated images
   */
  GanOptions shared(int replicas) {
    Execution.refuseUneven(batch, replicas);
    if (supervision.turns() && supervision.rotatedImages(batch) % replicas != 0) {
      throw new BadInputException(
          "⟨replicas⟩ %d do not divide the %d rotated images of a batch; change ⟨rotatedShare⟩ or ⟨batch⟩"
              .formatted(replicas, supervision.rotatedImages(batch)));
    }
    return withBatch(batch / replicas);
  }

  private static void checkHeads(
      SupervisionOptions supervision, DiscriminatorOptions discriminator, int batch) {
    if (discriminator.projected() && supervision.heads()) {
      throw new BadInputException(
          (supervision.rotation() ? "⟨selfSupervision⟩ rotation" : "⟨unlabelled⟩ co-training")
              + " learns on the discriminator's own features, and ⟨discriminator⟩ projected has frozen ones; use ⟨discriminator⟩ own");
    }
    if (supervision.turns()) {
      supervision.rotatedImages(batch);
    }
  }

  private static void checkConsistency(Set<Augmentation> augment) {
    if (augment.contains(Augmentation.CR) && augment.contains(Augmentation.BCR)) {
      throw new BadInputException(
          "⟨augment⟩ has cr and bcr, and bcr is cr with generated images; leave one out");
    }
  }

  /**
   * The decay of the average at a step s: 0 before {@link #averageFrom}, then at most (1 + s) / (10
   * + s), low at first, when the weights still change fast. So 0.999 is reached at step 8,990 and
   * 0.9999 at step 89,990. BigGAN-PyTorch and compare_gan have a constant decay from their first
   * averaged step on.
   */
  public float averageDecay(long step) {
    return step < averageFrom ? 0 : Math.min(averageDecay, (1f + step) / (10f + step));
  }

  /** In the order of the parts, so that {@code options.json} is the same every time. */
  private static Set<Augmentation> sorted(Set<Augmentation> parts) {
    Set<Augmentation> sorted = EnumSet.noneOf(Augmentation.class);
    sorted.addAll(parts);
    return Collections.unmodifiableSet(sorted);
  }
}
