package tsugiki.cli;

import com.google.common.base.CharMatcher;
import java.nio.file.Path;
import tsugiki.augmentation.AugmentationStudyOptions;
import tsugiki.base.BadInputException;
import tsugiki.gan.GanRun;
import tsugiki.gan.GanRunOptions;
import tsugiki.graft.GraftInput;
import tsugiki.graft.GraftOptions;
import tsugiki.graft.GraftRun;
import tsugiki.graft.GraftStudyOptions;
import tsugiki.labels.GanLabels;
import tsugiki.labels.LabelledGanOptions;
import tsugiki.recognition.FeatureRun;
import tsugiki.recognition.FeatureRunOptions;
import tsugiki.single.SingleOptions;
import tsugiki.single.SingleRun;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;
import tsugiki.train.TrainingRun;
import tsugiki.train.TrainingTask;

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
    refuseTrial(flag, path);
    Path folder = run.checkpoint(which);
    Path model = folder.resolve("model");
    if (!ModelPath.isModel(model)) {
      // By its number: a training that goes on meanwhile has a later latest one.
      export(
          run,
          CharMatcher.inRange('0', '9').retainFrom(folder.getFileName().toString()),
          folder,
          device);
    }
    return model;
  }

  /**
   * Its images are a part of those that its options name, or more, and the study alone has them.
   */
  private static void refuseTrial(String flag, Path path) {
    Path above = path.toAbsolutePath().normalize().getParent();
    if (above == null || !RunDirectory.isRun(above)) {
      return;
    }
    RunDirectory study = RunDirectory.resume(above);
    if (Resuming.isOf(study, GraftStudyOptions.class)
        || Resuming.isOf(study, AugmentationStudyOptions.class)) {
      throw new BadInputException(
          "%s %s is a training of the study %s, which alone draws its images; leave out ⟨checkpoint⟩ for the model that it ended with"
              .formatted(flag, path, above));
    }
  }

  private static void export(RunDirectory run, String step, Path folder, Execution here) {
    if (Resuming.isOf(run, GraftOptions.class)) {
      GraftOptions options = run.options(GraftOptions.class).withExecution(here);
      GraftInput input = GraftInput.open(options);
      try (GraftRun graft = TrainingTask.built(() -> new GraftRun(options, input))) {
        TrainingRun.export(graft, run, step, folder);
      }
    } else if (Resuming.isOf(run, SingleOptions.class)) {
      SingleOptions options = run.options(SingleOptions.class).withExecution(here);
      SingleRun.Input input = SingleRun.Input.open(options);
      try (SingleRun single = TrainingTask.built(() -> new SingleRun(options, input))) {
        TrainingRun.export(single, run, step, folder);
      }
    } else if (Resuming.recipe(run.path()).equals(TrainRecipe.FEATURES.toString())) {
      FeatureRunOptions options = run.options(FeatureRunOptions.class).withExecution(here);
      FeatureRun.Input input = FeatureRun.Input.open(options);
      try (FeatureRun features = TrainingTask.built(() -> new FeatureRun(options, input))) {
        TrainingRun.export(features, run, step, folder);
      }
    } else {
      LabelledGanOptions saved = run.options(LabelledGanOptions.class);
      GanRunOptions gan = saved.gan().withExecution(here);
      LabelledGanOptions options = new LabelledGanOptions(gan, saved.labels());
      GanLabels labels = GanLabels.open(options, run.path());
      try (GanRun training = TrainingTask.built(() -> new GanRun(gan, options, labels.resolve()))) {
        TrainingRun.export(training, run, step, folder);
      }
    }
  }
}
