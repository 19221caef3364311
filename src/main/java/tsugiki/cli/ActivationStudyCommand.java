package tsugiki.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.activation.ActivationStudy;
import tsugiki.activation.ActivationStudyOptions;
import tsugiki.gan.DcganBookOptions;
import tsugiki.gan.GanRunOptions;

/** The verb {@code study activation}. */
@Command(
    name = "activation",
    description = {
      "Trains a DCGAN with each of some activations, and writes the classes that it covers, scores,"
          + " losses and learned parameters with their intervals, charts and samples. Several"
          + " processes can share the work: start others with --resume on the same folder."
    },
    sortOptions = false)
final class ActivationStudyCommand implements Runnable, HelpSections.Deciding {
  /** Flags of {@code train} that the study decides. */
  private static final List<String> DECIDED = List.of("--activation");

  private static final RecordFlags<ActivationStudyOptions> FLAGS =
      RecordFlags.of(
              ActivationStudyOptions.defaults(
                  GanRunOptions.defaults(Path.of(""), RunOptions.ANYWHERE)
                      .withNetwork(DcganBookOptions.defaults())))
          .without("gan");

  @Spec private CommandSpec spec;

  @Mixin private final FlagSection own = new FlagSection("study-activation", FLAGS);

  @Mixin(name = "What is trained:")
  private final DataFlags data = new DataFlags(TrainFlags.ofNetworks(), TrainRecipe.DCGAN_BOOK);

  @Mixin(name = "How:")
  private final FlagSection training = TrainFlags.ofTraining();

  @Mixin(name = "Measurements, samples and checkpoints:")
  private final FlagSection watch =
      new FlagSection("train", TrainFlags.GAN.only("gan.watch").without("gan.watch.scoreNetwork"));

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
    ActivationStudyOptions options = run.resume().isPresent() ? resumed() : fromFlags();
    ActivationStudy study = new ActivationStudy(options, Logs::alsoTo);
    TrainingJob.study(
            options,
            study.summary(),
            List.of(study::first),
            study::run,
            ActivationStudy.Result::run)
        .start("study-activation", run, bulk, result);
  }

  private ActivationStudyOptions resumed() {
    return Resuming.study(
        spec, run, ActivationStudyOptions.class, options -> options.gan().execution());
  }

  private ActivationStudyOptions fromFlags() {
    GivenFlags.refuse(spec, DECIDED, "study activation decides %s by --activations; leave it out");
    data.recipe().refuseOthers(spec, data.networks().flags().keySet());
    GanRunOptions gan =
        TrainFlags.gan(
                spec, TrainFlags.GAN.without("labels", TrainFlags.SUPERVISION), data, run.here())
            .gan();
    UselessFlags.refuse(spec, gan.training());
    UselessFlags.refuseAugmentation(spec, gan.training());
    return FLAGS.read(spec, ActivationStudyOptions.defaults(gan));
  }
}
