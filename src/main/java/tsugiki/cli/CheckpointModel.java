package tsugiki.cli;

import java.nio.file.Path;
import tsugiki.base.BadInputException;
import tsugiki.gan.GanRun;
import tsugiki.gan.GanRunOptions;
import tsugiki.graft.GraftInput;
import tsugiki.graft.GraftOptions;
import tsugiki.graft.GraftRun;
import tsugiki.labels.GanLabels;
import tsugiki.labels.LabelledGanOptions;
import tsugiki.recognition.FeatureRun;
import tsugiki.recognition.FeatureRunOptions;
import tsugiki.single.SingleOptions;
import tsugiki.single.SingleRun;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;
import tsugiki.train.TrainingRun;

/**
 * The model of a run's checkpoint. The training is built again from its options and its data, and
 * filled from the checkpoint; the model then lies in the checkpoint's folder, as long as that is
 * kept.
 */
final class CheckpointModel {
  private CheckpointModel() {}

  /**
   * The folder of the SavedModel, which is written where it is not there yet.
   *
   * @param flag the flag that names the run, for the message
   * @param name the run directory
   * @param which {@code best}, {@code latest} or a step
   * @param device where the training is built
   * @throws BadInputException if it is no run of one training, or has no such checkpoint, or its
   *     data are not what they were
   */
  static Path find(String flag, String name, String which, Execution device) {
    Path path = Path.of(name);
    if (!RunDirectory.isRun(path)) {
      throw new BadInputException(
          "%s %s is no run, so it has no ⟨checkpoint⟩ %s; name a run directory"
              .formatted(flag, name, which));
    }
    RunDirectory run = RunDirectory.resume(path);
    Path folder = run.checkpoint(which);
    Path model = folder.resolve("model");
    if (!ModelPath.isModel(model)) {
      export(run, which, folder, device);
    }
    return model;
  }

  private static void export(RunDirectory run, String which, Path folder, Execution here) {
    if (Resuming.isOf(run, GraftOptions.class)) {
      GraftOptions options = run.options(GraftOptions.class).withExecution(here);
      try (GraftRun graft = new GraftRun(options, GraftInput.open(options))) {
        TrainingRun.export(graft, run, which, folder);
      }
    } else if (Resuming.isOf(run, SingleOptions.class)) {
      SingleOptions options = run.options(SingleOptions.class).withExecution(here);
      try (SingleRun single = new SingleRun(options, SingleRun.Input.open(options))) {
        TrainingRun.export(single, run, which, folder);
      }
    } else if (Resuming.recipe(run.path()).equals(TrainRecipe.FEATURES.toString())) {
      FeatureRunOptions options = run.options(FeatureRunOptions.class).withExecution(here);
      try (FeatureRun features = new FeatureRun(options, FeatureRun.Input.open(options))) {
        TrainingRun.export(features, run, which, folder);
      }
    } else {
      LabelledGanOptions saved = run.options(LabelledGanOptions.class);
      GanRunOptions gan = saved.gan().withExecution(here);
      LabelledGanOptions options = new LabelledGanOptions(gan, saved.labels());
      GanLabels labels = GanLabels.open(options, run.path());
      try (GanRun training = new GanRun(gan, options, labels.resolve())) {
        TrainingRun.export(training, run, which, folder);
      }
    }
  }
}
