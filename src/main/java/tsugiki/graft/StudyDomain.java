package tsugiki.graft;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tsugiki.base.BadInputException;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;
import tsugiki.data.ImageSource;
import tsugiki.features.FeaturePasses;
import tsugiki.features.Features;
import tsugiki.model.FrozenNetwork;
import tsugiki.train.RunInputs;

/**
 * A domain of {@link GraftStudy}: its images at the generator's size, of which every seed draws
 * others to train on; the rest is held out.
 */
final class StudyDomain {
  /** Held-out images that a distance between distributions needs. */
  static final int LEAST_HELD_OUT = 2;

  private final Path path;
  private final ImageSet images;
  private Map<FrozenNetwork, Features> features;

  private StudyDomain(Path path, ImageSet images) {
    this.path = path;
    this.images = images;
  }

  /**
   * Decodes it.
   *
   * @param size the generator's
   * @throws BadInputException if it is not there, or an image cannot be used
   */
  static StudyDomain open(Path path, int size, GraftOptions options) {
    try (ImageSource source = ImageSource.open(path)) {
      return new StudyDomain(
          path, ImageSet.load(source, size, options.onBadImage(), options.crop()));
    }
  }

  /**
   * Some of its images as a domain of their own.
   *
   * @param seed of a random order of all images
   * @param from where the part begins in that order
   * @param to where it ends, the first one that it lacks
   */
  StudyDomain part(long seed, int from, int to) {
    return new StudyDomain(path, images.select(Batches.part(images, seed, from, to)));
  }

  /** Adds its images to what the study reads. */
  void addTo(RunInputs inputs) {
    inputs.images("images of " + name(), images);
  }

  /** Where it is. */
  Path path() {
    return path;
  }

  /** What it is called. */
  String name() {
    return GraftStudyOptions.domain(path);
  }

  /** Bytes of an image. */
  int imageLength() {
    return images.imageLength();
  }

  /** How many images it has. */
  int count() {
    return images.count();
  }

  /** Whether images are left that judge a graft of so many. */
  boolean holdsOut(int training) {
    return images.count() - training >= LEAST_HELD_OUT;
  }

  /** The training images of a seed. */
  ImageSet training(int count, long seed) {
    return images.select(drawn(seed, 0, count));
  }

  /** The features of the training images of a seed, by network. */
  Features training(FrozenNetwork network, int count, long seed) {
    return features.get(network).select(drawn(seed, 0, count));
  }

  /** The features of the other images, by network. */
  Features heldOut(FrozenNetwork network, int training, long seed) {
    return features.get(network).select(drawn(seed, training, images.count()));
  }

  private int[] drawn(long seed, int from, int to) {
    return Batches.part(images, seed, from, to);
  }

  /** Computes the features of all images, once. */
  void prepare(FeaturePasses passes, List<FrozenNetwork> networks) {
    features = passes.of(images, networks);
  }
}
