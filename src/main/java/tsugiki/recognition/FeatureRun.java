package tsugiki.recognition;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.Counted;
import tsugiki.base.FigureWords;
import tsugiki.base.UserCache;
import tsugiki.data.Batches;
import tsugiki.data.GivenLabels;
import tsugiki.data.ImageSet;
import tsugiki.data.LabelFile;
import tsugiki.data.TrainingImages;
import tsugiki.features.Clusters;
import tsugiki.features.FeatureModel;
import tsugiki.score.Agreement;
import tsugiki.train.Execution;
import tsugiki.train.Observers;
import tsugiki.train.RunDirectory;
import tsugiki.train.RunInputs;
import tsugiki.train.Trainee;
import tsugiki.train.TrainingLoop.Plan;
import tsugiki.train.TrainingReport;
import tsugiki.train.TrainingRun;
import tsugiki.train.TrainingTask;

/**
 * The training of a feature network from options to run directory. It is trained once; any number
 * of GANs then take labels or clusters from it.
 */
public final class FeatureRun implements TrainingTask {
  private static final Logger LOG = LoggerFactory.getLogger(FeatureRun.class);

  /**
   * What came out.
   *
   * @param run the run directory
   * @param model the folder of the network's SavedModel
   * @param steps steps done
   * @param metrics what was measured last, by name: {@code label_error} over all images whose label
   *     was kept from the network and is known; {@code cluster_purity} and {@code cluster_nmi} of
   *     clusters of the features against the folders
   */
  public record Result(String run, String model, long steps, Map<String, Double> metrics) {}

  /**
   * What a run reads, found and decoded without TensorFlow's library.
   *
   * @param images that it learns, and whose classes are known
   * @param labels that it sees
   * @param taught by a teacher; empty without one
   */
  public record Input(ImageSet images, GivenLabels labels, Optional<Teaching> taught) {
    /**
     * Finds it.
     *
     * @throws tsugiki.base.BadInputException if something is not there or cannot be used
     */
    public static Input open(FeatureRunOptions options) {
      int size = options.training().size();
      ImageSet images =
          TrainingImages.load(options.data(), options.classes(), size, options.onBadImage());
      GivenLabels labels = options.labels().source().given(images);
      return new Input(
          images,
          labels,
          options.teacher().given()
              ? Optional.of(Teaching.open(options, labels.classNames().size()))
              : Optional.empty());
    }

    /** What was found, in words. */
    public String summary() {
      return "%s, %d of them with one of %s"
          .formatted(
              Counted.of(images.count(), "image"),
              labels.labelled().length,
              Counted.of(labels.classNames().size(), "label"));
    }
  }

  private final FeatureRunOptions options;
  private final ImageSet images;
  private final GivenLabels labels;
  private final Optional<Teaching> taught;
  private final FeatureTraining training;
  private final Map<String, Double> measured = new LinkedHashMap<>();

  /** Builds the network; the maps of its teacher are kept in the user's cache. */
  public FeatureRun(FeatureRunOptions options, Input input) {
    this(options, input, UserCache.folder().resolve("views"));
  }

  /**
   * The same with the teacher's maps elsewhere.
   *
   * @param views the folder of the teacher's maps
   */
  FeatureRun(FeatureRunOptions options, Input input, Path views) {
    this(options, input, views, options.teacher());
  }

  private FeatureRun(FeatureRunOptions options, Input input, Path views, TeacherOptions teacher) {
    this.options = options;
    images = input.images;
    labels = input.labels;
    taught = input.taught;
    training =
        new FeatureTraining(
            options.training(),
            images,
            labels,
            taught.map(from -> from.distillation(options.withTeacher(teacher), images, views)),
            taught.flatMap(Teaching::start),
            options.execution().training());
  }

  /**
   * One for a dry run, whose steps learn from a few views alone.
   *
   * @param views the folder of the teacher's maps
   */
  public static FeatureRun tried(FeatureRunOptions options, Input input, Path views) {
    return new FeatureRun(options, input, views, options.teacher().withViews(Distillation.TRIED));
  }

  @Override
  public Optional<Beside> tryBeside() {
    return training.tryTeacher(options.teacher(), options.training().steps());
  }

  /**
   * The names of the images whose label a network has learned, as its run keeps them.
   *
   * @param model the network's SavedModel
   * @return empty where the model does not lie in its run
   */
  public static Set<String> labelled(Path model) {
    Path labels = model.toAbsolutePath().resolveSibling(LabelFile.IN_RUN);
    return Files.exists(labels) ? LabelFile.names(labels) : Set.of();
  }

  /** Trains once, from the newest checkpoint if there is one; see {@link TrainingRun#train}. */
  public Result train(RunDirectory run) {
    TrainingRun.Outcome outcome = TrainingRun.train(this, run);
    return new Result(run.path().toString(), outcome.model(), outcome.steps(), measured);
  }

  @Override
  public Trainee trainee() {
    return training;
  }

  @Override
  public Plan plan() {
    FeatureRunOptions.Watch watch = options.watch();
    return new Plan(
        options.training().steps(),
        options.training().batch(),
        watch.measureEvery(),
        watch.checkpointEvery(),
        watch.keep());
  }

  @Override
  public Object options() {
    return options;
  }

  @Override
  public String licence() {
    return options.licence();
  }

  @Override
  public Execution execution() {
    return options.execution();
  }

  @Override
  public RunInputs inputs() {
    return new RunInputs()
        .images("images", images)
        .numbers("labels", labels.labels())
        .network("teacher", taught.flatMap(from -> from.teacher().weightsDigest()));
  }

  @Override
  public void begin(RunDirectory run) {
    LabelFile.write(run.resolve(LabelFile.IN_RUN), images, labels.labels(), labels.classNames());
  }

  @Override
  public void observe(Observers observers) {
    observers.histograms(options.watch().scoreEvery(), training::histograms);
    if (options.teacher().given()) {
      observers.measure(options.watch().scoreEvery(), this::explained);
    }
    int[] judged = some(labels.hidden());
    if (judged.length > 0) {
      observers.measure(options.watch().scoreEvery(), done -> scored(judged, done));
    }
  }

  /** The share of hidden labels that are not predicted. */
  @Override
  public Optional<Double> cost(Map<String, Double> measuredNow) {
    return Optional.ofNullable(measuredNow.get("label_error"));
  }

  private Map<String, Double> explained(long done) {
    Map<String, Double> explained = training.explained();
    LOG.info("step {}: {} of the teacher's variance", done, FigureWords.of(explained));
    return explained;
  }

  private int[] some(int[] all) {
    int count = Math.min(all.length, options.watch().scoreImages());
    return count == 0
        ? all
        : Arrays.stream(
                new Batches(images.select(all), count, options.training().seed()).indices(0))
            .map(i -> all[i])
            .toArray();
  }

  private Map<String, Double> scored(int[] judged, long done) {
    Map<String, Double> errors = errors(judged);
    LOG.info("step {}: {} of {} hidden labels", done, FigureWords.of(errors), judged.length);
    return errors;
  }

  private Map<String, Double> errors(int[] judged) {
    int[] truth = Arrays.stream(judged).map(i -> labels.truth()[i]).toArray();
    return training.errors(images.select(judged), truth);
  }

  @Override
  public TrainingReport report(
      RunDirectory run, Map<String, Double> start, Map<String, Double> end) {
    int[] judged = labels.hidden();
    measured.putAll(run.lastMetrics());
    if (judged.length > 0) {
      measured.putAll(errors(judged));
    }
    // Written twice, since the card names figures that are taken from the model as it is served.
    export(run.path(), "# A feature network\n");
    measured.putAll(clusters(run.resolve("model")));
    return FeatureReport.of(
        run,
        options,
        FeatureReport.figures(images.count(), labels, judged.length, measured),
        learnedNames());
  }

  /** The classes that the network predicts; none where it learned no labels. */
  private List<String> learnedNames() {
    return options.labels().single() ? List.of() : labels.classNames();
  }

  @Override
  public void export(Path folder, String card) {
    training.writer(learnedNames(), card).write(folder.resolve("model"));
  }

  /** How well clusters of the features agree with the folders, where there are several. */
  private Map<String, Double> clusters(Path model) {
    int classes = images.classNames().size();
    if (classes == 1) {
      return Map.of();
    }
    ImageSet some = images.select(some(IntStream.range(0, images.count()).toArray()));
    Clusters found;
    try (FeatureModel network = FeatureModel.open(model, options.execution().settings())) {
      found =
          Clusters.of(
              network.of(some),
              Math.min(classes, some.count()),
              options.training().seed(),
              options.execution().settings());
    }
    Agreement agreement = Agreement.of(found.nearest(), some.labels());
    return new TreeMap<>(
        Map.of("cluster_purity", agreement.purity(), "cluster_nmi", agreement.information()));
  }

  @Override
  public void close() {
    training.close();
  }
}
