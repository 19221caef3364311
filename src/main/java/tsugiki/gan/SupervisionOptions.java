package tsugiki.gan;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.base.Counted;
import tsugiki.graph.Rotation;
import tsugiki.loss.SelfSupervision;

/**
 * How labels and rotations enter the losses of a GAN (Lučić et al. 2019). {@link #defaults()} has
 * the defaults, whose weights are those of the paper and its code.
 *
 * @param unlabelled what becomes of images without a label
 * @param softLabels whether predicted labels are probabilities rather than the likeliest class
 * @param labelWeight λ, of the class head's loss in the discriminator's
 * @param labelledShare with co-training, images of every batch that are drawn from those with a
 *     label, over the batch; 0 draws all alike
 * @param selfSupervision which task is learned beside the images' realness, or whether rotated
 *     images are further images
 * @param rotatedShare images at the four angles, a quarter of them each, over the batch: those that
 *     the rotations' loss takes, or the views
 * @param rotationWeightD β, of real images' rotations in the discriminator's loss
 * @param rotationWeightG α, of generated images' rotations in the generator's loss
 */
@RecordBuilder
public record SupervisionOptions(
    Unlabelled unlabelled,
    boolean softLabels,
    float labelWeight,
    float labelledShare,
    SelfSupervision selfSupervision,
    float rotatedShare,
    float rotationWeightD,
    float rotationWeightG)
    implements SupervisionOptionsBuilder.With {

  /** Checks every value. */
  public SupervisionOptions {
    Objects.requireNonNull(unlabelled, "unlabelled");
    Objects.requireNonNull(selfSupervision, "selfSupervision");
    Checks.notNegative("labelWeight", labelWeight);
    if (!(labelledShare >= 0 && labelledShare < 1)) {
      throw new BadInputException(
          "⟨labelledShare⟩ is %s; give 0, or a part of the batch such as 0.25"
              .formatted(labelledShare));
    }
    Checks.positive("rotatedShare", rotatedShare);
    Checks.notNegative("rotationWeightD", rotationWeightD);
    Checks.notNegative("rotationWeightG", rotationWeightG);
  }

  /** Images without a label are left out, and there is no head but the score. */
  public static SupervisionOptions defaults() {
    return new SupervisionOptions(
        Unlabelled.DROP, false, 1f, 0, SelfSupervision.NONE, 0.25f, 1f, 0.2f);
  }

  /** Whether the discriminator has a class head. */
  public boolean coTraining() {
    return unlabelled == Unlabelled.CO_TRAINING;
  }

  /** Whether the discriminator has a rotation head. */
  public boolean rotation() {
    return selfSupervision == SelfSupervision.ROTATION;
  }

  /** Whether rotated images are further real and generated images. */
  public boolean views() {
    return selfSupervision == SelfSupervision.VIEWS;
  }

  /** Whether some images are also shown rotated. */
  public boolean turns() {
    return rotation() || views();
  }

  /** Whether a head beside the score learns on the discriminator's own features. */
  public boolean heads() {
    return rotation() || coTraining();
  }

  /**
   * How many images of a batch are drawn from those with a label.
   *
   * @return 0 where all are drawn alike, as they are without co-training
   * @throws BadInputException if the share of the batch is no image
   */
  public int labelledImages(int batch) {
    if (!coTraining() || labelledShare == 0) {
      return 0;
    }
    int images = Math.round(labelledShare * batch);
    if (images < 1 || images >= batch) {
      throw new BadInputException(
          "⟨labelledShare⟩ %s of ⟨batch⟩ %d is %s; give another share or a larger batch"
              .formatted(labelledShare, batch, images < 1 ? "no image" : "all of it"));
    }
    return images;
  }

  /**
   * How many images of a batch are also shown rotated.
   *
   * @throws BadInputException if that share of the batch is no multiple of the four angles
   */
  public int rotatedImages(int batch) {
    double wanted = (double) rotatedShare * batch;
    long whole = Math.round(wanted);
    if (Math.abs(wanted - whole) > 1e-4 || whole < 1 || whole % Rotation.TURNS != 0) {
      throw new BadInputException(
          "⟨rotatedShare⟩ %s of ⟨batch⟩ %d is %s, which the four angles do not divide; change one so that it is a multiple of 4"
              .formatted(
                  rotatedShare,
                  batch,
                  wanted == whole
                      ? Counted.of(whole, "image")
                      : Math.round(wanted * 1e4) / 1e4 + " images"));
    }
    if (whole / Rotation.TURNS > batch) {
      throw new BadInputException(
          "⟨rotatedShare⟩ is %s; give 4 or less, which is every image at every angle"
              .formatted(rotatedShare));
    }
    return (int) (whole / Rotation.TURNS);
  }
}
