package tsugiki.activation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSet;
import tsugiki.features.Features;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.score.ClassCoverage;
import tsugiki.score.Diversity;
import tsugiki.score.DrawnMeasure;
import tsugiki.score.GeneratorScores;
import tsugiki.score.NearPairs;

/**
 * Scores of generators by one protocol, again and again while they train: distances to real images,
 * and whether the generator has collapsed to few images or few classes.
 */
final class ActivationScores implements DrawnMeasure, AutoCloseable {
  /** Whether the images are of many classes, and by how much they are not. */
  static final String COVERED = "classes_covered";

  private static final String DIVERGENCE = "classes_kl";
  private static final String RAREST = "rarest_class";
  private static final String NEAR = "near_pairs";
  private static final String NEAR_PIXELS = "near_pairs_pixels";
  private static final float WHITE = 255;

  private final GeneratorScores.Judges judges;
  private final boolean classified;
  private final GeneratorScores scores;
  private final int imageLength;
  private final NearPairs ofFeatures;
  private final NearPairs ofPixels;

  /**
   * The networks of a study, found without TensorFlow's library.
   *
   * @throws BadInputException if there is no such network or layer, or the classifier tells other
   *     classes than the data has
   */
  static GeneratorScores.Judges judges(ActivationStudyOptions options, List<String> classes) {
    if (options.classifier().isEmpty()) {
      return GeneratorScores.Judges.open(options.judge(), options.taps());
    }
    GeneratorScores.Judges judges =
        GeneratorScores.Judges.open(options.judge(), options.taps(), options.classifier());
    List<String> told = judges.classifier().classNames();
    if (!told.equals(classes)) {
      throw new BadInputException(
          "⟨classifier⟩ %s tells the classes %s and the data has %s; name a network that was trained on them, or none"
              .formatted(
                  options.classifier(), String.join(", ", told), String.join(", ", classes)));
    }
    return judges;
  }

  /**
   * Makes it, and computes the features of the real images.
   *
   * @param images the training images, of which as many are drawn as a generator draws
   * @throws BadInputException if the networks' weights are missing
   */
  ActivationScores(ActivationStudyOptions options, GeneratorScores.Judges judges, ImageSet images) {
    this.judges = judges;
    classified = !options.classifier().isEmpty();
    Sessions.Settings settings = options.gan().execution().settings();
    int wanted = options.gan().watch().scoreImages();
    scores = new GeneratorScores(judges, images, wanted, settings);
    imageLength = images.imageLength();
    ofFeatures = NearPairs.of(scores.real().get(judges.last()));
    ofPixels = NearPairs.of(pixels(images.select(scores.chosen()).pixels()));
  }

  /**
   * The images themselves as features: their distance shows exact copies, which features may not.
   */
  private Features pixels(byte[] images) {
    float[] values = new float[images.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(images[i]) / WHITE;
    }
    return Features.of("the images' pixels", values, imageLength);
  }

  @Override
  public int count() {
    return scores.count();
  }

  @Override
  public Map<String, Double> of(byte[] images) {
    Map<FrozenNetwork, Features> generated = scores.features(images);
    Map<String, Double> found = new LinkedHashMap<>();
    if (classified) {
      ClassCoverage coverage = ClassCoverage.of(generated.get(judges.classifier()));
      found.put(COVERED, (double) coverage.covered());
      found.put(DIVERGENCE, coverage.divergence());
      found.put(RAREST, coverage.rarest());
    }
    found.putAll(scores.of(generated));
    Features last = generated.get(judges.last());
    found.put(Diversity.PAIRWISE, Diversity.pairwise(scores.real().get(judges.last()), last));
    found.put(NEAR, (double) ofFeatures.count(last));
    found.put(NEAR_PIXELS, (double) ofPixels.count(pixels(images)));
    return found;
  }

  /** The names of the scores, in the order of the table. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    if (classified) {
      names.addAll(List.of(COVERED, DIVERGENCE, RAREST, judges.classifier().classScore()));
    }
    judges
        .features()
        .keySet()
        .forEach(ending -> names.addAll(List.of("fid" + ending, "kid" + ending)));
    names.addAll(
        List.of(Diversity.PAIRWISE, Diversity.VARIANCE, Diversity.SPACING, NEAR, NEAR_PIXELS));
    return names;
  }

  /** The protocol of the scores, in words. */
  String protocol() {
    StringBuilder text = new StringBuilder();
    if (classified) {
      ClassCoverage real = ClassCoverage.of(scores.real().get(judges.classifier()));
      text.append(
          String.format(
              Locale.ROOT,
              "%s: classes with one image or more of the %d generated ones, of %d; %s: KL(shares ‖ uniform) in nats; %s: the smallest share. The real images have %d, %.4f and %.3f. ",
              COVERED,
              count(),
              judges.classifier().classNames().size(),
              DIVERGENCE,
              RAREST,
              real.covered(),
              real.divergence(),
              real.rarest()));
    }
    text.append(scores.protocol())
        .append(
            " pairwise: the mean distance of two images over that of the real ones. %s, %s: pairs of generated images at most as far apart as the %d nearest of as many real images, which have %d, by the last of these features and by pixels (the birthday paradox test of Arora and Zhang 2017); with k of them a batch of %.0f/√k images has such a pair as likely as not."
                .formatted(NEAR, NEAR_PIXELS, NearPairs.SHOWN, NearPairs.SHOWN, ofPixels.batch(1)));
    return text.toString();
  }

  @Override
  public void close() {
    scores.close();
  }
}
