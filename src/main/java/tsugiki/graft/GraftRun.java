package tsugiki.graft;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.BadInputException;
import tsugiki.data.BadImagePolicy;
import tsugiki.data.ImageSet;
import tsugiki.data.ImageSource;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.report.EventWriter;
import tsugiki.savedmodel.GeneratorModel;
import tsugiki.train.RunDirectory;
import tsugiki.train.TrainingLoop;

/**
 * A graft from options to run directory. Making it does everything that can fail for what the user
 * gave, so that bad input leaves no directory behind.
 */
public final class GraftRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GraftRun.class);

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

  /**
   * What a graft reads, found and decoded without TensorFlow's library.
   *
   * @param rootstock the generator
   * @param images the training images at the generator's size
   * @param perceptual the network of the perceptual loss
   * @param judges the networks to score with
   */
  public record Input(
      GeneratorModel rootstock,
      ImageSet images,
      FrozenNetwork perceptual,
      List<FrozenNetwork> judges) {

    /**
     * Finds it.
     *
     * @throws BadInputException if something is not there or cannot be used
     */
    public static Input open(GraftOptions options) {
      GeneratorModel rootstock = GeneratorModel.open(options.generator());
      options.checkGroups(rootstock.architecture());
      FrozenNetwork perceptual = FrozenNetworks.open("perceptual", options.loss().perceptual());
      List<FrozenNetwork> judges =
          options.watch().scoreNetworks().stream()
              .map(name -> FrozenNetworks.open("network", name))
              .toList();
      return new Input(
          rootstock, images(options, rootstock.architecture().size()), perceptual, judges);
    }

    private static ImageSet images(GraftOptions options, int size) {
      try (ImageSource all = ImageSource.open(options.images())) {
        ImageSource source = options.limit() > 0 ? all.limit(options.limit()) : all;
        if (source.count() > GraftOptions.MOST_IMAGES) {
          throw new BadInputException(
              "⟨images⟩ %s holds %d images; a graft takes at most %d, so choose with ⟨limit⟩"
                  .formatted(options.images(), source.count(), GraftOptions.MOST_IMAGES));
        }
        return ImageSet.load(source, size, BadImagePolicy.FAIL);
      }
    }
  }

  private final GraftOptions options;
  private final GraftTraining training;
  private final GraftScores scores;
  private final GraftPictures pictures;

  /**
   * Builds the networks.
   *
   * @throws BadInputException if the generator or a network lacks weights
   */
  public GraftRun(GraftOptions options, Input input) {
    this.options = options;
    GraftTraining.Rootstock rootstock =
        new GraftTraining.Rootstock(input.rootstock().architecture(), input.rootstock().weights());
    training = new GraftTraining(options, rootstock, input.images(), input.perceptual());
    scores = new GraftScores(input.images(), input.judges(), options.execution().settings());
    pictures = new GraftPictures(options, training, input.images());
  }

  /** What is trained, a line a site with its count, and the sum. */
  public List<String> trained() {
    return training.generator().trainedBySite();
  }

  /** Trains, from the newest checkpoint where there is one, and writes everything. */
  public Result train(RunDirectory run) {
    TrainingLoop loop = new TrainingLoop(plan(), run, training);
    // The rootstock is scored before a checkpoint is restored over it.
    Map<String, Double> before = measure();
    long from = run.resumed() ? loop.restore() : 0;
    Map<String, Double> after = new LinkedHashMap<>();
    try (EventWriter events = events(run, from)) {
      if (from == 0) {
        begin(run, events, before);
      }
      watch(loop, run, events);
      loop.every(
          options.learning().steps(),
          done -> {
            after.putAll(measure());
            return after;
          });
      loop.run(from);
    }
    if (after.isEmpty()) {
      // All steps were done before; a resumed run then only lacks what follows them.
      after.putAll(measure());
    }
    return finish(run, before, after);
  }

  private static EventWriter events(RunDirectory run, long from) {
    if (!run.resumed()) {
      return EventWriter.open(run.path());
    }
    return EventWriter.resume(run.path(), from == 0 ? 0 : from + 1);
  }

  /** What comes before the first step; a run cut before its first checkpoint begins anew. */
  private void begin(RunDirectory run, EventWriter events, Map<String, Double> before) {
    run.forgetAfter(-1);
    events.graph(training.graph().toGraphDef());
    pictures.reals(run);
    run.addMetrics(0, before);
    before.forEach((name, value) -> events.scalar(name, 0, value));
    sample(run, events, 0);
  }

  private TrainingLoop.Plan plan() {
    return new TrainingLoop.Plan(
        options.learning().steps(),
        training.batch(),
        options.watch().measureEvery(),
        options.watch().checkpointEvery());
  }

  private void watch(TrainingLoop loop, RunDirectory run, EventWriter events) {
    loop.every(
        options.watch().sampleEvery(),
        done -> {
          sample(run, events, done);
          training.histograms().forEach((name, values) -> events.histogram(name, done, values));
          return training.spread();
        });
    loop.recordedBy(
        (done, values) -> {
          values.forEach((name, value) -> events.scalar(tag(name), done, value));
          events.flush();
        });
  }

  /** TensorBoard groups tags by what stands before the slash. */
  private static String tag(String name) {
    return switch (name) {
      case "loss" -> "loss/total";
      case "l1", "perceptual", "prior", "embedding" -> "loss/" + name;
      default -> name;
    };
  }

  private void sample(RunDirectory run, EventWriter events, long done) {
    BufferedImage grid = pictures.fixedSamples(run, done);
    events.image("samples", done, grid);
    events.image("reconstruction", done, pictures.reconstruction());
    events.flush();
  }

  private Map<String, Double> measure() {
    return scores.measure(pictures.truncated(GraftScores.SAMPLES), training.reconstruct());
  }

  private Result finish(RunDirectory run, Map<String, Double> before, Map<String, Double> after) {
    pictures.results(run);
    GraftReport report = new GraftReport(run, options, before, after, scores.protocols());
    GraftServing.writer(training.generator(), training.generatorValues(), report.card())
        .write(run.resolve("model"));
    report.write(trained());
    LOG.info(
        "the generator is in {}, the page of the run in {}",
        run.resolve("model"),
        run.resolve("report.html"));
    return new Result(
        run.path().toString(),
        run.resolve("model").toString(),
        options.learning().steps(),
        before,
        after);
  }

  @Override
  public void close() {
    scores.close();
    training.close();
  }
}
