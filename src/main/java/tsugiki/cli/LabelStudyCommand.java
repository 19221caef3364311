package tsugiki.cli;

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
import tsugiki.gan.LabelOptions;
import tsugiki.labels.FeatureTrainingOptions;
import tsugiki.labels.LabelStudy;
import tsugiki.labels.LabelStudyOptions;
import tsugiki.labels.LabelVariant;
import tsugiki.train.RunDirectory;

/** The study {@code labels}. */
@Command(
    name = "labels",
    description = {
      "Trains GANs that see few or no labels in different ways, and writes scores, label errors,"
          + " charts and samples side by side."
    },
    sortOptions = false)
final class LabelStudyCommand implements Runnable {
  /** What the variants decide, and what is no GAN. */
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
      description = "How often, with --seed and the seeds after it. Default: 3.")
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
      defaultValue = "10%",
      description =
          "The labels that there are: a share such as 10%% of every folder's images, or FILE.csv."
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
      description =
          "How many labels are drawn from at random, and how many clusters there are. Default: as"
              + " many as the data has folders.")
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
          "The network whose features the table's FID and KID compare, where another one than"
              + " --score-network should; it sees every generator once. Default: --score-network.")
  private String judge;

  @Option(
      names = "--taps",
      split = ",",
      paramLabel = "T",
      description =
          "The layers of that network, each for an FID and a KID of its own, such as"
              + " 64,192,768,1280. Default: the one that it is known for.")
  private List<String> taps;

  @Mixin(name = "What is trained:")
  private final NetworkFlags networks = new NetworkFlags();

  @Mixin(name = "How:")
  private final TrainingFlags training = new TrainingFlags();

  @Mixin(name = "The weights of the losses:")
  private final SupervisionFlags supervision = new SupervisionFlags();

  @Mixin(name = "What is looked at meanwhile:")
  private final WatchFlags watch = new WatchFlags();

  @Mixin private RunOptions run;
  @Mixin private ResultOptions result;

  @Override
  public void run() {
    boolean resumed = run.resume().isPresent();
    LabelStudyOptions options =
        resumed ? Resuming.options(spec, run, LabelStudyOptions.class, Map.of()) : asked();
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

  private LabelStudyOptions asked() {
    GivenFlags.refuse(spec, DECIDED, "study labels decides %s by --variants; leave it out");
    return new LabelStudyOptions(
        variants,
        new LabelOptions(labels, labelSeed, null, null),
        labelCount,
        shares,
        repeats,
        GanJob.options(networks, LabelOptions.all(), training, supervision, watch, run),
        new FeatureTrainingOptions(
            Objects.requireNonNullElse(networks.size(), 64),
            featureChannels,
            null,
            featureSteps,
            training.learningRate(),
            null,
            null,
            run.seed()),
        judge,
        taps);
  }
}
