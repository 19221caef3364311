package tsugiki.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.gan.GanRunOptions;
import tsugiki.gan.LabelOptions;
import tsugiki.gan.SupervisionOptions;
import tsugiki.labels.FeatureRunOptions;
import tsugiki.labels.FeatureTrainingOptions;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;

/** The verb {@code train}. */
@Command(
    name = "train",
    description = {
      "Trains a class-conditional generator on folders of images, one folder a class, and writes it"
          + " as a SavedModel into a run directory; or, with --recipe features, the network that"
          + " labels or clusters images for one."
    },
    sortOptions = false)
final class TrainCommand implements Runnable {
  /** A training that should last longer, or end sooner, is gone on with by {@code --steps}. */
  private static final Map<String, String> LENGTH = Map.of("--steps", "/training/steps");

  @Spec private CommandSpec spec;

  @Mixin(name = "What is trained:")
  private final NetworkFlags networks = new NetworkFlags();

  @Mixin(name = "How:")
  private final TrainingFlags training = new TrainingFlags();

  @Mixin(name = "Where labels come from:")
  private final LabelFlags labels = new LabelFlags();

  @Mixin(name = "With few labels:")
  private final SupervisionFlags supervision = new SupervisionFlags();

  @Mixin(name = "What is looked at meanwhile:")
  private final WatchFlags watch = new WatchFlags();

  @Mixin private RunOptions run;
  @Mixin private ResultOptions result;

  @Override
  public void run() {
    TrainingJob job = run.resume().isPresent() ? resumed() : asked();
    Path folder = Resuming.folder(run, "train");
    PrintWriter out = spec.commandLine().getOut();
    String options = RunDirectory.json(job.options());
    Logs.about(job.summary());
    Logs.about(options);
    out.println(options);
    out.printf("%s; the run goes to %s%n", job.summary(), folder);
    out.flush();
    if (run.dryRun()) {
      return;
    }
    TrainingJob.Done done = job.train(() -> directory(folder, job));
    out.printf("The %s is in %s.%n", done.what(), done.model());
    out.flush();
    result.write(done.result());
  }

  private RunDirectory directory(Path folder, TrainingJob job) {
    RunDirectory directory =
        run.resume().isPresent()
            ? RunDirectory.resume(folder)
            : RunDirectory.create(folder, job.options());
    Logs.alsoTo(directory.resolve("log.txt"));
    return directory;
  }

  private TrainingJob resumed() {
    if (Resuming.recipe(run).equals(TrainRecipe.FEATURES.toString())) {
      FeatureRunOptions options = Resuming.options(spec, run, FeatureRunOptions.class, Map.of());
      options.execution().refuseElsewhere();
      return FeatureJob.of(options);
    }
    GanRunOptions options = Resuming.options(spec, run, GanRunOptions.class, LENGTH);
    options.execution().refuseElsewhere();
    return GanJob.of(options, run.resume().orElseThrow());
  }

  private TrainingJob asked() {
    TrainRecipe recipe = networks.recipe();
    recipe.refuseOthers(spec);
    if (recipe == TrainRecipe.FEATURES) {
      return FeatureJob.of(featuresAsked());
    }
    GanRunOptions options =
        GanJob.options(networks, labels.options(), training, supervision, watch, run);
    refuseUseless(options.training().supervision(), options.labels());
    return GanJob.of(options, null);
  }

  /** A flag that nothing reads would look as if it had been tried. */
  private void refuseUseless(SupervisionOptions supervised, LabelOptions labelled) {
    if (!supervised.rotation()) {
      GivenFlags.refuse(
          spec, SupervisionFlags.OF_ROTATION, "%s needs --self-supervision rotation; add it");
    }
    if (!supervised.coTraining()) {
      GivenFlags.refuse(
          spec,
          SupervisionFlags.OF_CLASS_HEAD,
          "%s needs --unlabelled co-training; the network of --features has its own, given where it is trained");
    }
    if (labelled.source() != LabelOptions.Source.SHARE) {
      GivenFlags.refuse(
          spec, LabelFlags.OF_SHARE, "%s needs a share of labels such as --labels 10%%");
    }
  }

  private FeatureRunOptions featuresAsked() {
    return new FeatureRunOptions(
        null,
        networks.data(),
        networks.classes(),
        labels.options(),
        new FeatureTrainingOptions(
            networks.size(),
            networks.channels(),
            training.batch(),
            training.steps(),
            training.learningRate(),
            supervision.labelWeight(),
            supervision.selfSupervision(),
            run.seed()),
        watch.ofFeatures(),
        Execution.here(run.device()));
  }
}
