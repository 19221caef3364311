package tsugiki.graft;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tsugiki.base.BadInputException;
import tsugiki.data.BadImagePolicy;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;
import tsugiki.data.ImageSource;
import tsugiki.graph.Weight;
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
   * @param projector the network of the finish's discriminator, where there is a finish
   * @param heldOut images that only judge the finish, where there are enough
   */
  public record Input(
      StoredGenerator rootstock,
      ImageSet images,
      FrozenNetwork perceptual,
      List<FrozenNetwork> judges,
      Optional<FrozenNetwork> projector,
      Optional<ImageSet> heldOut) {

    /** The same without a finish. */
    public Input(
        StoredGenerator rootstock,
        ImageSet images,
        FrozenNetwork perceptual,
        List<FrozenNetwork> judges) {
      this(rootstock, images, perceptual, judges, Optional.empty(), Optional.empty());
    }

    /**
     * Finds it.
     *
     * @throws BadInputException if something is not there or cannot be used
     */
    public static Input open(GraftOptions options) {
      StoredGenerator rootstock = StoredGenerator.open(options.generator());
      return of(options, rootstock, () -> images(options, rootstock.architecture().size()));
    }

    /**
     * Finds the networks for images that are there.
     *
     * @param decoded gives the training images, after everything else was found
     * @throws BadInputException if something is not there or cannot be used
     */
    static Input of(GraftOptions options, StoredGenerator rootstock, Supplier<ImageSet> decoded) {
      options.checkLayers(rootstock.architecture());
      FrozenNetwork perceptual = FrozenNetworks.open("⟨perceptual⟩", options.loss().perceptual());
      List<FrozenNetwork> judges =
          options.watch().scoreNetworks().stream()
              .map(name -> FrozenNetworks.open("⟨network⟩", name))
              .toList();
      Optional<FrozenNetwork> projector =
          options.finish().wanted()
              ? Optional.of(
                  FrozenNetworks.open("⟨finishProjector⟩", options.finish().finishProjector()))
              : Optional.empty();
      ImageSet images = decoded.get();
      return new Input(rootstock, images, perceptual, judges, projector, Optional.empty())
          .split(options.learning().seed());
    }

    /** Holds some images out where there are enough, and a judge who needs them. */
    Input split(long seed) {
      if (judge().isEmpty() || images.count() < FinishOptions.ENOUGH_IMAGES) {
        return this;
      }
      int out = Math.min(images.count() / 5, FinishOptions.MOST_HELD_OUT);
      // The first epoch of batches of all images is a permutation.
      int[] order = new Batches(images, images.count(), seed).indices(0);
      int[] training = Arrays.stream(order, out, order.length).sorted().toArray();
      return new Input(
          rootstock,
          images.select(training),
          perceptual,
          judges,
          projector,
          Optional.of(images.select(Arrays.copyOf(order, out))));
    }

    /** The first network to score with that has no part in a loss; it needs two images. */
    Optional<FrozenNetwork> judge() {
      return judges.stream()
          .filter(network -> projector.isPresent() && images.count() > 1)
          .filter(
              network ->
                  !network.sharesPassWith(perceptual)
                      && !network.sharesPassWith(projector.orElseThrow()))
          .findFirst();
    }

    private static ImageSet images(GraftOptions options, int size) {
      try (ImageSource all = ImageSource.open(options.images())) {
        ImageSource source = options.limit() > 0 ? all.limit(options.limit()) : all;
        if (source.count() > GraftOptions.MOST_IMAGES) {
          throw new BadInputException(
              "⟨images⟩ %s holds %d images; a graft takes at most %d, so choose with ⟨limit⟩"
                  .formatted(options.images(), source.count(), GraftOptions.MOST_IMAGES));
        }
        return ImageSet.load(source, size, BadImagePolicy.FAIL, options.crop());
      }
    }
  }

  private final GraftOptions options;
  private final GraftTraining training;
  private final GraftScores scores;
  private final GraftPictures pictures;
  private final RunInputs inputs;
  private final Optional<FrozenNetwork> judge;
  private final Optional<FinishJudge> judging;

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
            new Rootstock(input.rootstock().architecture(), weights),
            input.images(),
            input.perceptual(),
            input.projector());
    judge = input.judge();
    judging =
        judge.map(
            network ->
                new FinishJudge(
                    network, input.images(), input.heldOut(), options.execution().settings()));
    scores =
        new GraftScores(training, input.images(), input.judges(), options.execution().settings());
    pictures = new GraftPictures(options, training, input.images());
  }

  /** How many weights train inside the generator: all that train but the latent vectors. */
  long parameters() {
    return training.generator().weights().trained().stream().mapToLong(Weight::count).sum();
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
    return Plan.of(options.steps(), training.batch(), options.watch().intervals());
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
    judging.ifPresent(
        by ->
            observers.measure(
                1,
                done ->
                    training.judged(done, () -> by.of(pictures.truncated(FinishJudge.SAMPLES)))));
    observers
        .pictures(every, () -> training.shown(pictures::ofStep))
        .histograms(every, () -> training.shown(training::histograms))
        .measure(every, done -> training.shown(training::spread));
  }

  @Override
  public Map<String, Double> measureEnd() {
    return training.shown(() -> scores.measure(pictures.truncated(GraftScores.SAMPLES)));
  }

  @Override
  public String tag(String metric) {
    return switch (metric) {
      case "loss" -> "loss/total";
      case "l1", "perceptual", "prior", "embedding", "loss_g", "loss_d", "adversarial", "anchor" ->
          "loss/" + metric;
      default -> metric;
    };
  }

  @Override
  public TrainingReport report(
      RunDirectory run, Map<String, Double> before, Map<String, Double> after) {
    training.shown(
        () -> {
          pictures.results(run);
          return run;
        });
    TrainingReport report =
        GraftReport.of(
            run, options, GraftReport.figures(before, after), scores.protocols(), trained());
    if (options.finish().wanted()) {
      FinishReport.add(report, options, judge, training.bestStep());
    }
    return report;
  }

  @Override
  public void export(RunDirectory run, String card) {
    training
        .shown(
            () ->
                GraftServing.writer(
                    training.generator(), training.generatorValues(), training.latents(), card))
        .write(run.resolve("model"));
  }

  @Override
  public void close() {
    judging.ifPresent(FinishJudge::close);
    scores.close();
    training.close();
  }
}
