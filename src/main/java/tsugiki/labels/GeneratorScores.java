package tsugiki.labels;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import tsugiki.BadInputException;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;
import tsugiki.data.ImageSupply;
import tsugiki.exchange.FrozenNetworks;
import tsugiki.exchange.ServedGenerator;
import tsugiki.gan.TrainingLabels;
import tsugiki.graph.LatentDraws;
import tsugiki.graph.Sessions;
import tsugiki.model.FrozenNetwork;
import tsugiki.score.Diversity;
import tsugiki.score.FeaturePipeline;
import tsugiki.score.Features;
import tsugiki.score.FrechetDistance;
import tsugiki.score.InceptionScore;
import tsugiki.score.Kid;

/**
 * The scores of a study's generators, all by one protocol: as many images of each as real ones, z
 * without truncation, labels as the training drew them.
 */
final class GeneratorScores implements AutoCloseable {
  private static final String FLAG = "--judge";
  private static final String CLASSES = "probabilities";
  private static final String SHIPPED = "starter";

  private final FrozenNetwork network;
  private final FrozenNetwork classifier;
  private final FeaturePipeline features;
  private final FeaturePipeline probabilities;
  private final Sessions.Settings settings;
  private final int size;
  private final Features real;

  /**
   * The networks of a study, found without TensorFlow's library.
   *
   * @param features whose features are compared
   * @param classifier whose classes the class score is of
   */
  record Judges(FrozenNetwork features, FrozenNetwork classifier) {
    /**
     * Finds them. A network without a last layer leaves the classes to the one that ships.
     *
     * @param name as {@code --judge} names it
     * @throws BadInputException if there is no such network
     */
    static Judges open(String name) {
      FrozenNetwork features = FrozenNetworks.open(FLAG, name);
      return new Judges(features, classifier(name));
    }

    private static FrozenNetwork classifier(String name) {
      try {
        return FrozenNetworks.open(FLAG, name, CLASSES);
      } catch (BadInputException e) {
        return FrozenNetworks.open(FLAG, SHIPPED, CLASSES);
      }
    }

    /** The names of the scores, in the order of the table. */
    List<String> scores() {
      return List.of("fid", "kid", classifier.classScore(), Diversity.VARIANCE, Diversity.SPACING);
    }
  }

  /**
   * Makes it, and takes the real images' features.
   *
   * @param images the real images; with more than {@code count} of them some are drawn
   * @param count images on either side
   */
  GeneratorScores(Judges judges, ImageSet images, int count, Sessions.Settings settings) {
    this.network = judges.features();
    this.classifier = judges.classifier();
    this.settings = settings;
    size = images.size();
    features = new FeaturePipeline(network);
    probabilities = new FeaturePipeline(classifier);
    int drawn = Math.min(count, images.count());
    ImageSet some = images.select(new Batches(images, drawn, 0).indices(0));
    real = features.compute(ImageSupply.of("the images", some.pixels(), size));
  }

  /**
   * Scores a generator.
   *
   * @param model its SavedModel
   * @param labels what it was trained with
   * @return the scores by {@link Judges#scores}
   */
  Map<String, Double> of(Path model, TrainingLabels labels) {
    int count = real.count();
    ImageSupply images;
    try (ServedGenerator generator = ServedGenerator.open(model, settings)) {
      long[] seeds = LongStream.range(0, count).toArray();
      float[] z = LatentDraws.normal(generator.latent(), LatentDraws.UNTRUNCATED, seeds);
      byte[] pixels = generator.images(z, labels.spread(count));
      images = ImageSupply.of("the generated images", pixels, size);
    }
    Features generated = features.compute(images);
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("fid", FrechetDistance.between(real, generated).value());
    scores.put("kid", Kid.allSamples(real, generated).value());
    scores.put(
        classifier.classScore(), InceptionScore.inOrder(probabilities.compute(images), 1).mean());
    scores.put(Diversity.VARIANCE, Diversity.ratio(real, generated));
    scores.put(Diversity.SPACING, Diversity.spacing(real, generated));
    return scores;
  }

  /** How the scores are reckoned, in words. */
  String protocol() {
    return "fid and kid: %s, %d generated against as many real images, so they compare with each other alone; %s: exp E KL(p(y|x) ‖ p(y)) of %s, one split; diversity: summed variance of the features over that of the real images; spacing: the mean distance to the nearest other image over that of the real images; z from N(0, 1) without truncation."
        .formatted(
            network.protocol(), real.count(), classifier.classScore(), classifier.protocol());
  }

  @Override
  public void close() {
    features.close();
    probabilities.close();
  }
}
