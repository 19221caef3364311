package tsugiki.gan;

import java.util.Objects;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.graph.Rotation;

/**
 * How labels and rotations enter the losses (Lučić et al. 2019). Whatever is null takes its default
 * when the record is made; the weights' are those of the paper and its code.
 *
 * @param unlabelled what becomes of images without a label; they are left out
 * @param softLabels whether predicted labels are probabilities rather than the likeliest class;
 *     false
 * @param labelWeight λ, of the class head's loss in the discriminator's; 1
 * @param selfSupervision what is learned beside; nothing
 * @param rotatedShare how many images the loss of the rotations sees, over the batch: a quarter of
 *     them upright, the others the same at 90°, 180° and 270°; 0.25
 * @param rotationWeightD β, of real images' rotation loss in the discriminator's; 1
 * @param rotationWeightG α, of generated images' rotation loss in the generator's; 0.2
 */
public record SupervisionOptions(
    Unlabelled unlabelled,
    Boolean softLabels,
    Float labelWeight,
    SelfSupervision selfSupervision,
    Float rotatedShare,
    Float rotationWeightD,
    Float rotationWeightG) {

  /** Fills in the defaults and checks every value. */
  public SupervisionOptions {
    unlabelled = Objects.requireNonNullElse(unlabelled, Unlabelled.DROP);
    softLabels = Objects.requireNonNullElse(softLabels, false);
    labelWeight = Objects.requireNonNullElse(labelWeight, 1f);
    selfSupervision = Objects.requireNonNullElse(selfSupervision, SelfSupervision.NONE);
    rotatedShare = Objects.requireNonNullElse(rotatedShare, 0.25f);
    rotationWeightD = Objects.requireNonNullElse(rotationWeightD, 1f);
    rotationWeightG = Objects.requireNonNullElse(rotationWeightG, 0.2f);
    Checks.notNegative("labelWeight", labelWeight);
    Checks.positive("rotatedShare", rotatedShare);
    Checks.notNegative("rotationWeightD", rotationWeightD);
    Checks.notNegative("rotationWeightG", rotationWeightG);
  }

  /** Labels for all, and nothing beside. */
  public static SupervisionOptions none() {
    return new SupervisionOptions(null, null, null, null, null, null, null);
  }

  /** Whether the discriminator has a class head. */
  public boolean coTraining() {
    return unlabelled == Unlabelled.CO_TRAINING;
  }

  /** Whether the discriminator has a rotation head. */
  public boolean rotation() {
    return selfSupervision == SelfSupervision.ROTATION;
  }

  /**
   * How many images of a batch are also shown turned.
   *
   * @throws BadInputException if the share of that batch is no multiple of the four angles
   */
  public int turned(int batch) {
    double seen = (double) rotatedShare * batch;
    long whole = Math.round(seen);
    if (Math.abs(seen - whole) > 1e-4 || whole < 1 || whole % Rotation.TURNS != 0) {
      throw new BadInputException(
          "⟨rotatedShare⟩ %s of ⟨batch⟩ %d is %s images, which the four angles do not divide; change one so that it is a multiple of 4"
              .formatted(
                  rotatedShare,
                  batch,
                  seen == whole ? Long.toString(whole) : Math.round(seen * 1e4) / 1e4));
    }
    if (whole / Rotation.TURNS > batch) {
      throw new BadInputException(
          "⟨rotatedShare⟩ is %s; give 4 or less, which is every image at every angle"
              .formatted(rotatedShare));
    }
    return (int) (whole / Rotation.TURNS);
  }
}
