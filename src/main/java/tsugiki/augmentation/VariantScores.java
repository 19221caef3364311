package tsugiki.augmentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.data.ImageSet;
import tsugiki.data.ImageSupply;
import tsugiki.features.FeaturePasses;
import tsugiki.features.FeaturePipeline;
import tsugiki.features.Features;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.score.ClassCoverage;
import tsugiki.score.FrechetDistance;
import tsugiki.score.GeneratorScores;
import tsugiki.score.InceptionScore;
import tsugiki.score.Kid;
import tsugiki.score.Memorisation;
import tsugiki.score.PrecisionRecall;

/** Scores of the generators of an augmentation study, all by one protocol. */
final class VariantScores implements AutoCloseable {
  private static final String WANTED = "wanted_share";
  private static final String MEMORISED = "memorised";

  /**
   * The networks of a study, found without TensorFlow's library, and what is counted by them.
   *
   * @param judges compare features, and give class probabilities
   * @param wanted numbers of the wanted classes
   */
  record Networks(GeneratorScores.Judges judges, List<Integer> wanted) {
    /**
     * Finds them.
     *
     * @throws BadInputException if there is no such network, layer or class
     */
    static Networks open(AugmentationStudyOptions options) {
      GeneratorScores.Judges judges =
          GeneratorScores.Judges.open(options.judge(), options.taps(), options.classifier());
      FrozenNetwork classifier = judges.classifier();
      return new Networks(
          judges,
          options.wanted().stream().map(name -> number(classifier, name)).distinct().toList());
    }

    private static int number(FrozenNetwork classifier, String wanted) {
      List<String> names = classifier.classNames();
      for (int i = 0; i < names.size(); i++) {
        if (names.get(i).toLowerCase(Locale.ROOT).endsWith(wanted.toLowerCase(Locale.ROOT))) {
          return i;
        }
      }
      int classes = classifier.classes();
      if (names.isEmpty() && wanted.matches("\\d{1,4}") && Integer.parseInt(wanted) < classes) {
        return Integer.parseInt(wanted);
      }
      throw new BadInputException(
          "⟨wanted⟩ is %s, which the classifier does not have; %s"
              .formatted(
                  wanted,
                  names.isEmpty()
                      ? "its classes have no names here, so give numbers from 0 to " + (classes - 1)
                      : "it has " + String.join(", ", names)));
    }
  }

  private final GeneratorScores.Judges judges;
  private final List<Integer> wanted;
  private final Sessions.Settings settings;
  private final int size;
  private final int count;
  private final StudyImages images;
  private final FeaturePasses passes;
  private final Map<FrozenNetwork, Features> real;
  private final Features training;
  private final double[] realShares;

  /**
   * Makes it, and computes the features of the real images.
   *
   * @param images those that the GANs train on, and those that scores compare with
   * @param count generated images
   * @throws BadInputException if memory does not hold them
   */
  VariantScores(Networks networks, StudyImages images, int count, Sessions.Settings settings) {
    judges = networks.judges();
    wanted = networks.wanted();
    this.settings = settings;
    this.count = count;
    this.images = images;
    ImageSet some = images.compared();
    size = some.size();
    Checks.held("scoreImages", count, some.imageLength());
    passes =
        new FeaturePasses(judges.all(), FeaturePipeline.Settings.defaults().withSession(settings));
    real = passes.of(some, judges.all());
    training = passes.of(images.training(), List.of(judges.last())).get(judges.last());
    realShares = ClassCoverage.shares(real.get(judges.classifier()));
  }

  /** The names of the scores, in the order of the table. */
  List<String> scores() {
    List<String> names = new ArrayList<>(List.of(judges.classifier().classScore()));
    if (!wanted.isEmpty()) {
      names.add(WANTED);
    }
    judges
        .features()
        .keySet()
        .forEach(ending -> names.addAll(List.of("kid" + ending, "fid" + ending)));
    names.addAll(List.of("precision", "recall", MEMORISED));
    return names;
  }

  /** The share of every class among the real images. */
  Map<String, Double> realClasses() {
    Map<String, Double> found = new LinkedHashMap<>();
    for (int i = 0; i < realShares.length; i++) {
      found.put(className(i), realShares[i]);
    }
    return found;
  }

  private String className(int number) {
    List<String> names = judges.classifier().classNames();
    return names.isEmpty() ? Integer.toString(number) : names.get(number);
  }

  /**
   * Scores a generator.
   *
   * @param model its SavedModel
   * @return the scores, and the shares of the classes that its images are of
   */
  Map<String, Double> of(Path model) {
    ImageSupply drawn;
    try (LoadedGenerator generator = LoadedGenerator.open(model, settings)) {
      drawn = ImageSupply.of("the generated images", EnlargedSet.pixels(generator, count, 0), size);
    }
    Map<FrozenNetwork, Features> generated = passes.of(drawn, judges.all());
    Features probabilities = generated.get(judges.classifier());
    double[] shares = ClassCoverage.shares(probabilities);
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put(judges.classifier().classScore(), InceptionScore.inOrder(probabilities, 1).mean());
    if (!wanted.isEmpty()) {
      scores.put(WANTED, wanted.stream().mapToDouble(c -> shares[c]).sum());
    }
    judges
        .features()
        .forEach(
            (ending, network) -> {
              Features these = real.get(network);
              Features those = generated.get(network);
              scores.put("kid" + ending, Kid.allSamples(these, those).value());
              scores.put("fid" + ending, FrechetDistance.between(these, those).value());
            });
    Features last = generated.get(judges.last());
    PrecisionRecall.Result balls =
        PrecisionRecall.of(real.get(judges.last()), last, PrecisionRecall.DEFAULT_NEIGHBOURS);
    scores.put("precision", balls.precision());
    scores.put("recall", balls.recall());
    scores.put(MEMORISED, Memorisation.of(training, last).share());
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] > 0) {
        scores.put(ClassHistogram.FIGURE + className(i), shares[i]);
      }
    }
    return scores;
  }

  /** The protocol of the scores, in words. */
  String protocol() {
    String networks =
        judges.features().values().stream()
            .map(FrozenNetwork::protocol)
            .collect(Collectors.joining("; "));
    return "%s kid, fid: %s; against %s. precision, recall, memorised: of the last of these features, memorised being the share of generated images that are nearer to a training image than its nearest other training image is; the training images are the originals, without the copies that enlarge the dataset. z from N(0, 1) without truncation."
        .formatted(classScore(judges.classifier(), count), networks, images.against());
  }

  /** What the class score is and how its classifier judges, in words. */
  static String classScore(FrozenNetwork classifier, int count) {
    String name = classifier.classScore();
    String seen =
        classifier
            .labelsSeen()
            .map(
                " The classifier was trained with the labels of %s: of such images it is no blind judge."
                    ::formatted)
            .orElse("");
    return "%s: exp E KL(p(y|x) ‖ p(y)) of %d generated images, one split, by %s; %s.%s"
        .formatted(
            name,
            count,
            classifier.protocol(),
            name.equals("is")
                ? "the Inception Score's own network"
                : "it has the Inception Score's formula and another network's classes, and compares with no published score",
            seen);
  }

  @Override
  public void close() {
    passes.close();
  }
}
