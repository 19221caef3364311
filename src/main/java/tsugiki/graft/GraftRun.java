package tsugiki.graft;

import java.util.List;
import java.util.Map;
import tsugiki.base.BadInputException;
import tsugiki.data.BadImagePolicy;
import tsugiki.data.ImageSet;
import tsugiki.data.ImageSource;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;
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
public final class GraftRun implements TrainingTask, AutoCloseable {
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
      StoredGenerator rootstock,
      ImageSet images,
      FrozenNetwork perceptual,
      List<FrozenNetwork> judges) {

    /**
     * Finds it.
     *
     * @throws BadInputException if something is not there or cannot be used
     */
    public static Input open(GraftOptions options) {
      StoredGenerator rootstock = StoredGenerator.open(options.generator());
      options.checkLayers(rootstock.architecture());
      FrozenNetwork perceptual = FrozenNetworks.open("⟨perceptual⟩", options.loss().perceptual());
      List<FrozenNetwork> judges =
          options.watch().scoreNetworks().stream()
              .map(name -> FrozenNetworks.open("⟨network⟩", name))
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
  private final RunInputs inputs;

  /**
   * Builds the networks.
   *
   * @throws BadInputException if the generator or a network lacks weights
   */
  public GraftRun(GraftOptions options, Input input) {
    this.options = options;
    Map<String, float[]> weights = input.rootstock().weights();
    inputs = new RunInputs().images("images", input.images()).weights("generator", weights);
    training =
        new GraftTraining(
            options,
            new GraftTraining.Rootstock(input.rootstock().architecture(), weights),
            input.images(),
            input.perceptual());
    scores =
        new GraftScores(training, input.images(), input.judges(), options.execution().settings());
    pictures = new GraftPictures(options, training, input.images());
  }

  /** What is trained, one line per site with its count, and the sum. */
  public List<String> trained() {
    return GraftedGenerator.bySite(training.training().trained());
  }

  /** Trains, from the newest checkpoint where there is one, and writes everything. */
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
    return Plan.of(options.learning().steps(), training.batch(), options.watch().intervals());
  }

  @Override
  public Object options() {
    return options;
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
  public void begin(RunDirectory run) {
    pictures.reals(run);
  }

  @Override
  public void observe(Observers observers) {
    long every = options.watch().intervals().sampleEvery();
    observers
        .pictures(every, pictures::ofStep)
        .histograms(every, training::histograms)
        .measure(every, done -> training.spread());
  }

  @Override
  public Map<String, Double> measureEnd() {
    return scores.measure(pictures.truncated(GraftScores.SAMPLES));
  }

  @Override
  public String tag(String metric) {
    return switch (metric) {
      case "loss" -> "loss/total";
      case "l1", "perceptual", "prior", "embedding" -> "loss/" + metric;
      default -> metric;
    };
  }

  @Override
  public TrainingReport report(
      RunDirectory run, Map<String, Double> before, Map<String, Double> after) {
    pictures.results(run);
    return GraftReport.of(
        run, options, GraftReport.figures(before, after), scores.protocols(), trained());
  }

  @Override
  public void export(RunDirectory run, String card) {
    GraftServing.writer(training.generator(), training.generatorValues(), training.latents(), card)
        .write(run.resolve("model"));
  }

  @Override
  public void close() {
    scores.close();
    training.close();
  }
}
