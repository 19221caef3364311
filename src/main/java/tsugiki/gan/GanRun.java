package tsugiki.gan;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.data.ImageSet;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.report.EventWriter;
import tsugiki.report.ImageGrid;
import tsugiki.runtime.Sessions;
import tsugiki.train.RunDirectory;
import tsugiki.train.TrainingLoop;

/**
 * A training from options to run directory. Making it does everything that can fail for what the
 * user gave, so that bad input leaves no directory behind.
 */
public final class GanRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GanRun.class);

  /**
   * What came out.
   *
   * @param run the run directory
   * @param model the folder of the generator's SavedModel
   * @param steps generator steps done
   * @param metrics what was measured last, by name
   */
  public record Result(String run, String model, long steps, Map<String, Double> metrics) {}

  /**
   * What a run reads, found and decoded without TensorFlow's library.
   *
   * @param images the training images
   * @param labels what the training is told about their classes
   * @param projector the network that a projected discriminator looks through
   * @param scoreNetwork the network that scores are taken with
   * @param reals what scores compare with: all images, also those that the training leaves out
   * @param aboutLabels what was measured of the labels, by name, such as their error
   */
  public record Input(
      ImageSet images,
      TrainingLabels labels,
      Optional<FrozenNetwork> projector,
      Optional<FrozenNetwork> scoreNetwork,
      ImageSet reals,
      Map<String, Double> aboutLabels) {

    /** The same without anything measured of the labels. */
    public Input(
        ImageSet images,
        TrainingLabels labels,
        Optional<FrozenNetwork> projector,
        Optional<FrozenNetwork> scoreNetwork) {
      this(images, labels, projector, scoreNetwork, images, Map.of());
    }

    /**
     * Finds it, every image labelled by its folder; other labels are the room {@code labels}'s.
     *
     * @throws tsugiki.base.BadInputException if something is not there or cannot be used
     */
    public static Input open(GanRunOptions options) {
      Optional<FrozenNetwork> projector =
          network("projector", options.training().discriminator().projector());
      Optional<FrozenNetwork> score = network("scoreNetwork", options.watch().scoreNetwork());
      ImageSet images =
          TrainingImages.load(options.data(), options.classes(), options.network().size());
      return new Input(images, TrainingLabels.of(images), projector, score);
    }

    /** The same with other labels, and those images alone that they are for. */
    public Input labelled(
        ImageSet some, TrainingLabels newLabels, Map<String, Double> aboutNewLabels) {
      return new Input(some, newLabels, projector, scoreNetwork, reals, aboutNewLabels);
    }

    private static Optional<FrozenNetwork> network(String argument, String name) {
      return name.isEmpty() ? Optional.empty() : Optional.of(FrozenNetworks.open(argument, name));
    }
  }

  private final GanRunOptions options;
  private final List<String> classNames;
  private final int imageCount;
  private final Map<String, Double> aboutLabels;
  private final GanTraining training;
  private final Optional<KidProbe> probe;
  private final SampleGrid samples;

  /**
   * Builds the networks.
   *
   * @throws tsugiki.base.BadInputException if a frozen network's weights are missing
   */
  public GanRun(GanRunOptions options, Input input) {
    this.options = options;
    ImageSet images = input.images();
    classNames = input.labels().classNames();
    imageCount = images.count();
    aboutLabels = input.aboutLabels();
    BigGanArchitecture architecture = options.network().architecture(classNames.size());
    Sessions.Settings settings = options.execution().settings();
    training =
        new GanTraining(
            options.training(),
            architecture,
            images,
            input.labels(),
            discriminators(architecture, input),
            settings);
    probe =
        input
            .scoreNetwork()
            .map(
                network ->
                    new KidProbe(
                        network,
                        input.reals(),
                        options.watch().scoreImages(),
                        options.training().seed(),
                        settings));
    samples = new SampleGrid(classNames, architecture.size(), options.training().seed());
  }

  private Discriminators discriminators(BigGanArchitecture architecture, Input input) {
    DiscriminatorOptions choice = options.training().discriminator();
    return input
        .projector()
        .map(
            network ->
                Discriminators.projected(
                    network,
                    choice.projectorSide() > 0 ? choice.projectorSide() : architecture.size(),
                    choice.projectionWidth()))
        .orElseGet(() -> Discriminators.bigGan(architecture));
  }

  /**
   * Trains, from the newest checkpoint where there is one, and writes everything.
   *
   * @param run the run directory, with the options in it
   */
  public Result train(RunDirectory run) {
    TrainingLoop loop = new TrainingLoop(plan(), run, training);
    long from = run.resumed() ? loop.restore() : 0;
    if (run.resumed()) {
      run.replaceOptions(options);
    }
    try (EventWriter events =
        run.resumed() ? EventWriter.resume(run.path(), from + 1) : EventWriter.open(run.path())) {
      if (!run.resumed()) {
        events.graph(training.structure());
        recordLabels(run);
      }
      if (from == 0) {
        sample(run, events, 0);
      }
      watch(loop, run, events);
      loop.run(from);
    }
    return finish(run);
  }

  private void recordLabels(RunDirectory run) {
    if (!aboutLabels.isEmpty()) {
      run.addMetrics(0, aboutLabels);
    }
  }

  private TrainingLoop.Plan plan() {
    WatchOptions watch = options.watch();
    int images = options.training().batch() * options.training().discriminatorSteps();
    return new TrainingLoop.Plan(
        options.training().steps(), images, watch.measureEvery(), watch.checkpointEvery());
  }

  private void watch(TrainingLoop loop, RunDirectory run, EventWriter events) {
    probe.ifPresent(score -> loop.every(options.watch().scoreEvery(), done -> scored(score, done)));
    loop.every(
        options.watch().sampleEvery(),
        done -> {
          sample(run, events, done);
          return Map.of();
        });
    loop.recordedBy(
        (done, values) -> {
          values.forEach((name, value) -> events.scalar(name, done, value));
          events.flush();
        });
  }

  private Map<String, Double> scored(KidProbe score, long done) {
    Map<String, Double> found = score.score(training);
    found.forEach((name, value) -> LOG.info("step {}: {} {}", done, name, value));
    return found;
  }

  private void sample(RunDirectory run, EventWriter events, long done) {
    BufferedImage grid = samples.draw(training);
    ImageGrid.write(grid, run.resolve("samples-%06d.png".formatted(done)));
    events.image("samples", done, grid);
    events.flush();
  }

  private Result finish(RunDirectory run) {
    ImageGrid.write(samples.draw(training), run.resolve("samples.png"));
    GanReport report = new GanReport(run, options, classNames);
    List<List<String>> figures = figures(report);
    Path model = run.resolve("model");
    GanExport.generator(training, classNames, options.half(), report.card(figures), model);
    GanExport.discriminator(
        training, options.training(), classNames, options.half(), run.resolve("discriminator"));
    report.write(figures);
    LOG.info(
        "the generator is in {}, the page of the run in {}", model, run.resolve("report.html"));
    return new Result(
        run.path().toString(), model.toString(), options.training().steps(), report.lastMetrics());
  }

  private List<List<String>> figures(GanReport report) {
    List<List<String>> figures = new ArrayList<>();
    figures.add(List.of("training images", Integer.toString(imageCount)));
    figures.add(List.of("generator steps", Long.toString(options.training().steps())));
    double seconds = report.lastMetrics().getOrDefault("seconds", 0.0);
    figures.add(
        List.of(
            "seconds in steps on %d processors, %s"
                .formatted(options.execution().intraOp(), options.execution().device()),
            Long.toString(Math.round(seconds))));
    aboutLabels.forEach(
        (name, value) -> figures.add(List.of(name, String.format(Locale.ROOT, "%.4f", value))));
    figures.addAll(report.lastScores());
    probe.ifPresent(score -> figures.add(List.of("protocol of " + score.name(), score.protocol())));
    return figures;
  }

  @Override
  public void close() {
    probe.ifPresent(KidProbe::close);
    training.close();
  }
}
