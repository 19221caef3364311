package tsugiki.graft;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tsugiki.augment.DiffAugment;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.base.NetworkName;
import tsugiki.base.OptionalPath;
import tsugiki.gan.TransferSource;
import tsugiki.train.Schedule;

/**
 * The adversarial finish of a graft: further steps in which a projected discriminator (Sauer et al.
 * 2021) compares generated images with the training images. With an anchor, of which there is none
 * by default, the graft's own loss also holds every training image at its latent vector. Rates rise
 * over the first twentieth of its steps, may stay, and fall to zero by half a cosine; those of the
 * generator begin after a tenth of the steps, but for a discriminator of which everything begins
 * trained. Last come steps that move the latent vectors alone.
 *
 * @param finish what is trained
 * @param finishSteps how many steps follow the others
 * @param finishFlat the share of these steps after which the rates begin to fall, from 0 to below 1
 * @param finishLatentSteps how many steps then move the latent vectors of the training images alone
 * @param finishProjector the frozen network of the discriminator, by name
 * @param finishSide images are resized to this many pixels before it
 * @param finishWidth the channels of the discriminator's heads
 * @param finishNativeWidth the channels of a small discriminator of the images at their own size
 *     beside it, 0 for none
 * @param finishFrom a run or model of a GAN whose discriminator this one begins with, as far as it
 *     fits; empty for random weights
 * @param finishAugment what DiffAugment does to real and generated images before it
 * @param finishAnchor the factor on the graft's own loss; 0 leaves it out, and the latent vectors
 *     with it
 * @param finishSpectrum the factor on {@link tsugiki.gan.SpectrumMatch}; 0 leaves it out
 * @param finishRate the highest learning rate of what the graft trains in the generator
 * @param finishGeneratorRate the highest learning rate of the rest of the generator, with {@link
 *     FinishKind#ALL}
 * @param finishLatentRate the highest learning rate of the latent vectors
 * @param finishDiscriminatorRate the highest learning rate of the discriminator
 * @param finishDecay decay of the average of the weights, which is what is kept
 * @param finishJudgeEvery steps between judgements, of which the best is kept
 */
@RecordBuilder
public record FinishOptions(
    FinishKind finish,
    long finishSteps,
    float finishFlat,
    long finishLatentSteps,
    String finishProjector,
    int finishSide,
    int finishWidth,
    int finishNativeWidth,
    String finishFrom,
    Set<DiffAugment.Part> finishAugment,
    float finishAnchor,
    float finishSpectrum,
    float finishRate,
    float finishGeneratorRate,
    float finishLatentRate,
    float finishDiscriminatorRate,
    float finishDecay,
    long finishJudgeEvery)
    implements FinishOptionsBuilder.With {

  /** From so many images on, a fifth of them is held out to judge the finish by. */
  static final int ENOUGH_IMAGES = 200;

  /** The most images that are held out. */
  static final int MOST_HELD_OUT = 500;

  /** Checks every value. */
  public FinishOptions {
    Objects.requireNonNull(finishProjector, "finishProjector");
    Objects.requireNonNull(finishAugment, "finishAugment");
    Objects.requireNonNull(finish, "finish");
    finishProjector = NetworkName.absolute(finishProjector);
    Checks.steps("finishSteps", finishSteps, 1);
    if (!(finishFlat >= 0 && finishFlat < 1)) {
      throw new BadInputException(
          "⟨finishFlat⟩ is " + finishFlat + "; give a number from 0 to below 1");
    }
    Checks.steps("finishLatentSteps", finishLatentSteps, 0);
    Checks.size("finishSide", finishSide, 32);
    Checks.size("finishWidth", finishWidth, 1);
    Checks.size("finishNativeWidth", finishNativeWidth, 0);
    finishFrom = OptionalPath.absolute(finishFrom);
    finishAugment = sorted(finishAugment);
    Checks.notNegative("finishAnchor", finishAnchor);
    Checks.notNegative("finishSpectrum", finishSpectrum);
    Checks.positive("finishRate", finishRate);
    Checks.positive("finishGeneratorRate", finishGeneratorRate);
    Checks.positive("finishLatentRate", finishLatentRate);
    Checks.positive("finishDiscriminatorRate", finishDiscriminatorRate);
    if (!(finishDecay >= 0 && finishDecay < 1)) {
      throw new BadInputException(
          "⟨finishDecay⟩ is " + finishDecay + "; give a number from 0 to below 1");
    }
    Checks.atLeast("finishJudgeEvery", finishJudgeEvery, 1);
  }

  /**
   * No finish; with one, what did best on 25 photographs: the shipped features at twice the side of
   * the shipped generator, and a discriminator of the images themselves beside them.
   */
  public static FinishOptions defaults() {
    return new FinishOptions(
        FinishKind.NONE,
        500,
        0.95f,
        100,
        "starter",
        128,
        64,
        32,
        "",
        EnumSet.of(DiffAugment.Part.COLOR, DiffAugment.Part.TRANSLATION),
        0,
        0,
        5e-4f,
        3e-4f,
        0.1f,
        5e-4f,
        0.99f,
        100);
  }

  /** Whether the graft's own loss has a part in it: without one a step draws no training image. */
  boolean anchored() {
    return finishAnchor > 0;
  }

  /** Whether there is a finish. */
  public boolean wanted() {
    return finish != FinishKind.NONE;
  }

  /**
   * What the discriminator begins with, found without TensorFlow's library.
   *
   * @return empty for random weights
   * @throws BadInputException if it is no run and no model
   */
  Optional<TransferSource> source() {
    return finishFrom.isEmpty()
        ? Optional.empty()
        : Optional.of(TransferSource.open(Path.of(finishFrom)));
  }

  /** The steps that follow the others, those of the latent vectors too: 0 without a finish. */
  long steps() {
    return wanted() ? finishSteps + finishLatentSteps : 0;
  }

  /** A rate of the discriminator, or of the latent vectors. */
  Schedule falling(float highest) {
    return Schedule.cosine(highest, finishSteps, finishFlat);
  }

  /**
   * A rate of the generator, 0 in the first tenth of the finish where some of the discriminator
   * begins with random weights: what such a one wants would only undo what the graft has learned.
   *
   * @param begun whether all of the discriminator begins with trained weights
   */
  Schedule waiting(float highest, boolean begun) {
    long wait = begun ? 0 : finishSteps / 10;
    Schedule then = Schedule.cosine(highest, finishSteps - wait, finishFlat);
    return step -> step < wait ? 0 : then.at(step - wait);
  }

  /** The decay of the average at a step of the finish: low at first, and 0 at the very first. */
  float decay(long number) {
    return number == 0 ? 0 : Math.min(finishDecay, (1f + number) / (10f + number));
  }

  /**
   * Whether the average is judged after so many steps of the finish.
   *
   * @param number of steps; 0 or less before them, more than all of them after it
   */
  boolean isJudged(long number) {
    return number > 0
        && number <= finishSteps
        && (number % finishJudgeEvery == 0 || number == finishSteps);
  }

  /** In the order of the parts, so that {@code options.json} is the same every time. */
  private static Set<DiffAugment.Part> sorted(Set<DiffAugment.Part> parts) {
    Set<DiffAugment.Part> sorted = EnumSet.noneOf(DiffAugment.Part.class);
    sorted.addAll(parts);
    return Collections.unmodifiableSet(sorted);
  }
}
