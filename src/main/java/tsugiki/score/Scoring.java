package tsugiki.score;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tsugiki.base.BadInputException;
import tsugiki.base.Phase;
import tsugiki.data.ImageSupply;
import tsugiki.data.RgbImage;
import tsugiki.features.Features;
import tsugiki.model.FrozenNetwork;

/**
 * Scores generated images against real ones. {@link #of} does it once; an object of this class does
 * it for several sets of generated images, and computes the real images' features once.
 */
public final class Scoring implements AutoCloseable {
  private static final String PAIR_HINT = "⟨real⟩ and ⟨generated⟩";

  private final Optional<ScoreInput> real;
  private final ScoreNetwork chosen;
  private final ScoreOptions options;
  private final OpenedNetwork network;
  private final ImageScores alone;
  private ScoreSide realSide;
  private boolean realIsWhole;

  /**
   * Prepares; nothing is computed yet.
   *
   * @param real the training images; none where only metrics of the generated ones are wanted
   * @param network opened when a metric needs it
   * @param progress listens
   */
  public Scoring(
      Optional<ScoreInput> real,
      ScoreNetwork network,
      ScoreOptions options,
      ScoreProgress progress) {
    this.real = Objects.requireNonNull(real, "real");
    this.chosen = Objects.requireNonNull(network, "network");
    this.options = Objects.requireNonNull(options, "options");
    Objects.requireNonNull(progress, "progress");
    this.network = new OpenedNetwork(network, progress);
    this.alone = new ImageScores(network, options, progress);
  }

  /**
   * Scores generated images against real ones.
   *
   * @param real images, features or statistics; the caller closes it
   * @param generated likewise
   * @param network whose features are compared; unused where no side has images
   * @return every score that the inputs allow, or that the options name
   * @throws BadInputException if an input cannot be read, the sides do not fit each other, the
   *     network or its weights are missing, or a metric that the options name cannot be computed
   */
  public static ScoreSheet of(
      ScoreInput real, ScoreInput generated, ScoreNetwork network, ScoreOptions options) {
    try (Scoring scoring = new Scoring(Optional.of(real), network, options, ScoreProgress.NONE)) {
      return scoring.score(Optional.of(generated), Optional.empty()).sheet();
    }
  }

  /**
   * Scores one set of generated images.
   *
   * @param generated the images, or their features or statistics
   * @param probabilities the class probabilities of the generated images, where they are known
   *     already; otherwise the network computes them
   * @throws BadInputException as {@link #of}
   */
  public ScoreResult score(
      Optional<ScoreInput> generated, Optional<ClassProbabilities> probabilities) {
    check(generated, probabilities);
    ScoreSheetBuilder sheet = new ScoreSheetBuilder(options);
    Stream.of(real, generated)
        .flatMap(Optional::stream)
        .flatMap(input -> Stream.of(input.leftOut(), input.proportions()))
        .forEach(note -> note.ifPresent(sheet::note));
    boolean compares = real.isPresent() && generated.isPresent() && options.wantsFeatures();
    Optional<ImageSupply> images = generated.flatMap(ScoreInput::images);
    Map<FrozenNetwork, Consumer<Features>> consumers = new HashMap<>();
    Optional<ClassCollector> classes = Optional.empty();
    if (probabilities.isEmpty() && images.isPresent() && options.wantsClasses()) {
      classes = classes(images.get(), sheet);
      classes.ifPresent(collector -> consumers.put(network.classifier(), collector));
    }
    if (compares) {
      noteSizes(generated.get(), sheet);
      side(options.statisticsSuffice());
      ScoreSide other = generatedSide(generated.get(), consumers);
      noteFiles(generated.get(), sheet);
      try (Phase comparing = Phase.begin("computing the scores of the features")) {
        sheet.compare(realSide, other, network.protocol(files(generated.get()).size()));
      }
    } else if (!consumers.isEmpty()) {
      network.stream(images.get(), consumers);
    }
    Optional<ClassProbabilities> kept = addClasses(probabilities, classes, generated, sheet);
    try (Phase measuring = Phase.begin("computing the scores of the images")) {
      alone.add(real.flatMap(ScoreInput::images), images, sheet);
    }
    network.describe(sheet);
    return new ScoreResult(sheet.sheet(), kept, sheet.closestPairs());
  }

  /** Refuses inputs that do not lead to what the options name. */
  private void check(Optional<ScoreInput> generated, Optional<ClassProbabilities> probabilities) {
    if ((real.isEmpty() || generated.isEmpty()) && options.requiresFeatures()) {
      throw new BadInputException(
          "⟨metrics⟩ %s compares two sides; give %s"
              .formatted(String.join(",", options.words()), PAIR_HINT));
    }
    boolean classes =
        probabilities.isPresent() || generated.flatMap(ScoreInput::images).isPresent();
    if (!classes && (options.requires(Metric.IS) || options.requires(Metric.CLASS_SCORE))) {
      throw new BadInputException(
          "⟨metrics⟩ 'is' needs class probabilities; give ⟨probabilities⟩, or images as ⟨generated⟩");
    }
    alone.check(real.flatMap(ScoreInput::images), generated.flatMap(ScoreInput::images));
  }

  /**
   * Mean and covariance of the real images' features.
   *
   * @throws BadInputException if there is a single image
   */
  public GaussianStatistics realStatistics() {
    return side(true).statistics();
  }

  /** The real side; computed anew only where statistics were kept and every image is needed. */
  private ScoreSide side(boolean statisticsSuffice) {
    if (realSide == null || !(realIsWhole || statisticsSuffice)) {
      ScoreInput input = real.orElseThrow();
      realIsWhole = !statisticsSuffice;
      realSide =
          input
              .side()
              .orElseGet(
                  () -> {
                    SideCollector side = collector(input, statisticsSuffice);
                    network.stream(input.images().get(), Map.of(network.network(), side));
                    return side.side();
                  });
    }
    return realSide;
  }

  private static SideCollector collector(ScoreInput input, boolean statisticsSuffice) {
    return new SideCollector(
        input.name(), input.images().get().count(), input.names(), statisticsSuffice);
  }

  private ScoreSide generatedSide(
      ScoreInput generated, Map<FrozenNetwork, Consumer<Features>> consumers) {
    if (generated.side().isPresent()) {
      return generated.side().get();
    }
    SideCollector side = collector(generated, options.statisticsSuffice());
    // Where the features are the class probabilities, one network has two consumers.
    consumers.merge(network.network(), side, Consumer::andThen);
    network.stream(generated.images().get(), consumers);
    return side.side();
  }

  /** The sides that are no images. */
  private List<ScoreInput> files(ScoreInput generated) {
    return Stream.of(real.get(), generated).filter(side -> side.images().isEmpty()).toList();
  }

  /** Notes that a file beside images cannot be checked. */
  private void noteFiles(ScoreInput generated, ScoreSheetBuilder sheet) {
    List<ScoreInput> files = files(generated);
    if (files.size() == 1) {
      sheet.note(
          "%s is taken for features of this network and layer, which the file does not say."
              .formatted(files.get(0).name()));
    }
  }

  private void noteSizes(ScoreInput generated, ScoreSheetBuilder sheet) {
    if (real.get().images().isEmpty() || generated.images().isEmpty()) {
      return;
    }
    RgbImage training = real.get().images().get().read(0, byte[]::new);
    RgbImage sample = generated.images().get().read(0, byte[]::new);
    if (training.width() != sample.width() || training.height() != sample.height()) {
      sheet.note(
          "The first images have %d×%d (real) and %d×%d pixels: each is resized by itself, which leaves them unequally sharp, and the figures see that; bring both sides to one size."
              .formatted(training.width(), training.height(), sample.width(), sample.height()));
    }
  }

  /** What takes the class probabilities; nothing where the network has none and none are named. */
  private Optional<ClassCollector> classes(ImageSupply images, ScoreSheetBuilder sheet) {
    ClassCollector[] collector = new ClassCollector[1];
    sheet.score(
        options.requires(Metric.CLASS_SCORE) ? Metric.CLASS_SCORE : Metric.IS,
        () -> {
          FrozenNetwork classifier = network.classifier();
          sheet.classMetric(classifier.classScore(), classifier.protocol());
          collector[0] = new ClassCollector(images, options);
        });
    return Optional.ofNullable(collector[0]);
  }

  private Optional<ClassProbabilities> addClasses(
      Optional<ClassProbabilities> given,
      Optional<ClassCollector> computed,
      Optional<ScoreInput> generated,
      ScoreSheetBuilder sheet) {
    if (given.isPresent()) {
      ClassProbabilities file = given.get();
      sheet.score(
          sheet.classMetric(file.score(), file.protocol()),
          () ->
              sheet.classes(
                  file.score(),
                  score(file.values()),
                  given.map(ClassProbabilities::values),
                  file.protocol(),
                  false));
      return given;
    }
    if (computed.isEmpty()) {
      return Optional.empty();
    }
    FrozenNetwork classifier = network.classifier();
    sheet.classes(
        classifier.classScore(),
        computed.get().result(),
        computed.get().rows(),
        classifier.protocol(),
        network.classesArePublished());
    return computed
        .get()
        .rows()
        .map(
            rows ->
                new ClassProbabilities(
                    rows,
                    classifier.classScore(),
                    chosen.classNames().isEmpty() ? classifier.classNames() : chosen.classNames(),
                    generated.get().imageNames(),
                    classifier.protocol()));
  }

  private InceptionScore.Result score(Features values) {
    return options.shuffle()
        ? InceptionScore.shuffled(values, options.splits(), options.seed())
        : InceptionScore.inOrder(values, options.splits());
  }

  /** Frees the network. A later call builds it again, and then this has to be closed again. */
  @Override
  public void close() {
    network.close();
  }
}
