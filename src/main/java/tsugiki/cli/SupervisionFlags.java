package tsugiki.cli;

import java.util.Set;
import picocli.CommandLine.Option;
import tsugiki.gan.SelfSupervision;
import tsugiki.gan.SupervisionOptions;
import tsugiki.gan.Unlabelled;

/** The flags of {@code train} for the losses of labels and rotations. */
final class SupervisionFlags {
  /** Flags that have an effect with a rotation head only. */
  static final Set<String> OF_ROTATION =
      Set.of("--rotated-share", "--rotation-weight-d", "--rotation-weight-g");

  /** Flags that have an effect with a GAN's class head only. */
  static final Set<String> OF_CLASS_HEAD = Set.of("--label-weight");

  @Option(
      names = "--unlabelled",
      paramLabel = "WHAT",
      description =
          "What becomes of images without a label: drop leaves them out; predict labels them by the"
              + " network of --features (S²GAN); co-training labels them by a class head on the"
              + " discriminator (S²GAN-CO). Default: drop.")
  private Unlabelled unlabelled;

  @Option(
      names = "--soft-labels",
      negatable = true,
      fallbackValue = "true",
      description =
          "Use the predicted probabilities of all classes as labels, not the likeliest class alone."
              + " Default: no.")
  private Boolean softLabels;

  @Option(
      names = "--label-weight",
      paramLabel = "W",
      description =
          "The weight of the class head's loss in the discriminator's, with co-training, default"
              + " 1; of --recipe features γ, the labels' beside the rotations', default 0.2.")
  private Float labelWeight;

  @Option(
      names = "--self-supervision",
      paramLabel = "TASK",
      description =
          "rotation: the discriminator also learns to predict by how many quarter turns an image is"
              + " rotated, and the generator learns from that, which makes S³GAN of S²GAN; or none."
              + " Default: none; of features rotation.")
  private SelfSupervision selfSupervision;

  @Option(
      names = "--rotated-share",
      paramLabel = "SHARE",
      description =
          "The number of images in the rotations' loss over the batch: a quarter of them upright, the"
              + " others the same rotated. Default: 0.25.")
  private Float rotatedShare;

  @Option(
      names = "--rotation-weight-d",
      paramLabel = "W",
      description = "The weight of real images' rotations in the discriminator's loss. Default: 1.")
  private Float rotationWeightD;

  @Option(
      names = "--rotation-weight-g",
      paramLabel = "W",
      description =
          "The weight of generated images' rotations in the generator's loss. Default: 0.2.")
  private Float rotationWeightG;

  Float labelWeight() {
    return labelWeight;
  }

  SelfSupervision selfSupervision() {
    return selfSupervision;
  }

  SupervisionOptions options() {
    return new SupervisionOptions(
        unlabelled,
        softLabels,
        labelWeight,
        selfSupervision,
        rotatedShare,
        rotationWeightD,
        rotationWeightG);
  }
}
