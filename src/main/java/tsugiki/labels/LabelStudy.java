package tsugiki.labels;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tsugiki.base.BadInputException;
import tsugiki.base.Counted;
import tsugiki.data.ImageSet;
import tsugiki.data.TrainingImages;
import tsugiki.gan.GanRun;
import tsugiki.gan.GanRunOptions;
import tsugiki.recognition.FeatureRun;
import tsugiki.recognition.FeatureRunOptions;
import tsugiki.study.Study;
import tsugiki.study.Trial;
import tsugiki.study.TrialOutcome;
import tsugiki.train.RunDirectory;
import tsugiki.train.RunInputs;
import tsugiki.train.TrainingTask;

/**
 * A study of few labels: the variants at one budget with several seeds. Every training is a run of
 * its own below the study's folder. A study that was interrupted resumes, and several processes can
 * work on one study ({@link Study}).
 */
public final class LabelStudy {
  private static final String NO_NETWORK_YET = "(made by the study)";

  /**
   * The results.
   *
   * @param run the study's folder
   * @param generators one map per variant, share of the labels and seed
   * @param features the label errors of the feature networks, one map per labels and seed
   */
  public record Result(
      String run, List<Map<String, Object>> generators, List<Map<String, Object>> features) {}

  private final LabelStudyOptions options;
  private final Consumer<Path> logTo;
  private final LabelJudges judges;
  private final ImageSet images;

  /**
   * Finds data and networks without TensorFlow's library, and checks every variant's options.
   *
   * @param logTo sends the log to a file from then on: to that of the training that is under way,
   *     in between to the study's
   * @throws BadInputException if something is missing or a variant is impossible
   */
  public LabelStudy(LabelStudyOptions options, Consumer<Path> logTo) {
    this.options = options;
    this.logTo = logTo;
    forEachVariant(this::firstOptions);
    GanRunOptions gan = options.gan();
    judges = LabelJudges.open(options.judge(), options.taps());
    images =
        TrainingImages.load(gan.data(), gan.classes(), gan.network().imageSize(), gan.onBadImage());
    options
        .featureLabels()
        .forEach(learned -> options.features(learned, 0).labels().source().given(images));
    forEachVariant(this::check);
  }

  /** Hands on every variant with every share of the labels that it is trained with. */
  private void forEachVariant(BiConsumer<LabelVariant, String> each) {
    options.trained().forEach(variant -> each.accept(variant, options.labels().labels()));
    options
        .furtherShares()
        .forEach(share -> options.ofShares().forEach(variant -> each.accept(variant, share)));
  }

  /** The options of a seed, which refuse what is wrong with every seed. */
  private LabelledGanOptions firstOptions(LabelVariant variant, String share) {
    boolean network = !variant.featureLabels(share).isEmpty();
    return options.gan(variant, share, 0, network ? NO_NETWORK_YET : "");
  }

  /** Refuses now what a training would refuse hours later. */
  private void check(LabelVariant variant, String share) {
    if (variant == LabelVariant.BIGGAN && images.classNames().size() == 1) {
      throw new BadInputException(
          "⟨variants⟩ has biggan, whose labels are the folders, and the data has one; leave it out");
    }
    // No feature network is trained yet.
    boolean kept = true;
    firstOptions(variant, share).source().check(images, kept);
  }

  /** What will be done, in words. */
  public String summary() {
    int shares = options.furtherShares().size();
    String atShares =
        shares == 0
            ? ""
            : ", %d of them also with %s of the labels"
                .formatted(options.ofShares().size(), Counted.of(shares, "further share"));
    String leftOut = options.leftOut().isEmpty() ? "" : ". " + options.aboutLeftOut();
    return "%s of %s; %s%s and %s, %s each%s"
        .formatted(
            Counted.of(images.count(), "image"),
            Counted.of(images.classNames().size(), "class"),
            Counted.of(options.trained().size(), "variant"),
            atShares,
            Counted.of(options.featureLabels().size(), "feature network"),
            Counted.of(options.repeats(), "time"),
            leftOut);
  }

  /**
   * Trains and scores everything, and writes the tables, the charts and the page.
   *
   * @param directory makes the study's folder, once the networks that score have their weights
   * @throws BadInputException if they have not, or the study began with other images
   */
  public Result run(Supplier<RunDirectory> directory) {
    GanRunOptions gan = options.gan();
    try (LabelScores scores =
        new LabelScores(judges, images, gan.watch().scoreImages(), gan.execution().settings())) {
      RunDirectory folder =
          Study.begin(directory, options, new RunInputs().images("images", images), logTo);
      LabelTrials trials = new LabelTrials(folder, options, scores, logTo);
      LabelStudyReport report =
          new LabelStudyReport(folder.path(), options, images, judges.scores(), scores.protocol());
      Study study = new Study(folder.path(), trials.all(), logTo);
      study.run(
          () ->
              report.write(
                  new LabelStudyReport.Outcomes(
                      study.outcomes(trials.generators()),
                      study.outcomes(trials.atShares()),
                      study.outcomes(trials.features()),
                      study.outcomes(trials.real()))));
      List<Trial> generators = new ArrayList<>(trials.generators());
      generators.addAll(trials.atShares());
      return new Result(
          folder.path().toString(),
          study.outcomes(generators).stream().map(TrialOutcome::asMap).toList(),
          study.outcomes(trials.features()).stream().map(TrialOutcome::asMap).toList());
    }
  }

  /**
   * What builds a training of each kind: the first GAN that needs no feature network, and the first
   * feature network; one of them at least.
   */
  public List<Supplier<? extends TrainingTask>> kinds() {
    long seed = options.gan().training().seed();
    String share = options.labels().labels();
    List<Supplier<? extends TrainingTask>> kinds = new ArrayList<>();
    options.trained().stream()
        .filter(variant -> variant.featureLabels(share).isEmpty())
        .findFirst()
        .ifPresent(variant -> kinds.add(() -> gan(options.gan(variant, share, seed, ""))));
    options.featureLabels().stream()
        .findFirst()
        .ifPresent(learned -> kinds.add(() -> network(options.features(learned, seed))));
    return kinds;
  }

  private static FeatureRun network(FeatureRunOptions wanted) {
    return new FeatureRun(wanted, FeatureRun.Input.open(wanted));
  }

  private static GanRun gan(LabelledGanOptions wanted) {
    return new GanRun(wanted.gan(), wanted, GanLabels.open(wanted).resolve());
  }
}
