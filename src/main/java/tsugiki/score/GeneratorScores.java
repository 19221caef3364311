package tsugiki.score;

import com.google.common.collect.Iterables;
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
import tsugiki.features.FeaturePasses;
import tsugiki.features.FeaturePipeline;
import tsugiki.features.Features;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;

/**
 * Scores the generators of a study by one protocol: as many generated as real images, z without
 * truncation, labels of the caller's choice.
 */
public final class GeneratorScores implements AutoCloseable {
  private static final String ARGUMENT = "⟨judge⟩";
  private static final String CLASSES = "probabilities";
  private static final String SHIPPED = "starter";

  private final Judges judges;
  private final FeaturePasses passes;
  private final Map<FrozenNetwork, Features> real;
  private final Sessions.Settings settings;
  private final int size;
  private final int count;

  /**
   * The networks of a study, found without TensorFlow's library.
   *
   * @param features networks whose features are compared, by the ending of their scores' names
   * @param classifier network of the class score
   */
  public record Judges(Map<String, FrozenNetwork> features, FrozenNetwork classifier) {
    /**
     * Finds them. Where the network has no class probabilities, the shipped one gives them.
     *
     * @param name of the network
     * @param taps the layers whose features are compared; empty for its usual one
     * @throws BadInputException if there is no such network, or no such layer
     */
    public static Judges open(String name, List<String> taps) {
      Map<String, FrozenNetwork> features = features(name, taps);
      return new Judges(features, classifier(features.values().iterator().next()));
    }

    /**
     * Finds those whose features are compared alone.
     *
     * @return by the ending of their scores' names
     * @throws BadInputException if there is no such network, or no such layer
     */
    public static Map<String, FrozenNetwork> features(String name, List<String> taps) {
      Map<String, FrozenNetwork> features = new LinkedHashMap<>();
      FrozenNetwork network =
          FrozenNetworks.open(ARGUMENT, name, taps.isEmpty() ? "" : taps.get(0));
      features.put(taps.isEmpty() ? "" : "_" + taps.get(0), network);
      taps.stream().skip(1).forEach(tap -> features.put("_" + tap, network.withTap(tap)));
      return features;
    }

    /**
     * The same with a classifier of its own.
     *
     * @param named the classifier's name
     * @throws BadInputException if there is no such network, or it has no classes
     */
    public static Judges open(String name, List<String> taps, String named) {
      return new Judges(
          open(name, taps).features(), FrozenNetworks.open("⟨classifier⟩", named, CLASSES));
    }

    private static FrozenNetwork classifier(FrozenNetwork network) {
      try {
        return network.withTap(CLASSES);
      } catch (BadInputException e) {
        return FrozenNetworks.open(ARGUMENT, SHIPPED, CLASSES);
      }
    }

    /** The names of the scores, in the order of the table. */
    public List<String> scores() {
      List<String> names = new ArrayList<>();
      features.keySet().forEach(ending -> names.addAll(List.of("fid" + ending, "kid" + ending)));
      names.addAll(List.of(classifier.classScore(), Diversity.VARIANCE, Diversity.SPACING));
      return names;
    }

    /** The last of the networks whose features are compared. */
    public FrozenNetwork last() {
      return Iterables.getLast(features.values());
    }

    /** All of them, the classifier last. */
    public List<FrozenNetwork> all() {
      List<FrozenNetwork> all = new ArrayList<>(features.values());
      all.add(classifier);
      return all;
    }
  }

  /**
   * Makes it, and computes the features of the real images.
   *
   * @param images the real images; with more than {@code count} of them some are drawn
   * @param count images on either side
   * @throws BadInputException if the networks' weights are missing
   */
  public GeneratorScores(Judges judges, ImageSet images, int count, Sessions.Settings settings) {
    this.judges = judges;
    this.settings = settings;
    this.count = Math.min(count, images.count());
    size = images.size();
    passes =
        new FeaturePasses(judges.all(), FeaturePipeline.Settings.defaults().withSession(settings));
    ImageSet some = images.select(new Batches(images, this.count, 0).indices(0));
    real = passes.of(some, judges.all());
  }

  /** The real images' features [count, D] by each of the networks. */
  public Map<FrozenNetwork, Features> real() {
    return real;
  }

  /** How many images a generator draws to be scored. */
  public int count() {
    return count;
  }

  /**
   * Scores a generator.
   *
   * @param model its SavedModel
   * @param labels of the images [count]
   * @return the scores by {@link Judges#scores}
   */
  public Map<String, Double> of(Path model, long[] labels) {
    return of(features(drawn(model, labels)));
  }

  /**
   * The features of generated images by each of the networks.
   *
   * @param images uint8 RGB NHWC, {@link #count} of them
   */
  public Map<FrozenNetwork, Features> features(byte[] images) {
    return passes.of(ImageSupply.of("the generated images", images, size), judges.all());
  }

  /**
   * Scores images.
   *
   * @param generated their features
   * @return the scores by {@link Judges#scores}
   */
  public Map<String, Double> of(Map<FrozenNetwork, Features> generated) {
    Map<String, Double> scores = new LinkedHashMap<>();
    judges
        .features()
        .forEach(
            (ending, network) -> {
              Features those = generated.get(network);
              Features these = real.get(network);
              scores.put("fid" + ending, FrechetDistance.between(these, those).value());
              scores.put("kid" + ending, Kid.allSamples(these, those).value());
            });
    FrozenNetwork last = judges.last();
    scores.putAll(Diversity.of(real.get(last), generated.get(last)));
    FrozenNetwork classifier = judges.classifier();
    scores.put(
        classifier.classScore(), InceptionScore.inOrder(generated.get(classifier), 1).mean());
    return scores;
  }

  private byte[] drawn(Path model, long[] labels) {
    try (LoadedGenerator generator = LoadedGenerator.open(model, settings)) {
      long[] seeds = LongStream.range(0, count).toArray();
      float[] z = LatentDraws.normal(generator.latent(), LatentDraws.UNTRUNCATED, seeds);
      return generator.images(z, labels);
    }
  }

  /** The protocol of the scores, in words. */
  public String protocol() {
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
    passes.close();
  }
}
