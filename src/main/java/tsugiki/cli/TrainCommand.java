package tsugiki.cli;

import static tsugiki.cli.GivenFlags.apply;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.gan.GanOptions;
import tsugiki.gan.SupervisionOptions;
import tsugiki.labels.FeatureRunOptions;
import tsugiki.labels.FeatureTrainingOptions;
import tsugiki.labels.LabelOptions;
import tsugiki.labels.LabelledGanOptions;
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
    resourceBundle = "tsugiki.cli.TrainDefaults",
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

  @Mixin(name = "Measurements, samples and checkpoints:")
  private final WatchFlags watch = new WatchFlags();

  @Mixin private RunOptions run;
  @Mixin private ResultOptions result;

  @Override
  public void run() {
    TrainingJob job = run.resume().isPresent() ? resumed() : fromFlags();
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
    TrainingJob.Done done = job.train(() -> Resuming.directory(run, "train", job.options()));
    out.printf("The %s is in %s.%n", done.what(), done.model());
    out.flush();
    result.write(done.result());
  }

  private TrainingJob resumed() {
    if (Resuming.recipe(run).equals(TrainRecipe.FEATURES.toString())) {
      FeatureRunOptions options = Resuming.options(spec, run, FeatureRunOptions.class, Map.of());
      options.execution().refuseElsewhere();
      return FeatureJob.of(options);
    }
    LabelledGanOptions options = Resuming.options(spec, run, LabelledGanOptions.class, LENGTH);
    options.gan().execution().refuseElsewhere();
    return GanJob.of(options, run.resume().orElseThrow());
  }

  private TrainingJob fromFlags() {
    TrainRecipe recipe = networks.recipe();
    recipe.refuseOthers(spec);
    if (recipe.equals(TrainRecipe.FEATURES)) {
      return FeatureJob.of(featuresAsked());
    }
    LabelledGanOptions options =
        new LabelledGanOptions(
            GanJob.options(networks, training, supervision, watch, run), labels.options());
    GanOptions how = options.gan().training();
    refuseUseless(how.supervision(), options.labels());
    if (!how.loss().penalised()) {
      GivenFlags.refuse(spec, Set.of("--gradient-penalty"), "%s needs --loss wasserstein-gp");
    }
    if (!options.gan().network().networks(1).conditional()) {
      recipe.refuseLabels(spec);
    }
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
    if (!labelled.ofShare()) {
      GivenFlags.refuse(
          spec, LabelFlags.OF_SHARE, "%s needs a share of labels such as --labels 10%%");
    }
  }

  private FeatureRunOptions featuresAsked() {
    return new FeatureRunOptions(
        networks.data(),
        networks.classes(),
        labels.options(),
        features(),
        watch.ofFeatures(),
        Execution.here(run.device()));
  }

  private FeatureTrainingOptions features() {
    FeatureTrainingOptions options = training.ofFeatures().withSeed(run.seed());
    options = apply(options, networks.size(), FeatureTrainingOptions::withSize);
    options = apply(options, networks.channels(), FeatureTrainingOptions::withChannels);
    options = apply(options, training.batch(), FeatureTrainingOptions::withBatch);
    options = apply(options, training.steps(), FeatureTrainingOptions::withSteps);
    options = apply(options, supervision.labelWeight(), FeatureTrainingOptions::withLabelWeight);
    return apply(
        options, supervision.selfSupervision(), FeatureTrainingOptions::withSelfSupervision);
  }
}
