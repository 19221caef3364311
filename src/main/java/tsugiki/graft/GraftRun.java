package tsugiki.graft;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.graph.Weight;
import tsugiki.model.FrozenNetwork;
import tsugiki.savedmodel.SavedModelWriter;
import tsugiki.savedmodel.SlimModel;
import tsugiki.savedmodel.StoredGenerator;
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
 * A graft from options to run directory. Making it does everything that can fail for what the user
 * gave, so that bad input leaves no directory behind.
 */
public final class GraftRun implements TrainingTask {
  /**
   * What came out.
   *
   * @param run the run directory
   * @param model the folder of the SavedModel
   * @param steps steps done
   * @param before the scores of the rootstock with one class vector, by name
   * @param after the scores of the graft
   */
  public record Result(
      String run,
      String model,
      long steps,
      Map<String, Double> before,
      Map<String, Double> after) {}

  private final GraftOptions options;
  private final StoredGenerator rootstock;
  private final GraftTraining training;
  private final GraftScores scores;
  private final GraftPictures pictures;
  private final RunInputs inputs;
  private final Optional<FrozenNetwork> judge;
  private final Optional<FinishJudge> judging;

  /**
   * Builds the networks.
   *
   * @throws BadInputException if the generator or a network lacks weights, or memory does not hold
   *     the samples of a score
   */
  public GraftRun(GraftOptions options, GraftInput input) {
    this.options = options;
    if (!input.judges().isEmpty()) {
      Checks.held("scoreImages", options.watch().scoreImages(), input.images().imageLength());
    }
    rootstock = input.rootstock();
    Rootstock frozen = Rootstock.of(rootstock);
    inputs =
        new RunInputs()
            .images("images", input.images())
            .weights("generator", frozen.weights())
            .network("perceptual network", input.perceptual().weightsDigest())
            .network("projector", input.projector().flatMap(FrozenNetwork::weightsDigest));
    input.heldOut().ifPresent(unseen -> inputs.images("held-out images", unseen));
    training =
        new GraftTraining(options, frozen, input.images(), input.perceptual(), input.projector());
    try {
      judge = input.judge();
      judging =
          judge.map(
              network ->
                  new FinishJudge(
                      network, input.images(), input.heldOut(), options.execution().settings()));
      scores =
          new GraftScores(
              training,
              input.images(),
              input.judges(),
              options.watch().scoreImages(),
              options.execution().settings());
      pictures = new GraftPictures(options, training, input.images());
    } catch (RuntimeException e) {
      training.close();
      throw e;
    }
  }

  /** How many weights train inside the generator: all that train but the latent vectors. */
  long parameters() {
    boolean fixed = options.learning().embeddingRate() == 0;
    return training.generator().weights().trained().stream()
        .filter(weight -> !(fixed && weight == training.training().classVector()))
        .mapToLong(Weight::count)
        .sum();
  }

  /** What is trained, one line per site with its count, and the sum. */
  public List<String> trained() {
    return GraftedGenerator.bySite(training.training().trained());
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
    return new Result(
        run.path().toString(), outcome.model(), outcome.steps(), outcome.start(), outcome.end());
  }

  @Override
  public Trainee trainee() {
    return training;
  }

  @Override
  public Plan plan() {
    Plan plan = Plan.of(options.steps(), training.batch(), options.watch().intervals());
    return options.finish().wanted() ? plan.turningAt(options.learning().steps()) : plan;
  }

  @Override
  public OptionalLong returnsTo(RunDirectory run) {
    return new ChangedLength(run.options(GraftOptions.class), options)
        .returnsTo(RunDirectory.stepsDone(run.path()));
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
    return inputs;
  }

  /** The scores of the rootstock with one class vector. */
  @Override
  public Map<String, Double> measureStart() {
    return measureEnd();
  }

  @Override
  public boolean startTakesLong() {
    return true;
  }

  @Override
  public void atStart(Runnable work) {
    training.atStart(work);
  }

  @Override
  public void begin(RunDirectory run) {
    pictures.reals(run);
  }

  @Override
  public void observe(Observers observers) {
    long every = options.watch().intervals().sampleEvery();
    judging.ifPresent(
        by ->
            observers.measureWhen(
                done -> options.finish().isJudged(done - options.learning().steps()),
                done ->
                    training.judged(done, () -> by.of(pictures.truncated(FinishJudge.SAMPLES)))));
    observers
        .pictures(every, () -> training.shown(pictures::ofStep))
        .histograms(every, () -> training.shown(training::histograms))
        .measure(every, done -> training.shown(() -> training.spread(training.latents())));
  }

  /**
   * {@inheritDoc} That is what the finish judges by. Without a finish there is none: all images are
   * learned, and the nearer a moment comes to these, in the loss as in KMMD and KID, the more it
   * has copied of them. Nothing that is measured tells which moment draws others best, and the last
   * one is the graft of the papers.
   */
  @Override
  public Optional<Double> cost(Map<String, Double> measured) {
    return judging.flatMap(by -> by.cost(measured));
  }

  @Override
  public Map<String, Double> measureEnd() {
    return training.shown(() -> scores.measure(pictures::truncated));
  }

  @Override
  public String tag(String metric) {
    return switch (metric) {
      case "loss" -> "loss/total";
      case "l1",
          "perceptual",
          "prior",
          "embedding",
          "loss_g",
          "loss_d",
          "adversarial",
          "anchor",
          "closeness",
          "size" ->
          "loss/" + metric;
      default -> metric;
    };
  }

  @Override
  public TrainingReport report(
      RunDirectory run, Map<String, Double> before, Map<String, Double> after) {
    training.shown(
        () -> {
          pictures.results(run, scores);
          return run;
        });
    TrainingReport report =
        GraftReport.of(
            run,
            options,
            GraftReport.figures(before, after, scores.intervals()),
            scores.protocols(),
            trained());
    if (options.finish().wanted()) {
      FinishReport.add(report, options, judge, training.bestStep());
    }
    return report;
  }

  @Override
  public void export(Path folder, String card) {
    if (options.watch().slim()) {
      SlimModel.write(whole(card), rootstock, folder.resolve("model"));
    } else {
      exportCheckpoint(folder, card);
    }
  }

  /** {@inheritDoc} It is whole, also of a run that keeps only what differs from the rootstock. */
  @Override
  public void exportCheckpoint(Path folder, String card) {
    whole(card).write(folder.resolve("model"));
  }

  private SavedModelWriter whole(String card) {
    return training.shown(
        () ->
            GraftServing.writer(
                training.generator(),
                training.generatorValues(),
                training.latents(),
                card,
                options.watch()));
  }

  @Override
  public void close() {
    judging.ifPresent(FinishJudge::close);
    scores.close();
    training.close();
  }
}
