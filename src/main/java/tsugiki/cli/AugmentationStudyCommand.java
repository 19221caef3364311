package tsugiki.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.augmentation.AugmentationStudy;
import tsugiki.augmentation.AugmentationStudyOptions;
import tsugiki.gan.GanRunOptions;
import tsugiki.train.RunDirectory;

/** The verb {@code study augmentation}. */
@Command(
    name = "augmentation",
    description = {
      "Trains GANs on few images, enlarged by static policies or augmented inside the training, and"
          + " writes scores with their intervals, the order that each score gives the variants,"
          + " the images' classes, charts and samples. Several processes can share the work: start"
          + " others with --resume on the same folder."
    },
    sortOptions = false)
final class AugmentationStudyCommand implements Runnable {
  /** Flags of {@code train} that the variants decide. */
  private static final List<String> DECIDED = List.of("--augment", "--mirror");

  private static final RecordFlags<AugmentationStudyOptions> FLAGS =
      RecordFlags.of(
              AugmentationStudyOptions.defaults(
                  GanRunOptions.defaults(Path.of(""), RunOptions.ANYWHERE)))
          .without("gan");

  @Spec private CommandSpec spec;

  @Mixin private final FlagSection study = new FlagSection("study-augmentation", FLAGS);

  @Mixin(name = "What is trained:")
  private final DataFlags data = new DataFlags(TrainFlags.ofNetworks());

  @Mixin(name = "How:")
  private final FlagSection training = TrainFlags.ofTraining();

  @Mixin(name = "Measurements, samples and checkpoints:")
  private final FlagSection watch = TrainFlags.ofWatch();

  @Mixin private RunOptions run;
  @Mixin private ResultOptions result;

  @Override
  public void run() {
    boolean resumed = run.resume().isPresent();
    AugmentationStudyOptions options =
        resumed
            ? Resuming.options(spec, run, AugmentationStudyOptions.class, Map.of())
            : fromFlags();
    if (resumed) {
      options.gan().execution().refuseElsewhere();
    }
    Path folder = Resuming.folder(run, "study-augmentation");
    AugmentationStudy made = new AugmentationStudy(options, Logs::alsoTo);
    PrintWriter out = spec.commandLine().getOut();
    Logs.about(made.summary());
    Logs.about(RunDirectory.json(options));
    out.println(RunDirectory.json(options));
    out.printf("%s; the study goes to %s%n", made.summary(), folder);
    out.flush();
    if (run.dryRun()) {
      return;
    }
    result.write(
        made.run(
            () -> resumed ? RunDirectory.resume(folder) : RunDirectory.create(folder, options)));
    out.printf("The table is in %s.%n", folder.resolve("study.md"));
    out.flush();
  }

  private AugmentationStudyOptions fromFlags() {
    GivenFlags.refuse(spec, DECIDED, "study augmentation decides %s by --variants; leave it out");
    GanRunOptions gan =
        TrainFlags.gan(spec, TrainFlags.GAN.without("labels", TrainFlags.SUPERVISION), data, run)
            .gan();
    return FLAGS.read(spec, AugmentationStudyOptions.defaults(gan));
  }
}
