package tsugiki.labels;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.Phase;
import tsugiki.gan.GanInput;
import tsugiki.gan.GanRun;
import tsugiki.recognition.FeatureRun;
import tsugiki.recognition.FeatureRunOptions;
import tsugiki.study.Collapse;
import tsugiki.study.Study;
import tsugiki.study.Trial;
import tsugiki.train.RunDirectory;
import tsugiki.train.TrainingTask;

/** The trials of a study of labels, in the order in which one process does them. */
final class LabelTrials {
  /** The row of the real images' own scores. */
  static final String REAL = "real images";

  /** The row of real images against others. */
  static final String HALVES = "real halves";

  private static final Logger LOG = LoggerFactory.getLogger(LabelTrials.class);

  private final RunDirectory study;
  private final LabelStudyOptions options;
  private final LabelScores scores;
  private final Consumer<Path> logTo;
  private final List<Trial> real = new ArrayList<>();
  private final List<Trial> features = new ArrayList<>();
  private final List<Trial> generators = new ArrayList<>();
  private final List<Trial> atShares = new ArrayList<>();
  private final List<Trial> all = new ArrayList<>();

  /**
   * Makes them; none is begun.
   *
   * @param logTo sends the log to a file from then on
   */
  LabelTrials(
      RunDirectory study, LabelStudyOptions options, LabelScores scores, Consumer<Path> logTo) {
    this.study = study;
    this.options = options;
    this.scores = scores;
    this.logTo = logTo;
    long first = options.gan().training().seed();
    add(real, ofReal(REAL, first, scores::ofReal));
    for (long seed : Trial.seeds(first, options.repeats())) {
      // A diversity takes two images.
      if (scores.half() > 1) {
        add(real, ofReal(HALVES, seed, () -> scores.ofHalves(seed)));
      }
      options.featureLabels().forEach(learned -> add(features, network(learned, seed)));
      String own = options.labels().labels();
      for (LabelVariant variant : options.trained()) {
        add(generators, generator(variant, variant.toString(), own, seed));
      }
      for (String share : options.furtherShares()) {
        for (LabelVariant variant : options.ofShares()) {
          add(atShares, generator(variant, atShare(variant.toString(), share), share, seed));
        }
      }
    }
  }

  private void add(List<Trial> group, Trial trial) {
    group.add(trial);
    all.add(trial);
  }

  /** The name of a variant at a share of the labels. */
  static String atShare(String variant, String share) {
    return variant + ", " + Path.of(share).getFileName();
  }

  /** The real images' scores. */
  List<Trial> real() {
    return real;
  }

  /** The feature networks. */
  List<Trial> features() {
    return features;
  }

  /** The variants with the study's share of the labels. */
  List<Trial> generators() {
    return generators;
  }

  /** The variants that learn from a share, with the further ones. */
  List<Trial> atShares() {
    return atShares;
  }

  /** All of them. */
  List<Trial> all() {
    return all;
  }

  private static Trial ofReal(String row, long seed, Supplier<Map<String, Double>> scores) {
    return new Trial(
        row,
        seed,
        "%s-%d".formatted(Trial.folderName(row), seed),
        Set.of(),
        figures -> {
          try (Phase scoring = Phase.begin("scoring the " + row)) {
            figures.putAll(scores.get());
          }
        });
  }

  private Trial network(String learned, long seed) {
    String name = networkName(learned, seed);
    Path folder = study.resolve(name);
    return new Trial(
        learned,
        seed,
        name,
        Set.of(),
        figures -> {
          LOG.info("feature network of the labels {}, seed {}: {}", learned, seed, folder);
          figures.putAll(trainNetwork(folder, options.features(learned, seed)));
        });
  }

  private static String networkName(String learned, long seed) {
    return "features-%s-%d".formatted(inFile(learned), seed);
  }

  /** The labels, or a variant with them, as a part of a file's name. */
  static String inFile(String labels) {
    return Path.of(labels).getFileName().toString().replace("%", "-percent");
  }

  private Map<String, Double> trainNetwork(Path folder, FeatureRunOptions wanted) {
    try (FeatureRun run =
        TrainingTask.built(() -> new FeatureRun(wanted, FeatureRun.Input.open(wanted)))) {
      return run.train(directory(folder, wanted)).metrics();
    }
  }

  private Trial generator(LabelVariant variant, String title, String share, long seed) {
    String name =
        share.equals(options.labels().labels())
            ? "%s-%d".formatted(variant, seed)
            : "%s-%s-%d".formatted(variant, inFile(share), seed);
    Path folder = study.resolve(name);
    String learned = variant.featureLabels(share);
    Set<String> needs = learned.isEmpty() ? Set.of() : Set.of(networkName(learned, seed));
    String model =
        needs.stream()
            .map(need -> study.resolve(need).resolve("model").toAbsolutePath().toString())
            .collect(Collectors.joining());
    return new Trial(
        title,
        seed,
        name,
        needs,
        figures -> {
          LOG.info("{}, seed {}: {}", title, seed, folder);
          trainGan(folder, options.gan(variant, share, seed, model), figures);
        });
  }

  private void trainGan(Path folder, LabelledGanOptions wanted, Map<String, Double> figures) {
    GanLabels labels;
    GanInput input;
    try (Phase labelling = Phase.begin("labelling the images")) {
      labels = GanLabels.open(wanted, folder);
      input = labels.resolve();
    }
    figures.putAll(input.aboutLabels());
    RunDirectory run;
    Path model;
    try (GanRun gan = TrainingTask.built(() -> new GanRun(wanted.gan(), wanted, input))) {
      run = directory(folder, wanted);
      labels.write(run);
      model = Path.of(gan.train(run).model());
    }
    try (Phase scoring = Phase.begin("scoring " + folder)) {
      figures.putAll(scores.of(model, input));
      LabelPictures.write(
          run, model, input.labels().classNames(), wanted.gan().execution().settings());
      if (wanted.gan().training().supervision().coTraining()) {
        figures.putAll(labels.headFigures(run.resolve("discriminator")));
      }
    }
    Collapse.step(run).ifPresent(step -> figures.put("collapsed_at", (double) step));
  }

  private RunDirectory directory(Path folder, Object wanted) {
    RunDirectory run = RunDirectory.resumeOrCreate(folder, wanted);
    logTo.accept(run.resolve(Study.LOG_FILE));
    return run;
  }
}
