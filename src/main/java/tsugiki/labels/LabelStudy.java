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
import tsugiki.base.BadInputException;
import tsugiki.base.Counted;
import tsugiki.data.ImageSet;
import tsugiki.data.TrainingImages;
import tsugiki.gan.GanRun;
import tsugiki.gan.GanRunOptions;
import tsugiki.recognition.FeatureRun;
import tsugiki.recognition.FeatureRunOptions;
import tsugiki.score.GeneratorScores;
import tsugiki.study.Collapse;
import tsugiki.study.Study;
import tsugiki.study.Trial;
import tsugiki.study.TrialOutcome;
import tsugiki.train.RunDirectory;
import tsugiki.train.TrainingTask;

/**
 * A study of few labels: the variants at one budget with several seeds. Every training is a run of
 * its own below the study's folder. A study that was interrupted resumes, and several processes can
 * work on one study ({@link Study}).
 */
public final class LabelStudy {
  private static final String LOG_FILE = "log.txt";
  private static final String NO_NETWORK_YET = "(made by the study)";
  private static final Logger LOG = LoggerFactory.getLogger(LabelStudy.class);

  /**
   * The results.
   *
   * @param run the study's folder
   * @param generators one map per variant and seed
   * @param features the label errors of the feature networks, one map per labels and seed
   */
  public record Result(
      String run, List<Map<String, Object>> generators, List<Map<String, Object>> features) {}

  private final LabelStudyOptions options;
  private final Consumer<Path> logTo;
  private final GeneratorScores.Judges judges;
  private final ImageSet images;

  /**
   * Finds data and networks without TensorFlow's library, and checks every variant's options.
   *
   * @param logTo sends the log to a file from then on: to that of the training that is under way,
   *     in between to the study's
   * @throws BadInputException if something is missing or a variant is impossible
   */
  public LabelStudy(LabelStudyOptions options, Consumer<Path> logTo) {
    this.options = options;
    this.logTo = logTo;
    options.variants().forEach(this::firstOptions);
    GanRunOptions gan = options.gan();
    judges = GeneratorScores.Judges.open(options.judge(), options.taps());
    images =
        TrainingImages.load(gan.data(), gan.classes(), gan.network().imageSize(), gan.onBadImage());
    options
        .featureLabels()
        .forEach(learned -> options.features(learned, 0).labels().source().given(images));
    options.variants().forEach(this::check);
  }

  /** The options of a seed, which refuse what is wrong with every seed. */
  private LabelledGanOptions firstOptions(LabelVariant variant) {
    boolean network = !variant.featureLabels(options.labels().labels()).isEmpty();
    return options.gan(variant, 0, network ? NO_NETWORK_YET : "");
  }

  /** Refuses now what a training would refuse hours later. */
  private void check(LabelVariant variant) {
    if (variant == LabelVariant.BIGGAN && images.classNames().size() == 1) {
      throw new BadInputException(
          "⟨variants⟩ has biggan, whose labels are the folders, and the data has one; leave it out");
    }
    // No feature network is trained yet.
    boolean kept = true;
    firstOptions(variant).source().check(images, kept);
  }

  /** What will be done, in words. */
  public String summary() {
    return "%s of %s; %d variants and %d feature networks, %d times each"
        .formatted(
            Counted.of(images.count(), "image"),
            Counted.of(images.classNames().size(), "class"),
            options.variants().size(),
            options.featureLabels().size(),
            options.repeats());
  }

  /**
   * Trains and scores everything, and writes the tables, the charts and the page.
   *
   * @param directory makes the study's folder, once the networks that score have their weights
   * @throws BadInputException if they have not
   */
  public Result run(Supplier<RunDirectory> directory) {
    int count = options.gan().watch().scoreImages();
    try (GeneratorScores scores =
        new GeneratorScores(judges, images, count, options.gan().execution().settings())) {
      RunDirectory folder = directory.get();
      logTo.accept(folder.resolve(LOG_FILE));
      LabelStudyReport report =
          new LabelStudyReport(folder.path(), options, judges.scores(), scores.protocol());
      List<Trial> features = new ArrayList<>();
      List<Trial> generators = new ArrayList<>();
      List<Trial> all = new ArrayList<>();
      long first = options.gan().training().seed();
      for (long number = first; number < first + options.repeats(); number++) {
        long seed = number;
        List<Trial> networks =
            options.featureLabels().stream()
                .map(learned -> network(folder, learned, seed))
                .toList();
        List<Trial> gans =
            options.variants().stream()
                .map(variant -> generator(folder, variant, seed, scores))
                .toList();
        features.addAll(networks);
        generators.addAll(gans);
        all.addAll(networks);
        all.addAll(gans);
      }
      Study study = new Study(folder.path(), all);
      study.run(
          () -> {
            logTo.accept(folder.resolve(LOG_FILE));
            report.write(study.outcomes(generators), study.outcomes(features));
          });
      return new Result(
          folder.path().toString(),
          study.outcomes(generators).stream().map(TrialOutcome::asMap).toList(),
          study.outcomes(features).stream().map(TrialOutcome::asMap).toList());
    }
  }

  /**
   * The first GAN that needs no feature network, with its networks built; the first feature network
   * where all need one.
   */
  public TrainingTask first() {
    long seed = options.gan().training().seed();
    return options.variants().stream()
        .filter(variant -> variant.featureLabels(options.labels().labels()).isEmpty())
        .findFirst()
        .<TrainingTask>map(variant -> gan(options.gan(variant, seed, "")))
        .orElseGet(() -> network(options.features(options.featureLabels().get(0), seed)));
  }

  private static FeatureRun network(FeatureRunOptions wanted) {
    return new FeatureRun(wanted, FeatureRun.Input.open(wanted));
  }

  private static GanRun gan(LabelledGanOptions wanted) {
    return new GanRun(wanted.gan(), wanted, GanLabels.open(wanted).resolve());
  }

  private Trial network(RunDirectory study, String learned, long seed) {
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
    String word = Path.of(learned).getFileName().toString().replace("%", "-percent");
    return "features-%s-%d".formatted(word, seed);
  }

  private Map<String, Double> trainNetwork(Path folder, FeatureRunOptions wanted) {
    try (FeatureRun run = network(wanted)) {
      return run.train(directory(folder, wanted)).metrics();
    }
  }

  private Trial generator(
      RunDirectory study, LabelVariant variant, long seed, GeneratorScores scores) {
    String name = "%s-%d".formatted(variant, seed);
    Path folder = study.resolve(name);
    String learned = variant.featureLabels(options.labels().labels());
    Set<String> needs = learned.isEmpty() ? Set.of() : Set.of(networkName(learned, seed));
    String model =
        needs.stream()
            .map(need -> study.resolve(need).resolve("model").toAbsolutePath().toString())
            .collect(Collectors.joining());
    return new Trial(
        variant.toString(),
        seed,
        name,
        needs,
        figures -> {
          LOG.info("{}, seed {}: {}", variant, seed, folder);
          trainGan(folder, options.gan(variant, seed, model), scores, figures);
        });
  }

  private void trainGan(
      Path folder, LabelledGanOptions wanted, GeneratorScores scores, Map<String, Double> figures) {
    GanLabels labels = GanLabels.open(wanted, folder);
    GanRun.Input input = labels.resolve();
    figures.putAll(input.aboutLabels());
    RunDirectory run;
    Path model;
    try (GanRun gan = new GanRun(wanted.gan(), wanted, input)) {
      run = directory(folder, wanted);
      labels.write(run);
      model = Path.of(gan.train(run).model());
    }
    figures.putAll(scores.of(model, input.labels().fakes().spread(scores.count())));
    if (wanted.gan().training().supervision().coTraining()) {
      figures.putAll(labels.headError(run.resolve("discriminator")));
    }
    Collapse.step(run).ifPresent(step -> figures.put("collapsed_at", (double) step));
  }

  private RunDirectory directory(Path folder, Object wanted) {
    RunDirectory run = RunDirectory.resumeOrCreate(folder, wanted);
    logTo.accept(run.resolve(LOG_FILE));
    return run;
  }
}
