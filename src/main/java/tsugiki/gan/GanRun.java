package tsugiki.gan;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.data.ImageSet;
import tsugiki.data.TrainingImages;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.report.ImageGrid;
import tsugiki.score.DrawnMeasure;
import tsugiki.score.KidProbe;
import tsugiki.train.Execution;
import tsugiki.train.Observers;
import tsugiki.train.Picture;
import tsugiki.train.RunDirectory;
import tsugiki.train.RunInputs;
import tsugiki.train.Trainee;
import tsugiki.train.TrainingLoop.Plan;
import tsugiki.train.TrainingReport;
import tsugiki.train.TrainingRun;
import tsugiki.train.TrainingTask;

/**
 * A training of a GAN from options to run directory. Making it does everything that can fail for
 * the user's input, so that bad input leaves no directory behind.
 */
public final class GanRun implements TrainingTask, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GanRun.class);
  private static final int COLUMNS = 8;

  /** Of more classes the first are shown. */
  private static final int MOST_ROWS = 50;

  /**
   * The result of a run.
   *
   * @param run the run directory
   * @param model the folder of the generator's SavedModel
   * @param steps generator steps done
   * @param metrics what was measured last, by name
   */
  public record Result(String run, String model, long steps, Map<String, Double> metrics) {}

  /**
   * Images, labels and frozen networks of a run, found and decoded without TensorFlow's library.
   *
   * @param images the training images
   * @param labels of the training images
   * @param projector the frozen network of a projected discriminator
   * @param scoreNetwork the network that scores are taken with
   * @param reals the images that scores compare with, also those that the training leaves out
   * @param aboutLabels figures of the labels by name, such as their error
   */
  public record Input(
      ImageSet images,
      TrainingLabels labels,
      Optional<FrozenNetwork> projector,
      Optional<FrozenNetwork> scoreNetwork,
      ImageSet reals,
      Map<String, Double> aboutLabels) {

    /** The same without figures of the labels. */
    public Input(
        ImageSet images,
        TrainingLabels labels,
        Optional<FrozenNetwork> projector,
        Optional<FrozenNetwork> scoreNetwork) {
      this(images, labels, projector, scoreNetwork, images, Map.of());
    }

    /**
     * Finds them, every image labelled by its folder.
     *
     * @throws tsugiki.base.BadInputException if something is not there or cannot be used
     */
    public static Input open(GanRunOptions options) {
      Optional<FrozenNetwork> projector =
          network("⟨projector⟩", options.training().discriminator().projector());
      Optional<FrozenNetwork> score = network("⟨scoreNetwork⟩", options.watch().scoreNetwork());
      ImageSet images =
          TrainingImages.load(options.data(), options.classes(), options.network().imageSize());
      return new Input(images, TrainingLabels.of(images), projector, score);
    }

    /** The same with other labels, and with the images that these are for. */
    public Input labelled(
        ImageSet some, TrainingLabels newLabels, Map<String, Double> aboutNewLabels) {
      return new Input(some, newLabels, projector, scoreNetwork, reals, aboutNewLabels);
    }

    private static Optional<FrozenNetwork> network(String argument, String name) {
      return name.isEmpty() ? Optional.empty() : Optional.of(FrozenNetworks.open(argument, name));
    }
  }

  private final GanRunOptions options;
  private final Object saved;
  private final Input input;
  private final GanTraining training;
  private final Optional<KidProbe> probe;
  private final List<DrawnMeasure> measures = new ArrayList<>();

  /**
   * Builds the networks.
   *
   * @throws tsugiki.base.BadInputException if a frozen network's weights are missing, or the
   *     networks cannot be trained with the loss
   */
  public GanRun(GanRunOptions options, Input input) {
    this(options, options, input);
  }

  /**
   * The same for a run whose {@code options.json} holds more.
   *
   * @param saved the options as the file holds them
   */
  public GanRun(GanRunOptions options, Object saved, Input input) {
    this.options = options;
    this.saved = saved;
    this.input = input;
    int count = input.images().count();
    GanNetworks networks = options.network().networks(input.labels().classNames().size());
    TrainingLabels labels =
        networks.conditional()
            ? input.labels()
            : TrainingLabels.hard(new int[count], List.of("all"));
    GanOptions how = options.training();
    training =
        new GanTraining(
            how,
            networks,
            input.images(),
            labels,
            discriminator(networks),
            options.execution().settings());
    probe =
        input
            .scoreNetwork()
            .map(
                network ->
                    new KidProbe(
                        network,
                        input.reals(),
                        options.watch().scoreImages(),
                        how.seed(),
                        options.execution().settings()));
  }

  /** Also takes a measurement at the steps of scores, and after the last step. */
  public GanRun measuring(DrawnMeasure measure) {
    measures.add(measure);
    return this;
  }

  private DiscriminatorNetwork discriminator(GanNetworks networks) {
    DiscriminatorOptions choice = options.training().discriminator();
    int side = choice.projectorSide() > 0 ? choice.projectorSide() : networks.imageSize();
    return input
        .projector()
        .<DiscriminatorNetwork>map(
            network ->
                new ProjectedNetwork(network, side, choice.projectionWidth(), choice.nativeWidth()))
        .orElse(networks);
  }

  /**
   * Trains, from the newest checkpoint where there is one, and writes everything.
   *
   * @param run the run directory, with the options in it
   */
  public Result train(RunDirectory run) {
    TrainingRun.Outcome outcome = TrainingRun.train(this, run);
    return new Result(run.path().toString(), outcome.model(), outcome.steps(), run.lastMetrics());
  }

  @Override
  public Trainee trainee() {
    return training;
  }

  @Override
  public Plan plan() {
    GanOptions how = options.training();
    return Plan.of(
        how.steps(), how.batch() * how.discriminatorSteps(), options.watch().intervals());
  }

  @Override
  public Object options() {
    return saved;
  }

  @Override
  public Execution execution() {
    return options.execution();
  }

  @Override
  public RunInputs inputs() {
    return new RunInputs().images("images", input.images());
  }

  /** What was measured of the labels. */
  @Override
  public Map<String, Double> measureStart() {
    return input.aboutLabels();
  }

  @Override
  public void observe(Observers observers) {
    Stream.concat(probe.stream(), measures.stream())
        .forEach(
            measure ->
                observers.measure(options.watch().scoreEvery(), done -> scored(measure, done)));
    observers.pictures(
        options.watch().intervals().sampleEvery(),
        () -> List.of(Picture.kept("samples", samples())));
  }

  private Map<String, Double> scored(DrawnMeasure measure, long done) {
    long[] labels = training.labels().fakes().spread(measure.count());
    Map<String, Double> scores = measure.of(training.draw(labels, 0));
    LOG.info("step {}: {}", done, scores);
    return scores;
  }

  /** Images of the same latent vectors every time: a named row per class, or a square. */
  private BufferedImage samples() {
    List<String> classes = training.classNames();
    List<String> shown = classes.subList(0, Math.min(MOST_ROWS, classes.size()));
    int rows = shown.isEmpty() ? COLUMNS : shown.size();
    long[] labels =
        IntStream.range(0, rows * COLUMNS)
            .mapToLong(i -> shown.isEmpty() ? 0 : i / COLUMNS)
            .toArray();
    byte[] images = training.draw(labels, options.training().seed());
    return ImageGrid.readable(images, input.images().size(), COLUMNS, shown);
  }

  @Override
  public TrainingReport report(
      RunDirectory run, Map<String, Double> start, Map<String, Double> end) {
    ImageGrid.write(samples(), run.resolve("samples.png"));
    return GanReport.of(run, options, saved, training.classNames(), figures(run));
  }

  private List<List<String>> figures(RunDirectory run) {
    Map<String, Double> last = run.lastMetrics();
    List<List<String>> figures = new ArrayList<>();
    figures.add(List.of("training images", Integer.toString(input.images().count())));
    figures.add(List.of("generator steps", Long.toString(options.training().steps())));
    figures.add(
        List.of(
            "seconds in steps on %d processors, %s"
                .formatted(options.execution().intraOp(), options.execution().device()),
            Long.toString(Math.round(last.getOrDefault("seconds", 0.0)))));
    input.aboutLabels().forEach((name, value) -> figures.add(row(name, value)));
    last.forEach(
        (name, value) -> {
          if (name.startsWith(KidProbe.NAME)) {
            figures.add(List.of(name, String.format(Locale.ROOT, "%.5f", value)));
          }
        });
    probe.ifPresent(score -> figures.add(score.protocol()));
    return figures;
  }

  private static List<String> row(String name, double value) {
    return List.of(name, String.format(Locale.ROOT, "%.4f", value));
  }

  @Override
  public void export(RunDirectory run, String card) {
    GanExport.generator(training, options.half(), card, run.resolve("model"));
    GanExport.discriminator(
        training, options.training(), options.half(), run.resolve("discriminator"));
  }

  @Override
  public void close() {
    probe.ifPresent(KidProbe::close);
    training.close();
  }
}
