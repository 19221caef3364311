package tsugiki.cli;

import static tsugiki.cli.GivenFlags.apply;

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
              + " discriminator (S²GAN-CO). Default: ${bundle:default.unlabelled}.")
  private Unlabelled unlabelled;

  @Option(
      names = "--soft-labels",
      negatable = true,
      fallbackValue = "true",
      description =
          "Use the predicted probabilities of all classes as labels, not the likeliest class alone."
              + " Default: ${bundle:default.soft-labels}.")
  private Boolean softLabels;

  @Option(
      names = "--label-weight",
      paramLabel = "W",
      description =
          "The weight of the class head's loss in the discriminator's, with co-training, default"
              + " ${bundle:default.label-weight}; of --recipe features γ, the labels' beside the rotations', default 0.2.")
  private Float labelWeight;

  @Option(
      names = "--self-supervision",
      paramLabel = "TASK",
      description =
          "rotation: the discriminator also learns to predict by how many quarter turns an image is"
              + " rotated, and the generator learns from that, which makes S³GAN of S²GAN; or none."
              + " Default: ${bundle:default.self-supervision}; of features rotation.")
  private SelfSupervision selfSupervision;

  @Option(
      names = "--rotated-share",
      paramLabel = "SHARE",
      description =
          "The number of images in the rotations' loss over the batch: a quarter of them upright, the"
              + " others the same rotated. Default: ${bundle:default.rotated-share}.")
  private Float rotatedShare;

  @Option(
      names = "--rotation-weight-d",
      paramLabel = "W",
      description =
          "The weight of real images' rotations in the discriminator's loss. Default:"
              + " ${bundle:default.rotation-weight-d}.")
  private Float rotationWeightD;

  @Option(
      names = "--rotation-weight-g",
      paramLabel = "W",
      description =
          "The weight of generated images' rotations in the generator's loss. Default:"
              + " ${bundle:default.rotation-weight-g}.")
  private Float rotationWeightG;

  Float labelWeight() {
    return labelWeight;
  }

  SelfSupervision selfSupervision() {
    return selfSupervision;
  }

  SupervisionOptions options() {
    SupervisionOptions options = SupervisionOptions.defaults();
    options = apply(options, unlabelled, SupervisionOptions::withUnlabelled);
    options = apply(options, softLabels, SupervisionOptions::withSoftLabels);
    options = apply(options, labelWeight, SupervisionOptions::withLabelWeight);
    options = apply(options, selfSupervision, SupervisionOptions::withSelfSupervision);
    options = apply(options, rotatedShare, SupervisionOptions::withRotatedShare);
    options = apply(options, rotationWeightD, SupervisionOptions::withRotationWeightD);
    return apply(options, rotationWeightG, SupervisionOptions::withRotationWeightG);
  }
}
