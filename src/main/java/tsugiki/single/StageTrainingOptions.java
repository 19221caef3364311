package tsugiki.single;

import io.soabase.recordbuilder.core.RecordBuilder;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;

/**
 * How every stage is trained. The defaults are the authors' (Hinz et al. 2021).
 *
 * @param steps of each stage
 * @param trainDepth how many of the last stages are trained together
 * @param lrScale the factor on the learning rate from a stage to the one below it: low keeps the
 *     samples different from the image, high keeps them true to it
 * @param rate the learning rate of the newest stage and of the discriminator
 * @param generatorUpdates updates of the generator per step, by one gradient with ConSinGAN
 * @param discriminatorSteps steps of the discriminator per step of the generator
 * @param reconstructionWeight the factor on the squared error of the reconstruction
 * @param gradientPenalty the factor on the gradient penalty
 * @param noiseAmplitude the factor from the error of the stages below to a stage's noise
 * @param seed of all that is random
 */
@RecordBuilder
public record StageTrainingOptions(
    long steps,
    int trainDepth,
    float lrScale,
    float rate,
    int generatorUpdates,
    int discriminatorSteps,
    float reconstructionWeight,
    float gradientPenalty,
    float noiseAmplitude,
    long seed)
    implements StageTrainingOptionsBuilder.With {
  /** The share of a stage's steps after which the rates fall, and their factor then. */
  private static final double FALL_AT = 0.8;

  private static final float FALL = 0.1f;

  /** Checks every value. */
  public StageTrainingOptions {
    Checks.steps("steps", steps, 1);
    Checks.atLeast("trainDepth", trainDepth, 1);
    if (!(lrScale > 0 && lrScale <= 1)) {
      throw new BadInputException(
          "⟨lrScale⟩ is " + lrScale + "; give a number above 0 and up to 1, such as 0.1");
    }
    Checks.positive("rate", rate);
    Checks.parts("generatorUpdates", generatorUpdates, 1);
    Checks.parts("discriminatorSteps", discriminatorSteps, 1);
    Checks.notNegative("reconstructionWeight", reconstructionWeight);
    Checks.notNegative("gradientPenalty", gradientPenalty);
    Checks.notNegative("noiseAmplitude", noiseAmplitude);
  }

  /** 2,000 steps a stage, three stages at a time, each at a tenth of the rate of the next. */
  public static StageTrainingOptions defaults() {
    return new StageTrainingOptions(2_000, 3, 0.1f, 5e-4f, 3, 3, 10, 0.1f, 0.1f, 0);
  }

  /** What the authors of a method give for a mode. */
  public static StageTrainingOptions defaults(SingleMode mode, SingleMethod method) {
    if (method == SingleMethod.SINGAN) {
      return mode == SingleMode.SUPER_RESOLVE
          ? defaults().withReconstructionWeight(100)
          : defaults();
    }
    return mode.changesImages() ? defaults().withSteps(1_000) : defaults();
  }

  /**
   * The learning rate of the newest stage and of the discriminator.
   *
   * @param step of the stage, from 0
   */
  float rateAt(long step) {
    return step < FALL_AT * steps ? rate : rate * FALL;
  }
}
