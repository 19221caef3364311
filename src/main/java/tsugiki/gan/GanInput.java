package tsugiki.gan;

import java.util.Map;
import java.util.Optional;
import tsugiki.data.ImageSet;
import tsugiki.data.TrainingImages;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;

/**
 * Images, labels and frozen networks of a run, found and decoded without TensorFlow's library.
 *
 * @param images the training images
 * @param labels of the training images
 * @param projector the frozen network of a projected discriminator
 * @param scoreNetwork the network that scores are taken with
 * @param reals the images that scores compare with, also those that the training leaves out
 * @param aboutLabels figures of the labels by name, such as their error
 */
public record GanInput(
    ImageSet images,
    TrainingLabels labels,
    Optional<FrozenNetwork> projector,
    Optional<FrozenNetwork> scoreNetwork,
    ImageSet reals,
    Map<String, Double> aboutLabels) {

  /** The same without figures of the labels. */
  public GanInput(
      ImageSet images,
      TrainingLabels labels,
      Optional<FrozenNetwork> projector,
      Optional<FrozenNetwork> scoreNetwork) {
    this(images, labels, projector, scoreNetwork, images, Map.of());
  }

  /**
   * Finds them, every image labelled by its folder.
   *
   * @throws tsugiki.base.BadInputException if something is not there or cannot be used
   */
  public static GanInput open(GanRunOptions options) {
    Optional<FrozenNetwork> projector =
        FrozenNetworks.openIfNamed("⟨projector⟩", options.training().discriminator().projector());
    Optional<FrozenNetwork> score =
        FrozenNetworks.openIfNamed("⟨scoreNetwork⟩", options.watch().scoreNetwork());
    ImageSet all =
        TrainingImages.load(
            options.data(), options.classes(), options.network().imageSize(), options.onBadImage());
    HeldOut parts = HeldOut.of(all, options.stopping(), options.onBadImage());
    TrainingLabels labels = TrainingLabels.of(parts.training());
    return new GanInput(parts.training(), labels, projector, score, parts.judging(), Map.of());
  }

  /** The same with other labels, and with the images that these are for. */
  public GanInput labelled(
      ImageSet some, TrainingLabels newLabels, Map<String, Double> aboutNewLabels) {
    return new GanInput(some, newLabels, projector, scoreNetwork, reals, aboutNewLabels);
  }
}
