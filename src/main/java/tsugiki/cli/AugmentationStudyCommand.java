package tsugiki.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.augmentation.AugmentationStudy;
import tsugiki.augmentation.AugmentationStudyOptions;
import tsugiki.gan.GanRunOptions;

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
final class AugmentationStudyCommand implements Runnable, HelpSections.Deciding {
  /** Flags of {@code train} that the variants decide. */
  private static final List<String> DECIDED = List.of("--augment", "--mirror");

  private static final RecordFlags<AugmentationStudyOptions> FLAGS =
      RecordFlags.of(
              AugmentationStudyOptions.defaults(
                  GanRunOptions.defaults(Path.of(""), RunOptions.ANYWHERE)))
          .without("gan");

  @Spec private CommandSpec spec;

  @Mixin private final FlagSection own = new FlagSection("study-augmentation", FLAGS);

  @Mixin(name = "What is trained:")
  private final DataFlags data = new DataFlags(TrainFlags.ofNetworks());

  @Mixin(name = "How:")
  private final FlagSection training = TrainFlags.ofTraining();

  @Mixin(name = "From the weights of another training:")
  private final FlagSection transfer = TrainFlags.ofTransfer();

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
    AugmentationStudyOptions options = run.resume().isPresent() ? resumed() : fromFlags();
    AugmentationStudy study = new AugmentationStudy(options, Logs::alsoTo);
    if (run.resume().isEmpty()) {
      study.tryTransfer();
    }
    TrainingJob.study(
            options,
            study.summary(),
            List.of(study::first),
            study::run,
            AugmentationStudy.Result::run)
        .start("study-augmentation", run, bulk, result);
  }

  private AugmentationStudyOptions resumed() {
    return Resuming.study(
        spec, run, AugmentationStudyOptions.class, options -> options.gan().execution());
  }

  private AugmentationStudyOptions fromFlags() {
    GivenFlags.refuse(spec, DECIDED, "study augmentation decides %s by --variants; leave it out");
    data.recipe().refuseOthers(spec, data.networks().flags().keySet());
    GanRunOptions gan =
        TrainFlags.gan(
                spec,
                TrainFlags.GAN.without("labels", TrainFlags.SUPERVISION, "gan.stopping"),
                data,
                run.here(),
                // Its variants that are transfers have a quarter, the others do not.
                training -> training)
            .gan();
    UselessFlags.refuse(spec, gan.training());
    return FLAGS.read(spec, AugmentationStudyOptions.defaults(gan));
  }
}
