package tsugiki.cli;

import static tsugiki.cli.GivenFlags.apply;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tsugiki.gan.BigGanOptions;
import tsugiki.labels.FeatureTrainingOptions;
import tsugiki.labels.LabelOptions;
import tsugiki.labels.LabelStudy;
import tsugiki.labels.LabelStudyOptions;
import tsugiki.labels.LabelVariant;
import tsugiki.train.RunDirectory;

/** The verb {@code study labels}. */
@Command(
    name = "labels",
    description = {
      "Trains GANs with few or no labels in different ways, and writes scores with their intervals,"
          + " label errors, charts and samples side by side. Several processes can share the work:"
          + " start others with --resume on the same folder."
    },
    resourceBundle = "tsugiki.cli.TrainDefaults",
    sortOptions = false)
final class LabelStudyCommand implements Runnable {
  /** Flags of {@code train} that the variants decide, or that choose no GAN. */
  private static final List<String> DECIDED =
      List.of("--unlabelled", "--soft-labels", "--self-supervision", "--recipe");

  @Spec private CommandSpec spec;

  @Option(
      names = "--variants",
      split = ",",
      paramLabel = "V",
      description = "Some of ${COMPLETION-CANDIDATES}. Default: all.")
  private List<LabelVariant> variants;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "The number of seeds, from --seed on. Default: 3.")
  private Integer repeats;

  @Option(
      names = "--shares",
      split = ",",
      paramLabel = "P%",
      description = "Shares of the labels for further feature networks, such as 5%%,20%%.")
  private List<String> shares;

  @Option(
      names = "--labels",
      paramLabel = "P%",
      description =
          "The labels of the data: a share such as 10%% of every folder's images, or FILE.csv."
              + " Default: 10%%.")
  private String labels;

  @Option(
      names = "--label-seed",
      paramLabel = "S",
      description = "Which images keep their label, the same in every repetition. Default: 0.")
  private Long labelSeed;

  @Option(
      names = "--label-count",
      paramLabel = "N",
      description = "The number of random labels, and of clusters. Default: the number of folders.")
  private Integer labelCount;

  @Option(
      names = "--feature-steps",
      paramLabel = "N",
      description = "Steps of every feature network. Default: 2000.")
  private Long featureSteps;

  @Option(
      names = "--feature-channels",
      paramLabel = "N",
      description = "Channels of its first map. Default: 32.")
  private Integer featureChannels;

  @Option(
      names = "--judge",
      paramLabel = "NAME:WEIGHTS",
      description =
          "The network whose features the table's FID and KID compare, once per generator."
              + " Default: --score-network.")
  private String judge;

  @Option(
      names = "--taps",
      split = ",",
      paramLabel = "T",
      description =
          "The layers of that network, each for an FID and a KID of its own, such as"
              + " 64,192,768,1280. Default: its usual one.")
  private List<String> taps;

  @Mixin(name = "What is trained:")
  private final NetworkFlags networks = new NetworkFlags();

  @Mixin(name = "How:")
  private final TrainingFlags training = new TrainingFlags();

  @Mixin(name = "The weights of the losses:")
  private final SupervisionFlags supervision = new SupervisionFlags();

  @Mixin(name = "Measurements, samples and checkpoints:")
  private final WatchFlags watch = new WatchFlags();

  @Mixin private RunOptions run;
  @Mixin private ResultOptions result;

  @Override
  public void run() {
    boolean resumed = run.resume().isPresent();
    LabelStudyOptions options =
        resumed ? Resuming.options(spec, run, LabelStudyOptions.class, Map.of()) : fromFlags();
    if (resumed) {
      options.gan().execution().refuseElsewhere();
    }
    Path folder = Resuming.folder(run, "study-labels");
    LabelStudy study = new LabelStudy(options, Logs::alsoTo);
    PrintWriter out = spec.commandLine().getOut();
    Logs.about(study.summary());
    Logs.about(RunDirectory.json(options));
    out.println(RunDirectory.json(options));
    out.printf("%s; the study goes to %s%n", study.summary(), folder);
    out.flush();
    if (run.dryRun()) {
      return;
    }
    result.write(
        study.run(
            () -> resumed ? RunDirectory.resume(folder) : RunDirectory.create(folder, options)));
    out.printf("The table is in %s.%n", folder.resolve("study.md"));
    out.flush();
  }

  private LabelStudyOptions fromFlags() {
    GivenFlags.refuse(spec, DECIDED, "study labels decides %s by --variants; leave it out");
    LabelStudyOptions options =
        LabelStudyOptions.defaults(
            GanJob.options(networks, training, supervision, watch, run), features());
    LabelOptions given = labels == null ? options.labels() : LabelOptions.of(labels);
    options = options.withLabels(GivenFlags.apply(given, labelSeed, LabelOptions::withLabelSeed));
    options = GivenFlags.apply(options, variants, LabelStudyOptions::withVariants);
    options = GivenFlags.apply(options, labelCount, LabelStudyOptions::withLabelCount);
    options = GivenFlags.apply(options, shares, LabelStudyOptions::withShares);
    options = GivenFlags.apply(options, repeats, LabelStudyOptions::withRepeats);
    options = GivenFlags.apply(options, judge, LabelStudyOptions::withJudge);
    return GivenFlags.apply(options, taps, LabelStudyOptions::withTaps);
  }

  private FeatureTrainingOptions features() {
    FeatureTrainingOptions options =
        training
            .ofFeatures()
            .withSize(Objects.requireNonNullElse(networks.size(), BigGanOptions.defaults().size()))
            .withSeed(run.seed());
    options = apply(options, featureChannels, FeatureTrainingOptions::withChannels);
    return apply(options, featureSteps, FeatureTrainingOptions::withSteps);
  }
}
