package tsugiki.labels;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;
import tsugiki.data.RgbImage;
import tsugiki.exchange.FeatureModel;
import tsugiki.exchange.ServedGenerator;
import tsugiki.gan.TrainingLabels;
import tsugiki.graph.LatentDraws;
import tsugiki.graph.Sessions;
import tsugiki.model.FrozenNetwork;
import tsugiki.score.Diversity;
import tsugiki.score.FeatureExtractor;
import tsugiki.score.Features;
import tsugiki.score.FrechetDistance;
import tsugiki.score.InceptionScore;
import tsugiki.score.Kid;

/**
 * The scores of a study's generators, all by one protocol: as many images of each as real ones, z
 * without truncation, labels as the training drew them.
 */
final class GeneratorScores implements AutoCloseable {
  /** FID, KID, the class score and the diversity, in the order of the table. */
  static final List<String> NAMES = List.of("fid", "kid", "class_score", "diversity");

  private final FrozenNetwork network;
  private final FeatureExtractor extractor;
  private final FeatureModel classifier;
  private final Sessions.Settings settings;
  private final Features real;

  /**
   * Makes it, and takes the real images' features.
   *
   * @param network whose features are compared
   * @param images the real images; with more than {@code count} of them some are drawn
   * @param count images on either side
   */
  GeneratorScores(FrozenNetwork network, ImageSet images, int count, Sessions.Settings settings) {
    this.network = network;
    this.settings = settings;
    extractor = new FeatureExtractor(network, images.size());
    classifier = FeatureModel.shipped(settings);
    int drawn = Math.min(count, images.count());
    real =
        extractor.of(
            "the images", images.select(new Batches(images, drawn, 0).indices(0)).pixels());
  }

  /**
   * Scores a generator.
   *
   * @param model its SavedModel
   * @param labels what it was trained with
   * @return the scores by {@link #NAMES}
   */
  Map<String, Double> of(Path model, TrainingLabels labels) {
    int count = real.count();
    byte[] pixels;
    int size;
    try (ServedGenerator generator = ServedGenerator.open(model, settings)) {
      long[] seeds = LongStream.range(0, count).toArray();
      float[] z = LatentDraws.normal(generator.latent(), LatentDraws.UNTRUNCATED, seeds);
      pixels = generator.images(z, labels.spread(count));
      size = generator.width();
    }
    Features generated = extractor.of("the generated images", pixels);
    float[] rows = classifier.of(images(pixels, count, size)).probabilities();
    Features classes = Features.of("the generated images", rows, rows.length / count);
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("fid", FrechetDistance.between(real, generated).value());
    scores.put("kid", Kid.allSamples(real, generated).value());
    scores.put("class_score", InceptionScore.inOrder(classes, 1).mean());
    scores.put("diversity", Diversity.ratio(real, generated));
    return scores;
  }

  private static ImageSet images(byte[] pixels, int count, int size) {
    int length = size * size * RgbImage.CHANNELS;
    List<RgbImage> images =
        IntStream.range(0, count)
            .mapToObj(
                i -> {
                  byte[] rgb = new byte[length];
                  System.arraycopy(pixels, i * length, rgb, 0, length);
                  return new RgbImage("generated " + i, size, size, rgb);
                })
            .toList();
    return ImageSet.of(images, "generated");
  }

  /** How the scores are reckoned, in words. */
  String protocol() {
    return "fid and kid: %s, %d generated against as many real images, so they compare with each other alone; class_score: exp E KL(p(y|x) ‖ p(y)) of the shipped feature network's classes, one split; diversity: summed variance of the features over that of the real images; z from N(0, 1) without truncation."
        .formatted(network.protocol(), real.count());
  }

  @Override
  public void close() {
    extractor.close();
    classifier.close();
  }
}
