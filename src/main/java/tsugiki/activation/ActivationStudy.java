package tsugiki.activation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.Counted;
import tsugiki.data.ImageSet;
import tsugiki.data.TrainingImages;
import tsugiki.gan.GanInput;
import tsugiki.gan.GanRun;
import tsugiki.gan.GanRunOptions;
import tsugiki.gan.TrainingLabels;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.score.GeneratorScores;
import tsugiki.study.Study;
import tsugiki.study.Trial;
import tsugiki.study.TrialOutcome;
import tsugiki.train.RunDirectory;
import tsugiki.train.RunInputs;
import tsugiki.train.TrainingTask;

/**
 * A study of activations: one GAN with each of them at one budget with several seeds, all scored
 * alike. Every training is a run of its own below the study's folder. A study that was interrupted
 * resumes, and several processes can work on one study ({@link Study}).
 */
public final class ActivationStudy {
  private static final Logger LOG = LoggerFactory.getLogger(ActivationStudy.class);

  /**
   * The results.
   *
   * @param run the study's folder
   * @param generators one map per activation and seed
   */
  public record Result(String run, List<Map<String, Object>> generators) {}

  private final ActivationStudyOptions options;
  private final Consumer<Path> logTo;
  private final ImageSet images;
  private final GeneratorScores.Judges judges;
  private final Optional<FrozenNetwork> projector;

  /**
   * Finds data and networks without TensorFlow's library.
   *
   * @param logTo sends the log to a file from then on: to that of the training that is under way,
   *     in between to the study's
   * @throws tsugiki.base.BadInputException if something is missing
   */
  public ActivationStudy(ActivationStudyOptions options, Consumer<Path> logTo) {
    this.options = options;
    this.logTo = logTo;
    GanRunOptions gan = options.gan();
    images =
        TrainingImages.load(gan.data(), gan.classes(), gan.network().imageSize(), gan.onBadImage());
    judges = ActivationScores.judges(options, images.classNames());
    projector =
        FrozenNetworks.openIfNamed("⟨projector⟩", gan.training().discriminator().projector());
  }

  /** What will be done, in words. */
  public String summary() {
    return "%s of %s; %s, %s each"
        .formatted(
            Counted.of(images.count(), "image"),
            Counted.of(images.classNames().size(), "class"),
            Counted.of(options.activations().size(), "activation"),
            Counted.of(options.repeats(), "time"));
  }

  /**
   * Trains and scores everything, and writes the tables, the charts and the page.
   *
   * @param directory makes the study's folder, once the networks that score have their weights
   * @throws tsugiki.base.BadInputException if they have not, or the study began with other images
   */
  public Result run(Supplier<RunDirectory> directory) {
    try (ActivationScores scores = new ActivationScores(options, judges, images)) {
      RunDirectory folder =
          Study.begin(directory, options, new RunInputs().images("images", images), logTo);
      ActivationStudyReport report = new ActivationStudyReport(folder.path(), options, scores);
      List<Trial> trials = new ArrayList<>();
      for (long seed : Trial.seeds(options.gan().training().seed(), options.repeats())) {
        for (String activation : options.activations()) {
          trials.add(trial(folder, activation, seed, scores));
        }
      }
      Study study = new Study(folder.path(), trials, logTo);
      study.run(() -> report.write(study.outcomes(trials)));
      return new Result(
          folder.path().toString(),
          study.outcomes(trials).stream().map(TrialOutcome::asMap).toList());
    }
  }

  private Trial trial(RunDirectory study, String activation, long seed, ActivationScores scores) {
    String name = Trial.folderName("%s-%d".formatted(activation, seed));
    Path folder = study.resolve(name);
    return new Trial(
        activation,
        seed,
        name,
        Set.of(),
        figures -> {
          LOG.info("{}, seed {}: {}", activation, seed, folder);
          train(folder, options.gan(activation, seed), scores, figures);
        });
  }

  /** The first training, with its networks built. */
  public GanRun first() {
    return gan(options.gan(options.activations().get(0), options.gan().training().seed()));
  }

  private GanRun gan(GanRunOptions wanted) {
    return new GanRun(
        wanted, new GanInput(images, TrainingLabels.of(images), projector, Optional.empty()));
  }

  private void train(
      Path folder, GanRunOptions wanted, ActivationScores scores, Map<String, Double> figures) {
    try (GanRun gan = TrainingTask.built(() -> gan(wanted).measuring(scores))) {
      RunDirectory run = RunDirectory.resumeOrCreate(folder, wanted);
      logTo.accept(run.resolve(Study.LOG_FILE));
      try {
        gan.train(run);
      } finally {
        // Of a training that diverged too: what it had come to is a result.
        figures.putAll(TrainingFigures.of(run, scores.names()));
      }
    }
  }
}
