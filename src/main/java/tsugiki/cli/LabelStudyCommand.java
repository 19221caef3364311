package tsugiki.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.gan.GanRunOptions;
import tsugiki.gan.GanWatchOptions;
import tsugiki.labels.LabelStudy;
import tsugiki.labels.LabelStudyOptions;
import tsugiki.recognition.FeatureTrainingOptions;

/** The verb {@code study labels}. */
@Command(
    name = "labels",
    description = {
      "Trains GANs with few or no labels in different ways, and writes scores with their intervals,"
          + " label errors, charts and samples side by side. Several processes can share the work:"
          + " start others with --resume on the same folder."
    },
    sortOptions = false)
final class LabelStudyCommand implements Runnable, HelpSections.Deciding {
  /** Flags of {@code train} that the variants decide, or that choose no GAN. */
  private static final List<String> DECIDED =
      List.of("--unlabelled", "--soft-labels", "--self-supervision", "--recipe");

  private static final RecordFlags<LabelStudyOptions> FLAGS =
      RecordFlags.of(
              LabelStudyOptions.defaults(
                  GanRunOptions.defaults(Path.of(""), RunOptions.ANYWHERE)
                      .withWatch(GanWatchOptions.defaults().withScoreNetwork("starter")),
                  FeatureTrainingOptions.defaults()))
          .only(
              "variants",
              "repeats",
              "shares",
              "labels.labels",
              "labels.labelSeed",
              "labelCount",
              "features.size",
              "features.channels",
              "features.steps",
              "features.rate",
              "features.labelWeight",
              "features.mirror",
              "features.seed",
              "judge",
              "taps")
          // The name of a network may hold commas.
          .option("judge", option -> option.splitRegex(""))
          .named("features.channels", "feature-channels")
          .named("features.steps", "feature-steps")
          .named("features.rate", "learning-rate")
          .named("features.labelWeight", "feature-label-weight");

  /** The flags that are the study's own; the others are a GAN's too. */
  private static final RecordFlags<LabelStudyOptions> OWN =
      FLAGS.without("features.size", "features.mirror", "features.seed");

  @Spec private CommandSpec spec;

  @Mixin private final FlagSection study = new FlagSection("study-labels", OWN);

  @Mixin(name = "What is trained:")
  private final DataFlags data = new DataFlags(TrainFlags.ofNetworks());

  @Mixin(name = "How:")
  private final FlagSection training = TrainFlags.ofTraining();

  @Mixin(name = "The weights of the losses:")
  private final FlagSection supervision = TrainFlags.ofSupervision();

  @Mixin(name = "Measurements, samples and checkpoints:")
  private final FlagSection watch = TrainFlags.ofWatch();

  @Mixin(name = "On a Spark cluster:")
  private final BulkFlags bulk = BulkFlags.ofStudy();

  @Mixin private RunOptions run;
  @Mixin private ResultOptions result;

  @Override
  public List<String> decided() {
    return DECIDED;
  }

  @Override
  public void run() {
    LabelStudyOptions options = run.resume().isPresent() ? resumed() : fromFlags();
    LabelStudy study = new LabelStudy(options, Logs::alsoTo);
    TrainingJob.study(options, study.summary(), study.kinds(), study::run, LabelStudy.Result::run)
        .start("study-labels", run, bulk, result);
  }

  private LabelStudyOptions resumed() {
    return Resuming.study(spec, run, LabelStudyOptions.class, options -> options.gan().execution());
  }

  private LabelStudyOptions fromFlags() {
    GivenFlags.refuse(spec, DECIDED, "study labels decides %s by --variants; leave it out");
    data.recipe().refuseOthers(spec, data.networks().flags().keySet());
    GanRunOptions gan =
        TrainFlags.gan(spec, TrainFlags.GAN.without("labels"), data, run.here()).gan();
    UselessFlags.refuse(spec, gan.training());
    UselessFlags.refuseAugmentation(spec, gan.training());
    FeatureTrainingOptions features =
        FeatureTrainingOptions.defaults().withSize(gan.network().imageSize());
    LabelStudyOptions options = FLAGS.read(spec, LabelStudyOptions.defaults(gan, features));
    UselessFlags.refuseSupervision(spec, options);
    return options;
  }
}
