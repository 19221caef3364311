package tsugiki.augmentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.BadInputException;
import tsugiki.base.Counted;
import tsugiki.base.Phase;
import tsugiki.data.ImageSet;
import tsugiki.gan.GanInput;
import tsugiki.gan.GanRun;
import tsugiki.gan.GanRunOptions;
import tsugiki.gan.TrainingLabels;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.study.Study;
import tsugiki.study.Trial;
import tsugiki.study.TrialOutcome;
import tsugiki.train.RunDirectory;
import tsugiki.train.TrainingTask;

/**
 * A study of augmentation: GANs that are trained on few images, enlarged by static policies or
 * augmented inside the training, at one budget with several seeds, all scored alike. A study that
 * was interrupted resumes, and several processes can work on one study ({@link Study}).
 */
public final class AugmentationStudy {
  /** The step whose generator is kept, and the steps that were done, where these may differ. */
  static final String KEPT_STEP = "kept_step";

  static final String STEPS = "steps";

  private static final String NONE = "none";
  private static final Logger LOG = LoggerFactory.getLogger(AugmentationStudy.class);

  /**
   * The results.
   *
   * @param run the study's folder
   * @param generators one map per variant and seed
   */
  public record Result(String run, List<Map<String, Object>> generators) {}

  private final AugmentationStudyOptions options;
  private final Consumer<Path> logTo;
  private final VariantScores.Networks networks;
  private final Optional<VariantMeans> other;
  private final StudyImages images;

  /**
   * Finds data and networks without TensorFlow's library.
   *
   * @param logTo sends the log to a file from then on: to that of the training that is under way,
   *     in between to the study's
   * @throws BadInputException if something is missing
   */
  public AugmentationStudy(AugmentationStudyOptions options, Consumer<Path> logTo) {
    this.options = options;
    this.logTo = logTo;
    networks = VariantScores.Networks.open(options);
    other =
        options.compare().isEmpty()
            ? Optional.empty()
            : Optional.of(VariantMeans.read(Path.of(options.compare())));
    images = StudyImages.of(options);
  }

  /** What will be done, in words. */
  public String summary() {
    return "%s; scores compare with %s; %s, %s each"
        .formatted(
            Counted.of(images.training().count(), "training image"),
            images.against(),
            Counted.of(options.variants().size(), "variant"),
            Counted.of(options.repeats(), "time"));
  }

  /**
   * Trains and scores everything, and writes the tables, the charts and the page.
   *
   * @param directory makes the study's folder, once the networks that score have their weights
   * @throws BadInputException if they have not, or the study began with other images
   */
  public Result run(Supplier<RunDirectory> directory) {
    Sessions.Settings settings = options.gan().execution().settings();
    try (VariantScores scores =
        new VariantScores(networks, images, options.gan().watch().scoreImages(), settings)) {
      RunDirectory folder = Study.begin(directory, options, images.inputs(), logTo);
      AugmentationStudyReport report =
          new AugmentationStudyReport(folder.path(), options, images, scores, other);
      List<Trial> trials = new ArrayList<>();
      for (long seed : Trial.seeds(options.gan().training().seed(), options.repeats())) {
        for (String variant : ordered()) {
          trials.add(trial(folder, variant, seed, scores));
        }
      }
      Study study = new Study(folder.path(), trials, logTo);
      study.run(() -> report.write(study.outcomes(trials)));
      return new Result(
          folder.path().toString(),
          study.outcomes(trials).stream().map(TrialOutcome::asMap).toList());
    }
  }

  /** The variant without augmentation first: others may draw with its generator. */
  private List<String> ordered() {
    List<String> ordered = new ArrayList<>(options.variants());
    if (ordered.remove(NONE)) {
      ordered.add(0, NONE);
    }
    return ordered;
  }

  private Trial trial(RunDirectory study, String variant, long seed, VariantScores scores) {
    String name = folderName(variant, seed);
    Set<String> needs =
        StudyVariant.of(variant).drawn() ? Set.of(folderName(NONE, seed)) : Set.of();
    Path folder = study.resolve(name);
    return new Trial(
        variant,
        seed,
        name,
        needs,
        figures -> {
          LOG.info("{}, seed {}: {}", variant, seed, folder);
          GanRun.Result made = train(study.path(), variant, seed);
          if (images.stops()) {
            figures.put(KEPT_STEP, made.metrics().get(GanRun.BEST_STEP));
            figures.put(STEPS, (double) made.steps());
          }
          try (Phase scoring = Phase.begin("scoring " + folder)) {
            figures.putAll(scores.of(Path.of(made.model())));
          }
        });
  }

  private static String folderName(String variant, long seed) {
    return "%s-%d".formatted(variant.replace('+', '-'), seed);
  }

  /** The first training, with its networks built. */
  public GanRun first() {
    long seed = options.gan().training().seed();
    String variant = ordered().get(0);
    // The images that a generator of the study would add are no more than others.
    return StudyVariant.of(variant).drawn()
        ? gan(options.gan(variant, seed), images.training())
        : gan(options.gan(variant, seed), enlarged(Path.of(""), variant, seed));
  }

  /**
   * Builds the first of the trainings that begin with the weights of another, and lets it go again,
   * so that a source which does not fit is refused before anything is trained.
   *
   * @throws BadInputException if nothing of it fits, or not what is frozen
   */
  public void tryTransfer() {
    Comparator<String> freezingFirst =
        Comparator.comparing(variant -> !StudyVariant.of(variant).freezes());
    Optional<String> transfer =
        options.variants().stream()
            .filter(variant -> StudyVariant.of(variant).transfers())
            .min(freezingFirst);
    transfer.ifPresent(
        variant -> {
          GanRunOptions wanted = options.gan(variant, options.gan().training().seed());
          try (GanRun built = gan(wanted, images.training())) {
            LOG.debug("{} begins with {}", variant, wanted.from());
          } catch (BadInputException e) {
            throw e.in("⟨variants⟩ has %s, which cannot be trained".formatted(variant));
          }
        });
  }

  private GanRun gan(GanRunOptions variant, ImageSet some) {
    GanRunOptions wanted = variant.withStopping(images.stopping());
    GanInput input =
        new GanInput(
            some,
            TrainingLabels.of(some),
            FrozenNetworks.openIfNamed(
                "⟨projector⟩", wanted.training().discriminator().projector()),
            FrozenNetworks.openIfNamed("⟨scoreNetwork⟩", wanted.watch().scoreNetwork()),
            images.judging(),
            Map.of());
    return new GanRun(wanted, input);
  }

  private GanRun.Result train(Path study, String variant, long seed) {
    GanRunOptions wanted = options.gan(variant, seed);
    ImageSet enlarged = enlarged(study, variant, seed);
    try (GanRun gan = TrainingTask.built(() -> gan(wanted, enlarged))) {
      Path folder = study.resolve(folderName(variant, seed));
      RunDirectory run = RunDirectory.resumeOrCreate(folder, gan.options());
      logTo.accept(run.resolve(Study.LOG_FILE));
      return gan.train(run);
    }
  }

  /**
   * What a variant trains on.
   *
   * @param study the study's folder, where the generator of the same seed without augmentation lies
   */
  ImageSet enlarged(Path study, String name, long seed) {
    StudyVariant variant = StudyVariant.of(name);
    ImageSet training = images.training();
    int copies = options.copies() == 0 ? training.count() : options.copies();
    try (Phase enlarging = Phase.begin("enlarging the training images")) {
      if (!variant.drawn()) {
        return EnlargedSet.of(training, variant.policies(), copies, null, seed);
      }
      Path drawing = study.resolve(folderName(NONE, seed)).resolve("model");
      try (LoadedGenerator generator =
          LoadedGenerator.open(drawing, options.gan().execution().settings())) {
        return EnlargedSet.of(training, variant.policies(), copies, generator, seed);
      }
    }
  }
}
