package tsugiki.cli;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.cli.TrainingJob.Done;
import tsugiki.gan.GanOptions;
import tsugiki.gan.GanRun;
import tsugiki.gan.GanRunOptions;
import tsugiki.labels.GanLabels;
import tsugiki.labels.LabelOptions;
import tsugiki.labels.LabelledGanOptions;
import tsugiki.recognition.FeatureRun;
import tsugiki.recognition.FeatureRunOptions;
import tsugiki.train.RunDirectory;

/** The verb {@code train}. */
@Command(
    name = "train",
    description = {
      "Trains a generator on a folder of images, or on one folder per class, and writes it as a"
          + " SavedModel into a run directory; or, with --recipe features, the network that"
          + " labels or clusters images for one."
    },
    sortOptions = false)
final class TrainCommand implements Runnable {
  private static final String FEATURES = "of " + TrainRecipe.FEATURES;
  private static final String TEACHER = "--teacher";

  /**
   * A training that should last longer, or end sooner, is gone on with by {@code --steps}; one
   * whose images share a pattern, by {@code --spectrum}.
   */
  private static final Map<String, String> CHANGEABLE =
      ImmutableMap.<String, String>builder()
          .putAll(Resuming.ofDevices(Resuming.length("/training/steps")))
          .put("--spectrum", "/training/augmentation/spectrum")
          .build();

  @Spec private CommandSpec spec;

  @Mixin(name = "What is trained:")
  private final DataFlags data =
      new DataFlags(
          TrainFlags.ofNetworks()
              .and(
                  FEATURES,
                  TrainFlags.FEATURES.only(
                      "onBadImage",
                      "licence",
                      "training.size",
                      "training.channels",
                      "training.depth")));

  @Mixin(name = "How:")
  private final FlagSection training =
      TrainFlags.ofTraining()
          .and(
              FEATURES,
              TrainFlags.FEATURES.only(
                  "training.batch", "training.steps", "training.rate", "training.mirror"));

  @Mixin(name = "From the weights of another training:")
  private final FlagSection transfer = TrainFlags.ofTransfer();

  @Mixin(name = "Judged by images that it does not see:")
  private final FlagSection stopping = TrainFlags.ofStopping();

  @Mixin(name = "Where labels come from:")
  private final FlagSection labels = TrainFlags.ofLabels();

  @Mixin(name = "With few labels:")
  private final FlagSection supervision =
      TrainFlags.ofSupervision()
          .and(
              FEATURES,
              TrainFlags.FEATURES.only("training.labelWeight", "training.selfSupervision"));

  @Mixin(name = "With a teacher, of --recipe features:")
  private final FlagSection teacher = new FlagSection("train", TrainFlags.FEATURES.only("teacher"));

  @Mixin(name = "Measurements, samples and checkpoints:")
  private final FlagSection watch =
      TrainFlags.ofWatch().and(FEATURES, TrainFlags.FEATURES.only("watch"));

  @Mixin private RunOptions run;
  @Mixin private ReplicasFlag replicas;
  @Mixin private ProfileFlag profile;
  @Mixin private ResultOptions result;

  @Override
  public void run() {
    job().start("train", run, profile, result);
  }

  /** The training that the flags ask for. */
  TrainingJob job() {
    return run.resume().isPresent() ? resumed() : fromFlags();
  }

  private TrainingJob resumed() {
    return Resuming.recipe(run.resume().orElseThrow()).equals(TrainRecipe.FEATURES.toString())
        ? resumedFeatures()
        : resumedGan();
  }

  private TrainingJob resumedFeatures() {
    FeatureRunOptions options =
        Resuming.options(
            spec,
            run,
            FeatureRunOptions.class,
            Resuming.ofDevices(Resuming.KEEP),
            FeatureRunOptions::execution);
    return ofFeatures(options.withExecution(replicas.again(options.execution())));
  }

  private TrainingJob resumedGan() {
    LabelledGanOptions options =
        Resuming.options(
            spec, run, LabelledGanOptions.class, CHANGEABLE, saved -> saved.gan().execution());
    GanRunOptions gan = options.gan();
    return ofGan(
        new LabelledGanOptions(
            gan.withExecution(replicas.again(gan.execution())), options.labels()),
        GanLabels.open(options, run.resume().orElseThrow()));
  }

  private static TrainingJob ofFeatures(FeatureRunOptions options) {
    FeatureRun.Input input = FeatureRun.Input.open(options);
    TrainingJob job =
        TrainingJob.of(
            options,
            input.summary(),
            () -> new FeatureRun(options, input),
            (features, directory) -> {
              FeatureRun.Result trained = features.train(directory.get());
              return new Done("The feature network is in " + trained.model() + ".", trained);
            });
    // The maps of a teacher would go into the user's cache.
    return options.teacher().given()
        ? job.trying(folder -> FeatureRun.tried(options, input, folder))
        : job;
  }

  private static TrainingJob ofGan(LabelledGanOptions options, GanLabels labels) {
    return TrainingJob.of(
        options,
        labels.summary(),
        () -> new GanRun(options.gan(), options, labels.resolve()),
        (gan, directory) -> {
          RunDirectory run = directory.get();
          labels.write(run);
          GanRun.Result trained = gan.train(run);
          return new Done("The generator is in " + trained.model() + ".", trained);
        });
  }

  private TrainingJob fromFlags() {
    TrainRecipe recipe = data.recipe();
    recipe.refuseOthers(spec, optional());
    if (recipe.equals(TrainRecipe.FEATURES)) {
      FeatureRunOptions features = TrainFlags.features(spec, data, run.here(replicas));
      UselessFlags.refuseUnless(
          features.teacher().given(),
          spec,
          Sets.difference(teacher.flags().keySet(), Set.of(TEACHER)),
          TEACHER);
      return ofFeatures(features);
    }
    LabelledGanOptions options =
        TrainFlags.scored(spec, TrainFlags.gan(spec, TrainFlags.GAN, data, run.here(replicas)));
    refuseUseless(options.gan().training(), options.labels());
    if (!options.gan().network().networks(1).conditional()) {
      recipe.refuseLabels(spec);
    }
    return ofGan(options, GanLabels.open(options));
  }

  /** The flags that not every recipe reads. */
  private Set<String> optional() {
    return Stream.of(
            data.networks(), training, transfer, stopping, labels, supervision, teacher, watch)
        .flatMap(section -> section.flags().keySet().stream())
        .collect(Collectors.toSet());
  }

  private void refuseUseless(GanOptions training, LabelOptions from) {
    UselessFlags.refuseSupervision(spec, training.supervision());
    UselessFlags.refuseUnless(
        from.ofShare(), spec, Set.of("--label-seed"), "a share of labels such as --labels 10%%");
    UselessFlags.refuse(spec, training);
    UselessFlags.refuseAugmentation(spec, training);
  }
}
