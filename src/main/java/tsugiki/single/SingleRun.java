package tsugiki.single;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tsugiki.base.Checks;
import tsugiki.data.ImageSource;
import tsugiki.data.RgbImage;
import tsugiki.model.SpatialNetwork;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.report.Pictures;
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
 * A training on one image from options to run directory. Making it does everything that can fail
 * for the user's input, so that bad input leaves no directory behind.
 *
 * <p>It names no best checkpoint: a stage is scored when it ends, at its own size, so that no two
 * scores compare, and every stage is trained on what the one below it has ended with. The last
 * state of the last stage is the only one that is the whole pyramid.
 */
public final class SingleRun implements TrainingTask {
  /** The number of the stage in the metrics, from 1. */
  static final String STAGE = "stage";

  private static final int IN_A_ROW = 6;
  private static final List<String> SCORE_NETWORKS = List.of("inception-torchvision", "inception");

  /**
   * The result of a run.
   *
   * @param run the run directory
   * @param model the folder of the SavedModel
   * @param steps steps done, of all stages together
   * @param metrics what was measured last, by name
   * @param scores those of them that the last stage is scored by
   */
  public record Result(
      String run,
      String model,
      long steps,
      Map<String, Double> metrics,
      Map<String, Double> scores) {}

  /**
   * The images and networks of a run, found and decoded without TensorFlow's library.
   *
   * @param images the training image in the sizes of the stages
   * @param scoreNetwork the network of the single-image distance
   * @param naive the image that a fine-tuning is for
   */
  public record Input(
      ImagePyramid images, Optional<SpatialNetwork> scoreNetwork, Optional<NaiveImage> naive) {
    /**
     * Finds them.
     *
     * @throws tsugiki.base.BadInputException if something is not there or cannot be used
     */
    public static Input open(SingleOptions options) {
      String name = options.watch().scoreNetwork();
      Optional<SpatialNetwork> network =
          name.isEmpty()
              ? FrozenNetworks.firstSpatial("⟨scoreNetwork⟩", SCORE_NETWORKS)
              : Optional.of(FrozenNetworks.openSpatial("⟨scoreNetwork⟩", name));
      return new Input(
          ImagePyramid.of(ImageSource.single("image", options.image()), options),
          network,
          Optional.ofNullable(options.fineTuning())
              .map(
                  from -> NaiveImage.open(from.naive(), from.mask(), options.pyramid().maxSize())));
    }
  }

  private final SingleOptions options;
  private final Input input;
  private final PyramidTraining training;
  private final StageScores scores;
  private final List<RgbImage> drawn = new ArrayList<>();
  private List<RgbImage> samples = List.of();

  /**
   * Builds the first stage.
   *
   * @throws tsugiki.base.BadInputException if the images that are wanted are too many or too large
   */
  public SingleRun(SingleOptions options, Input input) {
    this.options = options;
    this.input = input;
    refuseTooLarge();
    training = new PyramidTraining(options, input.images(), input.naive().map(NaiveImage::image));
    scores = new StageScores(input.scoreNetwork(), options.execution().settings());
  }

  /** What is drawn after the last stage shall not fail after the hours before. */
  private void refuseTooLarge() {
    SingleWatchOptions watch = options.watch();
    RgbImage full = input.images().of(last());
    PyramidArchitecture architecture = PyramidArchitecture.of(options, input.images().sizes());
    architecture.refuseTooLarge(architecture.sized(watch.width(), watch.height()));
    Checks.held("count", watch.count(), full.rgb().length);
    if (options.mode() == SingleMode.SUPER_RESOLVE) {
      PyramidSampler.scaled(full, watch.factor());
    }
  }

  /**
   * Trains, from the newest checkpoint where there is one, and writes everything. This object
   * trains once.
   *
   * @param run the run directory, with the options in it
   * @throws IllegalStateException if it has
   * @throws tsugiki.base.BadInputException as {@link TrainingRun#train}
   * @throws tsugiki.train.DivergedException if a measured value is no longer a number
   * @throws tsugiki.train.StoppedException if the thread is interrupted: the step under way is
   *     finished and saved, and a resumed run goes on from it
   */
  public Result train(RunDirectory run) {
    TrainingRun.Outcome outcome = TrainingRun.train(this, run);
    Map<String, Double> metrics = run.lastMetrics();
    Map<String, Double> last = new LinkedHashMap<>();
    for (String name : scores.names()) {
      if (metrics.containsKey(name)) {
        last.put(name, metrics.get(name));
      }
    }
    return new Result(run.path().toString(), outcome.model(), outcome.steps(), metrics, last);
  }

  /** The generator as it is. */
  public TrainedPyramid trained() {
    return training.trained();
  }

  @Override
  public Trainee trainee() {
    return training;
  }

  @Override
  public Plan plan() {
    SingleWatchOptions watch = options.watch();
    return new Plan(
        options.steps(input.images().sizes()),
        1,
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
    RunInputs inputs = new RunInputs().numbers("image", numbers(input.images().of(last())));
    return input
        .naive()
        .map(naive -> inputs.numbers("naive", numbers(naive.image())))
        .orElse(inputs);
  }

  private int last() {
    return input.images().sizes().stages() - 1;
  }

  private static int[] numbers(RgbImage image) {
    int[] numbers = new int[image.rgb().length + 2];
    numbers[0] = image.height();
    numbers[1] = image.width();
    for (int i = 0; i < image.rgb().length; i++) {
      numbers[i + 2] = image.rgb()[i];
    }
    return numbers;
  }

  @Override
  public void begin(RunDirectory run) {
    Pictures.writePng(
        StagePictures.grid(input.images().pictures(), IN_A_ROW), run.resolve("pyramid.png"));
  }

  @Override
  public void observe(Observers observers) {
    long stage = options.training().steps();
    observers
        .measure(stage, done -> endOfStage())
        .histograms(stage, training::histograms)
        .pictures(
            stage,
            () ->
                drawn.isEmpty()
                    ? List.of()
                    : List.of(Picture.kept("stage", StagePictures.grid(drawn, IN_A_ROW))))
        .pictures(SamplesOverTime.every(options), this::samplesNow);
  }

  private List<Picture> samplesNow() {
    try (PyramidSampler sampler = sampler()) {
      return List.of(
          SamplesOverTime.draw(
              sampler, training, options.training().seed(), input.images().sizes().full()));
    }
  }

  /** Draws and scores what a stage has learned. */
  private Map<String, Double> endOfStage() {
    int stage = training.stage();
    RgbImage real = input.images().of(stage);
    RgbImage reconstruction;
    try (PyramidSampler sampler = sampler()) {
      samples = random(sampler);
      reconstruction = sampler.draw(training.reconstruction(), sampler.architecture().full());
    }
    drawn.clear();
    drawn.add(real);
    drawn.add(reconstruction);
    drawn.addAll(samples.subList(0, Math.min(samples.size(), 2 * IN_A_ROW - 2)));
    Map<String, Double> measured = new LinkedHashMap<>();
    measured.put(STAGE, stage + 1.0);
    measured.putAll(scores.measure(real, reconstruction, samples));
    return measured;
  }

  private PyramidSampler sampler() {
    return new PyramidSampler(training.trained(), options.execution().settings());
  }

  private List<RgbImage> random(PyramidSampler sampler) {
    return IntStream.range(0, options.watch().count())
        .mapToObj(i -> training.first().random(options.training().seed() + i))
        .map(noise -> sampler.draw(noise, sampler.architecture().full()))
        .toList();
  }

  @Override
  public TrainingReport report(
      RunDirectory run, Map<String, Double> start, Map<String, Double> end) {
    try (PyramidSampler sampler = sampler()) {
      // A resumed run whose steps were all done has none.
      List<RgbImage> full = samples.isEmpty() ? random(sampler) : samples;
      new SingleResults(options, input, sampler, training).write(run, full);
    }
    return SingleReport.of(run, options, input.images().sizes(), scores.names());
  }

  @Override
  public void export(Path folder, String card) {
    PyramidExport.write(training.trained(), card, folder.resolve("model"));
  }

  @Override
  public void close() {
    scores.close();
    training.close();
  }
}
