package tsugiki.gan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.FigureWords;
import tsugiki.model.FrozenNetwork;
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
public final class GanRun implements TrainingTask {
  private static final Logger LOG = LoggerFactory.getLogger(GanRun.class);

  /**
   * The result of a run.
   *
   * @param run the run directory
   * @param model the folder of the generator's SavedModel
   * @param steps generator steps done
   * @param metrics what was measured last, by name
   */
  public record Result(String run, String model, long steps, Map<String, Double> metrics) {}

  /** Among the metrics of a run that keeps the best moment, the step of it. */
  public static final String BEST_STEP = Judgements.STEP;

  private final GanRunOptions options;
  private final Object saved;
  private final GanInput input;
  private final GanTraining training;
  private final GanSamples samples;
  private final RunInputs inputs;
  private final List<String> begunWith;
  private final Optional<KidProbe> probe;
  private final Optional<Judgements> judgements;
  private final List<DrawnMeasure> measures = new ArrayList<>();

  /**
   * Builds the networks.
   *
   * @throws tsugiki.base.BadInputException if a frozen network's weights are missing, or the
   *     networks cannot be trained with the loss
   */
  public GanRun(GanRunOptions options, GanInput input) {
    this(options, options, input);
  }

  /**
   * The same for a run whose {@code options.json} holds more.
   *
   * @param saved the options as the file holds them
   */
  public GanRun(GanRunOptions options, Object saved, GanInput input) {
    this.options = options;
    this.saved = saved;
    this.input = input;
    GanNetworks networks = options.network().networks(input.labels().classNames().size());
    TrainingLabels labels =
        networks.conditional()
            ? input.labels()
            : TrainingLabels.hard(new int[input.images().count()], List.of("all"));
    GanOptions how = options.training();
    training =
        new GanTraining(
            how,
            networks,
            input.images(),
            labels,
            ProjectedNetwork.orOwn(input.projector(), how.discriminator(), networks),
            options.execution().training(),
            options.stopping().judged());
    try {
      samples = new GanSamples(training, input.images().size(), how.seed());
      inputs =
          new RunInputs()
              .images("images", input.images())
              .network("projector", input.projector().flatMap(FrozenNetwork::weightsDigest));
      if (options.stopping().judged()) {
        inputs.images("held-out images", input.reals());
      }
      begunWith =
          options.from().isEmpty()
              ? List.of()
              : TransferSource.open(Path.of(options.from())).begin(training, inputs);
      probe =
          input
              .scoreNetwork()
              .filter(network -> input.reals().count() >= HeldOut.FEWEST)
              .map(
                  network ->
                      new KidProbe(
                          network,
                          input.reals(),
                          options.watch().scoreImages(),
                          how.seed(),
                          options.execution().settings()));
      judgements =
          probe
              .filter(score -> options.stopping().judged())
              .map(
                  score ->
                      new Judgements(
                          training,
                          score.name(),
                          options.watch().scoreEvery(),
                          options.stopping().stopAfter()));
    } catch (RuntimeException e) {
      // A study goes on with other trainings in this process.
      training.close();
      throw e;
    }
  }

  /** Also takes a measurement at the steps of scores, and after the last step. */
  public GanRun measuring(DrawnMeasure measure) {
    measures.add(measure);
    return this;
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
    return new Result(run.path().toString(), outcome.model(), outcome.steps(), run.lastMetrics());
  }

  @Override
  public Trainee trainee() {
    return training;
  }

  @Override
  public Plan plan() {
    GanOptions how = options.training();
    return Plan.of(how.steps(), how.imagesPerStep(), options.watch().intervals());
  }

  @Override
  public Object options() {
    return saved;
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
    return inputs;
  }

  @Override
  public void begin(RunDirectory run) {
    TransferSource.log(options, begunWith);
  }

  /** What was measured of the labels. */
  @Override
  public Map<String, Double> measureStart() {
    return input.aboutLabels();
  }

  @Override
  public void observe(Observers observers) {
    long every = options.watch().scoreEvery();
    probe.ifPresent(
        score ->
            observers.measure(
                every,
                done -> {
                  Map<String, Double> scores = scored(score, done);
                  return judgements.map(judge -> judge.of(scores, done)).orElse(scores);
                }));
    measures.forEach(measure -> observers.measure(every, done -> scored(measure, done)));
    observers.pictures(
        options.watch().intervals().sampleEvery(),
        () -> List.of(Picture.kept("samples", samples.draw())));
    observers.histograms(options.watch().intervals().sampleEvery(), training::histograms);
  }

  @Override
  public boolean ended(long done) {
    return judgements.filter(judge -> judge.ended(done)).isPresent();
  }

  /** The score of the averaged generator. */
  @Override
  public Optional<Double> cost(Map<String, Double> measured) {
    return probe.map(score -> measured.get(score.name()));
  }

  private Map<String, Double> scored(DrawnMeasure measure, long done) {
    Map<String, Double> scores = measure.of(training.drawSpread(measure.count()));
    LOG.info("step {}: {}", done, FigureWords.of(scores));
    return scores;
  }

  @Override
  public TrainingReport report(
      RunDirectory run, Map<String, Double> start, Map<String, Double> end) {
    byte[] drawn = samples.write(run);
    Optional<FinalScores> scores = probe.map(by -> FinalScores.of(by, training, input));
    scores.ifPresent(found -> found.nearest(drawn, run));
    return GanReport.of(
        run,
        options,
        saved,
        training.classNames(),
        GanFigures.of(run, options, input, begunWith, probe),
        scores);
  }

  @Override
  public void export(Path folder, String card) {
    training.kept(
        () -> {
          exportCheckpoint(folder, card);
          return folder;
        });
  }

  @Override
  public void exportCheckpoint(Path folder, String card) {
    GanExport.write(training, options, card, folder);
  }

  @Override
  public void close() {
    probe.ifPresent(KidProbe::close);
    training.close();
  }
}
