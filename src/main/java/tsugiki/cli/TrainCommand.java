package tsugiki.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.gan.GanOptions;
import tsugiki.labels.FeatureRunOptions;
import tsugiki.labels.LabelOptions;
import tsugiki.labels.LabelledGanOptions;
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
  private static final String FEATURES = "of " + TrainRecipe.FEATURES;

  /** A training that should last longer, or end sooner, is gone on with by {@code --steps}. */
  private static final Map<String, String> LENGTH = Map.of("--steps", "/training/steps");

  @Spec private CommandSpec spec;

  @Mixin(name = "What is trained:")
  private final DataFlags data =
      new DataFlags(
          TrainFlags.ofNetworks()
              .and(FEATURES, TrainFlags.FEATURES.only("training.size", "training.channels")));

  @Mixin(name = "How:")
  private final FlagSection training =
      TrainFlags.ofTraining()
          .and(
              FEATURES,
              TrainFlags.FEATURES.only(
                  "training.batch", "training.steps", "training.rate", "training.mirror"));

  @Mixin(name = "Where labels come from:")
  private final FlagSection labels = TrainFlags.ofLabels();

  @Mixin(name = "With few labels:")
  private final FlagSection supervision =
      TrainFlags.ofSupervision()
          .and(
              FEATURES,
              TrainFlags.FEATURES.only("training.labelWeight", "training.selfSupervision"));

  @Mixin(name = "Measurements, samples and checkpoints:")
  private final FlagSection watch =
      TrainFlags.ofWatch().and(FEATURES, TrainFlags.FEATURES.only("watch"));

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
    TrainRecipe recipe = data.recipe();
    recipe.refuseOthers(spec, optional());
    if (recipe.equals(TrainRecipe.FEATURES)) {
      return FeatureJob.of(TrainFlags.features(spec, data, run));
    }
    LabelledGanOptions options = TrainFlags.gan(spec, TrainFlags.GAN, data, run);
    refuseUseless(options.gan().training(), options.labels());
    if (!options.gan().network().networks(1).conditional()) {
      recipe.refuseLabels(spec);
    }
    return GanJob.of(options, null);
  }

  /** The flags that not every recipe reads. */
  private Set<String> optional() {
    return Stream.of(data.networks(), training, labels, supervision, watch)
        .flatMap(section -> section.flags().keySet().stream())
        .collect(Collectors.toSet());
  }

  /** A flag that nothing reads would look as if it had been tried. */
  private void refuseUseless(GanOptions training, LabelOptions labels) {
    refuseUnless(
        training.supervision().rotation(),
        TrainFlags.OF_ROTATION.names(),
        "--self-supervision rotation; add it");
    refuseUnless(
        training.supervision().coTraining(),
        Set.of("--label-weight"),
        "--unlabelled co-training; the network of --features has its own, given where it is trained");
    refuseUnless(
        labels.ofShare(), Set.of("--label-seed"), "a share of labels such as --labels 10%%");
    refuseUnless(
        training.loss().penalised(), Set.of("--gradient-penalty"), "--loss wasserstein-gp");
  }

  private void refuseUnless(boolean useful, Set<String> flags, String needed) {
    if (!useful) {
      GivenFlags.refuse(spec, flags, "%s needs " + needed);
    }
  }
}
