package tsugiki.labels;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.gan.SelfSupervision;
import tsugiki.train.Execution;

/**
 * All options of a feature network's run, as {@code options.json} keeps them. A null stands for
 * what the user left out.
 *
 * @param recipe always {@link Recipe#FEATURES}; tells the run from others
 * @param data the images: a folder, a zip, or a folder in a zip
 * @param classes the classes to keep, as in {@link tsugiki.gan.GanRunOptions}
 * @param labels which labels the network may see; {@code single} for none
 * @param training how it is trained
 * @param teacher the network whose maps it learns to predict; none by default
 * @param watch metrics, samples and checkpoints
 * @param execution where it runs
 */
public record FeatureRunOptions(
    Recipe recipe,
    Path data,
    List<String> classes,
    LabelOptions labels,
    FeatureTrainingOptions training,
    TeacherOptions teacher,
    Watch watch,
    Execution execution) {

  /** The kind of network that is trained. */
  public enum Recipe {
    /** The feature network F of S²GAN. */
    FEATURES;

    /** The name as it is written on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How closely a training is watched.
   *
   * @param measureEvery steps between lines of {@code metrics.jsonl}; 10
   * @param checkpointEvery steps between checkpoints; 500
   * @param scoreEvery steps between measurements of the label error; 250
   * @param scoreImages images that it is taken over meanwhile; 1,000
   */
  public record Watch(
      Long measureEvery, Long checkpointEvery, Long scoreEvery, Integer scoreImages) {
    /** Fills in the defaults and checks every value. */
    public Watch {
      measureEvery = Objects.requireNonNullElse(measureEvery, 10L);
      checkpointEvery = Objects.requireNonNullElse(checkpointEvery, 500L);
      scoreEvery = Objects.requireNonNullElse(scoreEvery, 250L);
      scoreImages = Objects.requireNonNullElse(scoreImages, 1_000);
      Checks.atLeast("measureEvery", measureEvery, 1);
      Checks.atLeast("checkpointEvery", checkpointEvery, 1);
      Checks.atLeast("scoreEvery", scoreEvery, 1);
      Checks.atLeast("scoreImages", scoreImages, 1);
    }
  }

  /** Fills in the defaults and checks what the parts have not checked. */
  public FeatureRunOptions {
    recipe = Objects.requireNonNullElse(recipe, Recipe.FEATURES);
    if (data == null) {
      throw new BadInputException(
          "⟨data⟩ is missing; give a folder or zip of images with one folder a class");
    }
    data = data.toAbsolutePath().normalize();
    classes = List.copyOf(Objects.requireNonNullElse(classes, List.of()));
    Objects.requireNonNull(training);
    teacher = Objects.requireNonNullElse(teacher, TeacherOptions.defaults());
    Objects.requireNonNull(watch);
    Objects.requireNonNull(execution);
    if (!labels.given()) {
      throw new BadInputException(
          "⟨recipe⟩ features learns labels that are true, and ⟨labels⟩ is "
              + labels.labels()
              + "; give all, a share such as 10%, a CSV file, or single for no labels");
    }
    if (!labels.features().isEmpty()) {
      throw new BadInputException(
          "⟨features⟩ goes with a GAN, and ⟨recipe⟩ features trains such a network; leave it out");
    }
    if (labels.single() && training.selfSupervision() == SelfSupervision.NONE) {
      throw new BadInputException(
          "⟨labels⟩ single with ⟨selfSupervision⟩ none leaves nothing to learn; use rotation");
    }
  }
}
