package tsugiki.labels;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;
import tsugiki.features.FeatureModel;
import tsugiki.gan.TrainingImages;
import tsugiki.report.EventWriter;
import tsugiki.train.RunDirectory;
import tsugiki.train.TrainingLoop;

/**
 * The training of a feature network from options to run directory. It is trained once; any number
 * of GANs then take labels or clusters from it.
 */
public final class FeatureRun implements AutoCloseable {
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

  /** What a run reads, found and decoded without TensorFlow's library. */
  public static final class Input {
    private final ImageSet images;
    private final GivenLabels labels;

    private Input(ImageSet images, GivenLabels labels) {
      this.images = images;
      this.labels = labels;
    }

    /**
     * Finds it.
     *
     * @throws tsugiki.base.BadInputException if something is not there or cannot be used
     */
    public static Input open(FeatureRunOptions options) {
      ImageSet images =
          TrainingImages.load(options.data(), options.classes(), options.training().size());
      return new Input(images, GivenLabels.of(options.labels(), images));
    }

    /** What was found, in words. */
    public String summary() {
      return "%d images, %d of them with one of %d labels"
          .formatted(images.count(), labels.labelled().length, labels.classNames().size());
    }
  }

  private final FeatureRunOptions options;
  private final ImageSet images;
  private final GivenLabels labels;
  private final FeatureTraining training;
  private final FeatureOptions graph;

  /** Builds the network. */
  public FeatureRun(FeatureRunOptions options, Input input) {
    this.options = options;
    images = input.images;
    labels = input.labels;
    graph = options.training().graph(labels.classNames().size());
    training = new FeatureTraining(graph, images, labels, options.execution().settings());
  }

  /**
   * The names of the images whose label a network has learned, as its run keeps them.
   *
   * @param model the network's SavedModel
   * @return empty where the model does not lie in its run
   */
  static Set<String> labelled(Path model) {
    Path labels = model.toAbsolutePath().resolveSibling(LabelFile.IN_RUN);
    return Files.exists(labels) ? LabelFile.names(labels) : Set.of();
  }

  /** Trains, from the newest checkpoint where there is one, and writes everything. */
  public Result train(RunDirectory run) {
    TrainingLoop loop = new TrainingLoop(plan(), run, training);
    long from = run.resumed() ? loop.restore() : 0;
    try (EventWriter events =
        run.resumed() ? EventWriter.resume(run.path(), from + 1) : EventWriter.open(run.path())) {
      if (!run.resumed()) {
        events.graph(training.structure());
        LabelFile.write(
            run.resolve(LabelFile.IN_RUN), images, labels.labels(), labels.classNames());
      }
      int[] judged = some(labels.hidden());
      if (judged.length > 0) {
        loop.every(options.watch().scoreEvery(), done -> scored(judged, done));
      }
      loop.recordedBy(
          (done, values) -> {
            values.forEach((name, value) -> events.scalar(name, done, value));
            events.flush();
          });
      loop.run(from);
    }
    return finish(run);
  }

  private TrainingLoop.Plan plan() {
    FeatureRunOptions.Watch watch = options.watch();
    return new TrainingLoop.Plan(
        graph.steps(), graph.batch(), watch.measureEvery(), watch.checkpointEvery());
  }

  private int[] some(int[] all) {
    int count = Math.min(all.length, options.watch().scoreImages());
    return count == 0
        ? all
        : Arrays.stream(new Batches(images.select(all), count, graph.seed()).indices(0))
            .map(i -> all[i])
            .toArray();
  }

  private Map<String, Double> scored(int[] judged, long done) {
    Map<String, Double> errors = errors(judged);
    LOG.info("step {}: {} of {} hidden labels", done, errors, judged.length);
    return errors;
  }

  private Map<String, Double> errors(int[] judged) {
    int[] truth = Arrays.stream(judged).map(i -> labels.truth()[i]).toArray();
    return training.errors(images.select(judged), truth);
  }

  private Result finish(RunDirectory run) {
    int[] judged = labels.hidden();
    Map<String, Double> measured = new LinkedHashMap<>(run.lastMetrics());
    if (judged.length > 0) {
      measured.putAll(errors(judged));
    }
    Path model = run.resolve("model");
    List<String> names = options.labels().single() ? List.of() : labels.classNames();
    // Written twice, since the card names figures that are taken from the model as it is served.
    export(model, names, "# A feature network\n");
    measured.putAll(clusters(model));
    FeatureReport report = new FeatureReport(run, options, figures(measured, judged.length));
    export(model, names, report.card(names));
    report.write();
    LOG.info("the network is in {}, the page of the run in {}", model, run.resolve("report.html"));
    return new Result(run.path().toString(), model.toString(), graph.steps(), measured);
  }

  private void export(Path model, List<String> names, String card) {
    FeatureExport.write(graph.architecture(), graph.side(), training.values(), names, card, model);
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
              graph.seed(),
              options.execution().settings());
    }
    Agreement agreement = Agreement.of(found.nearest(), some.labels());
    return new TreeMap<>(
        Map.of("cluster_purity", agreement.purity(), "cluster_nmi", agreement.information()));
  }

  private List<List<String>> figures(Map<String, Double> measured, int judged) {
    List<List<String>> figures = new ArrayList<>();
    figures.add(List.of("images", Integer.toString(images.count())));
    figures.add(List.of("of them with a label", Integer.toString(labels.labelled().length)));
    if (judged > 0) {
      String name = "label error on the %d whose label was hidden".formatted(judged);
      figures.add(List.of(name, percent(measured.get("label_error"))));
      figures.add(List.of("turn error on the same", percent(measured.get("turn_error"))));
    }
    if (measured.containsKey("cluster_purity")) {
      figures.add(
          List.of(
              "purity of as many clusters as folders", percent(measured.get("cluster_purity"))));
      figures.add(
          List.of(
              "normalised mutual information of clusters and folders",
              String.format(Locale.ROOT, "%.3f", measured.get("cluster_nmi"))));
    }
    return figures;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  @Override
  public void close() {
    training.close();
  }
}
