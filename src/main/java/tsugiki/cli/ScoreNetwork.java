package tsugiki.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tsugiki.data.ImageSource;
import tsugiki.features.FeaturePipeline;
import tsugiki.features.FeatureProtocol;
import tsugiki.features.Features;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.SpatialNetwork;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.score.ClassProbabilities;
import tsugiki.score.Scoring;
import tsugiki.score.SpatialPositions;

/** The network of the verb {@code score}, opened for what is wanted of it when that is wanted. */
final class ScoreNetwork implements AutoCloseable {
  private static final String PROBABILITIES = "probabilities";

  private final NetworkOptions options;
  private FrozenNetwork network;
  private FeaturePipeline features;

  ScoreNetwork(NetworkOptions options) {
    this.options = options;
  }

  /** Hands on the features of images, as {@link tsugiki.score.ScoreInput.Extraction}. */
  void stream(ImageSource images, Consumer<Features> consumer) {
    try (ImageBar bar = new ImageBar(images.count())) {
      if (features == null) {
        network = FrozenNetworks.open("--network", options.network(), options.tap());
        features = options.open(network, done -> {});
      }
      features.stream(
          images,
          chunk -> {
            consumer.accept(chunk);
            bar.step(chunk.count());
          });
    }
  }

  /** What the features are that a comparison rests on. */
  FeatureProtocol protocol() {
    if (network == null) {
      return FeatureProtocol.ofFiles();
    }
    boolean inception = network.classScore().equals(ClassProbabilities.INCEPTION);
    return new FeatureProtocol(network.protocol(), Optional.of(inception));
  }

  /**
   * The class probabilities of images.
   *
   * @param names the classes' names; where there are none, those that the network knows
   * @throws tsugiki.base.BadInputException if the network has no classes or lacks their weights
   */
  ClassProbabilities classes(ImageSource images, List<String> names) {
    FrozenNetwork classifier = FrozenNetworks.open("--network", options.network(), PROBABILITIES);
    try (ImageBar bar = new ImageBar(images.count());
        FeaturePipeline pipeline = options.open(classifier, bar::step)) {
      return new ClassProbabilities(
          pipeline.features(images),
          classifier.classScore(),
          names.isEmpty() ? classifier.classNames() : names,
          images.names(),
          classifier.protocol());
    }
  }

  /** Adds the single-image distances to a sheet, under the name that they have on this network. */
  void singleImages(ImageSource real, ImageSource generated, Scoring scoring) {
    SpatialNetwork spatial = FrozenNetworks.openSpatial("--network", options.network());
    try (SpatialPositions positions =
        new SpatialPositions(spatial, tsugiki.runtime.Sessions.Settings.cpu())) {
      scoring.singleImages(
          spatial.spatialScore(), positions.distances(real, generated), spatial.spatialProtocol());
    }
  }

  @Override
  public void close() {
    if (features != null) {
      features.close();
    }
  }
}
