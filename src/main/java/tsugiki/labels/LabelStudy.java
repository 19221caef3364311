package tsugiki.labels;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.AtomicFile;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSet;
import tsugiki.gan.GanRun;
import tsugiki.gan.GanRunOptions;
import tsugiki.gan.TrainingImages;
import tsugiki.train.DivergedException;
import tsugiki.train.RunDirectory;

/**
 * Compares the variants at one budget with several seeds. Every training is a run of its own below
 * the study's folder, so that a study that was broken off goes on where it was, and any of its
 * trainings can be looked at like any other.
 */
public final class LabelStudy {
  private static final String FIGURES = "figures.json";
  private static final String LOG_FILE = "log.txt";
  private static final String NO_NETWORK_YET = "(made by the study)";
  private static final Logger LOG = LoggerFactory.getLogger(LabelStudy.class);

  /**
   * What came out.
   *
   * @param run the study's folder
   * @param generators the table of the variants, a map a repetition
   * @param features the label errors of the feature networks
   */
  public record Result(
      String run, List<Map<String, Object>> generators, List<Map<String, Object>> features) {}

  /**
   * One training of a study.
   *
   * @param name the variant, or what the feature network saw
   * @param seed of the repetition
   * @param folder of the run
   * @param figures what was measured, by name
   */
  record Trial(String name, long seed, Path folder, Map<String, Double> figures) {
    Map<String, Object> asMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", name);
      map.put("seed", seed);
      map.putAll(figures);
      return map;
    }
  }

  private final LabelStudyOptions options;
  private final Consumer<Path> logTo;
  private final GeneratorScores.Judges judges;
  private final ImageSet images;

  /**
   * Finds data and networks without TensorFlow's library, and checks every variant's options.
   *
   * @param logTo sends the log to a file from then on: to that of the training that is under way,
   *     in between to the study's
   * @throws BadInputException if something is not there or a variant cannot be made
   */
  public LabelStudy(LabelStudyOptions options, Consumer<Path> logTo) {
    this.options = options;
    this.logTo = logTo;
    options.variants().forEach(this::firstOptions);
    GanRunOptions gan = options.gan();
    judges = GeneratorScores.Judges.open(options.judge(), options.taps());
    images = TrainingImages.load(gan.data(), gan.classes(), gan.network().imageSize());
    options
        .featureLabels()
        .forEach(seen -> GivenLabels.of(options.features(seen, 0).labels(), images));
    options.variants().forEach(this::check);
  }

  /** Those of the first seed, which refuse what no variant can be made of. */
  private GanRunOptions firstOptions(LabelVariant variant) {
    boolean asks = !variant.featureLabels(options.labels().labels()).isEmpty();
    return options.gan(variant, 0, asks ? NO_NETWORK_YET : null);
  }

  /** Whatever a training would refuse hours later. */
  private void check(LabelVariant variant) {
    if (variant == LabelVariant.BIGGAN && images.classNames().size() == 1) {
      throw new BadInputException(
          "⟨variants⟩ has biggan, whose labels are the folders, and the data has one; leave it out");
    }
    MadeLabels.of(firstOptions(variant).labels(), images);
  }

  /** What will be done, in words. */
  public String summary() {
    return "%d images of %d classes; %d variants and %d feature networks, %d times each"
        .formatted(
            images.count(),
            images.classNames().size(),
            options.variants().size(),
            options.featureLabels().size(),
            options.repeats());
  }

  /**
   * Trains and scores everything, and writes the tables, the charts and the page.
   *
   * @param directory makes the study's folder, once the networks that score have their weights
   * @throws BadInputException if they have not
   */
  public Result run(Supplier<RunDirectory> directory) {
    List<Trial> features = new ArrayList<>();
    List<Trial> generators = new ArrayList<>();
    long first = options.gan().training().seed();
    int count = options.gan().watch().scoreImages();
    try (GeneratorScores scores =
        new GeneratorScores(judges, images, count, options.gan().execution().settings())) {
      RunDirectory study = directory.get();
      logTo.accept(study.resolve(LOG_FILE));
      LabelStudyReport report =
          new LabelStudyReport(study, options, judges.scores(), scores.protocol());
      for (long seed = first; seed < first + options.repeats(); seed++) {
        for (String seen : options.featureLabels()) {
          features.add(feature(study, seen, seed));
          logTo.accept(study.resolve(LOG_FILE));
        }
        for (LabelVariant variant : options.variants()) {
          generators.add(generator(study, variant, seed, scores));
          logTo.accept(study.resolve(LOG_FILE));
          // After every training, so that a long study can be watched.
          report.write(generators, features);
        }
      }
      return new Result(
          study.path().toString(),
          generators.stream().map(Trial::asMap).toList(),
          features.stream().map(Trial::asMap).toList());
    }
  }

  private Trial feature(RunDirectory study, String seen, long seed) {
    Path folder = featureFolder(study, seen, seed);
    if (finished(folder)) {
      return new Trial(seen, seed, folder, figures(folder));
    }
    LOG.info("a feature network that sees {}, seed {}: {}", seen, seed, folder);
    FeatureRunOptions wanted = options.features(seen, seed);
    try (FeatureRun run = new FeatureRun(wanted, FeatureRun.Input.open(wanted))) {
      return finish(new Trial(seen, seed, folder, run.train(directory(folder, wanted)).metrics()));
    }
  }

  private static Path featureFolder(RunDirectory study, String seen, long seed) {
    String word = Path.of(seen).getFileName().toString().replace("%", "-percent");
    return study.resolve("features-%s-%d".formatted(word, seed));
  }

  private Trial generator(
      RunDirectory study, LabelVariant variant, long seed, GeneratorScores scores) {
    Path folder = study.resolve("%s-%d".formatted(variant, seed));
    if (finished(folder)) {
      return new Trial(variant.toString(), seed, folder, figures(folder));
    }
    LOG.info("{}, seed {}: {}", variant, seed, folder);
    String seen = variant.featureLabels(options.labels().labels());
    String model =
        seen.isEmpty()
            ? null
            : featureFolder(study, seen, seed).resolve("model").toAbsolutePath().toString();
    GanRunOptions wanted = options.gan(variant, seed, model);
    GanLabels labels = GanLabels.open(wanted, folder);
    GanRun.Input input = labels.resolve();
    Map<String, Double> figures = new LinkedHashMap<>(input.aboutLabels());
    RunDirectory run;
    Path trained;
    try (GanRun gan = new GanRun(wanted, input)) {
      run = directory(folder, wanted);
      labels.write(run);
      trained = Path.of(gan.train(run).model());
    } catch (DivergedException e) {
      // A result like others, and one that comes again with the same seed; the study goes on.
      LOG.warn("{}, seed {}: {}", variant, seed, e.getMessage());
      figures.put("diverged_at", (double) e.step());
      return finish(new Trial(variant.toString(), seed, folder, figures));
    }
    figures.putAll(scores.of(trained, input.labels()));
    if (wanted.training().supervision().coTraining()) {
      figures.putAll(labels.headError(run.resolve("discriminator")));
    }
    Collapse.step(run).ifPresent(step -> figures.put("collapsed_at", (double) step));
    return finish(new Trial(variant.toString(), seed, folder, figures));
  }

  /** Keeps a trial's figures, so that a resumed study does not do it again. */
  private static Trial finish(Trial trial) {
    byte[] json = RunDirectory.json(trial.figures()).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(trial.folder().resolve(FIGURES), out -> out.write(json));
    return trial;
  }

  private static boolean finished(Path folder) {
    return Files.exists(folder.resolve(FIGURES));
  }

  private static Map<String, Double> figures(Path folder) {
    return RunDirectory.figures(folder.resolve(FIGURES));
  }

  private RunDirectory directory(Path folder, Object wanted) {
    RunDirectory run =
        Files.exists(folder.resolve("options.json"))
            ? RunDirectory.resume(folder)
            : RunDirectory.create(folder, wanted);
    logTo.accept(run.resolve(LOG_FILE));
    return run;
  }
}
