package tsugiki.labels;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import tsugiki.base.BadInputException;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;
import tsugiki.data.ImageSupply;
import tsugiki.features.FeaturePipeline;
import tsugiki.features.Features;
import tsugiki.gan.TrainingLabels;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.score.Diversity;
import tsugiki.score.FrechetDistance;
import tsugiki.score.InceptionScore;
import tsugiki.score.Kid;

/**
 * Scores of a study's generators by one protocol: as many generated as real images, z without
 * truncation, labels from the distribution of the training.
 */
final class GeneratorScores implements AutoCloseable {
  private static final String ARGUMENT = "⟨judge⟩";
  private static final String CLASSES = "probabilities";
  private static final String SHIPPED = "starter";

  private final Judges judges;
  private final List<Compared> compared = new ArrayList<>();
  private final FeaturePipeline probabilities;
  private final Sessions.Settings settings;
  private final int size;
  private final int count;

  /** One kind of features, with those of the real images. */
  private record Compared(String ending, FeaturePipeline pipeline, Features real) {}

  /**
   * The networks of a study, found without TensorFlow's library.
   *
   * @param features networks whose features are compared, by the ending of their scores' names
   * @param classifier network of the class score
   */
  record Judges(Map<String, FrozenNetwork> features, FrozenNetwork classifier) {
    /**
     * Finds them. Where the network has no class probabilities, the shipped one gives them.
     *
     * @param name of the network
     * @param taps the layers whose features are compared; empty for its usual one
     * @throws BadInputException if there is no such network, or no such layer
     */
    static Judges open(String name, List<String> taps) {
      Map<String, FrozenNetwork> features = new LinkedHashMap<>();
      taps.forEach(tap -> features.put("_" + tap, FrozenNetworks.open(ARGUMENT, name, tap)));
      if (taps.isEmpty()) {
        features.put("", FrozenNetworks.open(ARGUMENT, name));
      }
      return new Judges(features, classifier(name));
    }

    private static FrozenNetwork classifier(String name) {
      try {
        return FrozenNetworks.open(ARGUMENT, name, CLASSES);
      } catch (BadInputException e) {
        return FrozenNetworks.open(ARGUMENT, SHIPPED, CLASSES);
      }
    }

    /** The names of the scores, in the order of the table. */
    List<String> scores() {
      List<String> names = new ArrayList<>();
      features.keySet().forEach(ending -> names.addAll(List.of("fid" + ending, "kid" + ending)));
      names.addAll(List.of(classifier.classScore(), Diversity.VARIANCE, Diversity.SPACING));
      return names;
    }
  }

  /**
   * Makes it, and computes the features of the real images.
   *
   * @param images the real images; with more than {@code count} of them some are drawn
   * @param count images on either side
   */
  GeneratorScores(Judges judges, ImageSet images, int count, Sessions.Settings settings) {
    this.judges = judges;
    this.settings = settings;
    this.count = Math.min(count, images.count());
    size = images.size();
    probabilities = pipeline(judges.classifier());
    ImageSet some = images.select(new Batches(images, this.count, 0).indices(0));
    ImageSupply real = ImageSupply.of("the images", some.pixels(), size);
    judges
        .features()
        .forEach(
            (ending, network) -> {
              FeaturePipeline pipeline = pipeline(network);
              compared.add(new Compared(ending, pipeline, pipeline.compute(real)));
            });
  }

  private FeaturePipeline pipeline(FrozenNetwork network) {
    return new FeaturePipeline(network, FeaturePipeline.Settings.defaults().withSession(settings));
  }

  /**
   * Scores a generator.
   *
   * @param model its SavedModel
   * @param labels of its training
   * @return the scores by {@link Judges#scores}
   */
  Map<String, Double> of(Path model, TrainingLabels labels) {
    ImageSupply images;
    try (LoadedGenerator generator = LoadedGenerator.open(model, settings)) {
      long[] seeds = LongStream.range(0, count).toArray();
      float[] z = LatentDraws.normal(generator.latent(), LatentDraws.UNTRUNCATED, seeds);
      byte[] pixels = generator.images(z, labels.spread(count));
      images = ImageSupply.of("the generated images", pixels, size);
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    List<Features> generated =
        compared.stream().map(features -> features.pipeline().compute(images)).toList();
    for (int i = 0; i < compared.size(); i++) {
      String ending = compared.get(i).ending();
      Features real = compared.get(i).real();
      scores.put("fid" + ending, FrechetDistance.between(real, generated.get(i)).value());
      scores.put("kid" + ending, Kid.allSamples(real, generated.get(i)).value());
    }
    int last = compared.size() - 1;
    scores.putAll(Diversity.of(compared.get(last).real(), generated.get(last)));
    scores.put(
        judges.classifier().classScore(),
        InceptionScore.inOrder(probabilities.compute(images), 1).mean());
    return scores;
  }

  /** The protocol of the scores, in words. */
  String protocol() {
    String networks =
        judges.features().values().stream()
            .map(FrozenNetwork::protocol)
            .collect(Collectors.joining("; "));
    return "fid and kid: %s, %d generated against as many real images, so they compare with each other alone; %s: exp E KL(p(y|x) ‖ p(y)) of %s, one split; diversity: summed variance of the last features over that of the real images; spacing: the mean distance to the nearest other image over that of the real images; z from N(0, 1) without truncation."
        .formatted(
            networks, count, judges.classifier().classScore(), judges.classifier().protocol());
  }

  @Override
  public void close() {
    compared.forEach(features -> features.pipeline().close());
    probabilities.close();
  }
}
