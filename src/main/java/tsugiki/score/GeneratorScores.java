package tsugiki.score;

import com.google.common.collect.Iterables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final int[] chosen;

  /**
   * The networks of a study, found without TensorFlow's library.
   *
   * @param features networks whose features are compared, by the ending of their scores' names
   * @param classes the network of the class score; empty for none
   */
  public record Judges(Map<String, FrozenNetwork> features, Optional<FrozenNetwork> classes) {
    /**
     * Finds them. Where the network tells no classes apart, the shipped one gives the score.
     *
     * @param name of the network
     * @param taps the layers whose features are compared; empty for its usual one
     * @throws BadInputException if there is no such network, or no such layer
     */
    public static Judges open(String name, List<String> taps) {
      Judges alone = alone(name, taps);
      return alone.classes().isPresent()
          ? alone
          : new Judges(
              alone.features(), Optional.of(FrozenNetworks.open(ARGUMENT, SHIPPED, CLASSES)));
    }

    /**
     * Finds them without the shipped network: where the network tells no classes apart, there is no
     * class score.
     *
     * @throws BadInputException if there is no such network, or no such layer
     */
    public static Judges alone(String name, List<String> taps) {
      Map<String, FrozenNetwork> features = features(name, taps);
      return new Judges(features, classes(features.values().iterator().next()));
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
          features(name, taps), Optional.of(FrozenNetworks.open("⟨classifier⟩", named, CLASSES)));
    }

    private static Optional<FrozenNetwork> classes(FrozenNetwork network) {
      try {
        // One class has nothing to tell apart: its score is 1 whatever the images are.
        return Optional.of(network.withTap(CLASSES)).filter(one -> one.classNames().size() != 1);
      } catch (BadInputException e) {
        return Optional.empty();
      }
    }

    /**
     * The network of the class score.
     *
     * @throws java.util.NoSuchElementException if there is none
     */
    public FrozenNetwork classifier() {
      return classes.orElseThrow();
    }

    /** The names of the scores, in the order of the table. */
    public List<String> scores() {
      List<String> names = new ArrayList<>();
      features.keySet().forEach(ending -> names.addAll(List.of("fid" + ending, "kid" + ending)));
      classes.map(FrozenNetwork::classScore).ifPresent(names::add);
      names.addAll(List.of(Diversity.VARIANCE, Diversity.SPACING));
      return names;
    }

    /** The last of the networks whose features are compared. */
    public FrozenNetwork last() {
      return Iterables.getLast(features.values());
    }

    /** All of them, the classifier last. */
    public List<FrozenNetwork> all() {
      List<FrozenNetwork> all = new ArrayList<>(features.values());
      classes.ifPresent(all::add);
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
    chosen = new Batches(images, this.count, 0).indices(0);
    try {
      real = passes.of(images.select(chosen), judges.all());
    } catch (RuntimeException e) {
      passes.close();
      throw e;
    }
  }

  /** Which of the images the real ones are [count]. */
  public int[] chosen() {
    return chosen.clone();
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
   * The images of a generator that are scored.
   *
   * @param model its SavedModel
   * @param labels of the images [count]
   * @return uint8 RGB NHWC, {@link #count} of them
   */
  public byte[] drawn(Path model, long[] labels) {
    try (LoadedGenerator generator = LoadedGenerator.open(model, settings)) {
      long[] seeds = LongStream.range(0, count).toArray();
      float[] z = LatentDraws.normal(generator.latent(), LatentDraws.UNTRUNCATED, seeds);
      return generator.images(z, labels);
    }
  }

  /**
   * The features of images by each of the networks.
   *
   * @param images uint8 RGB NHWC; to be scored, {@link #count} of them
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
    return between(real, generated);
  }

  /**
   * Scores images against others, as many of them.
   *
   * @param reference the features of the real ones
   * @param generated the features of those that are scored
   * @return the scores by {@link Judges#scores}
   */
  public Map<String, Double> between(
      Map<FrozenNetwork, Features> reference, Map<FrozenNetwork, Features> generated) {
    Map<String, Double> scores = new LinkedHashMap<>();
    judges
        .features()
        .forEach(
            (ending, network) -> {
              Features those = generated.get(network);
              Features these = reference.get(network);
              scores.put("fid" + ending, FrechetDistance.between(these, those).value());
              scores.put("kid" + ending, Kid.allSamples(these, those).value());
            });
    scores.putAll(withoutDistances(reference, generated));
    return scores;
  }

  /** The real images' own scores: those that compare with no other images. */
  public Map<String, Double> ofReal() {
    return withoutDistances(real, real);
  }

  private Map<String, Double> withoutDistances(
      Map<FrozenNetwork, Features> reference, Map<FrozenNetwork, Features> generated) {
    FrozenNetwork last = judges.last();
    Map<String, Double> scores =
        new LinkedHashMap<>(Diversity.of(reference.get(last), generated.get(last)));
    judges
        .classes()
        .ifPresent(
            classes ->
                scores.put(
                    classes.classScore(),
                    InceptionScore.inOrder(generated.get(classes), 1).mean()));
    return scores;
  }

  /** The protocol of the scores, in words. */
  public String protocol() {
    String networks =
        judges.features().values().stream()
            .map(FrozenNetwork::protocol)
            .collect(Collectors.joining("; "));
    String score =
        judges
            .classes()
            .map(
                classes ->
                    " %s: exp E KL(p(y|x) ‖ p(y)) of %s, one split;"
                        .formatted(classes.classScore(), classes.protocol()))
            .orElse("");
    return "fid and kid: %s, %d generated against as many real images, so they compare with each other alone;%s diversity: summed variance of the last features over that of the real images; spacing: the mean distance to the nearest other image over that of the real images; z from N(0, 1) without truncation."
        .formatted(networks, count, score);
  }

  @Override
  public void close() {
    passes.close();
  }
}
