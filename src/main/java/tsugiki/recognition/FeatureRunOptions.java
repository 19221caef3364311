package tsugiki.recognition;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.data.BadImagePolicy;
import tsugiki.loss.SelfSupervision;
import tsugiki.train.Execution;

/**
 * Options of a feature network's run, as {@code options.json} keeps them, beside {@code recipe},
 * which distinguishes it from the run of a GAN. {@link #defaults} has the defaults.
 *
 * @param data the images: a folder, a zip, or a folder in a zip
 * @param classes the classes to keep, in the order of their labels; empty for all
 * @param onBadImage what becomes of images that cannot be used
 * @param labels which labels the network may see; {@code single} for none
 * @param training how it is trained
 * @param teacher the network whose maps it learns to predict; none by default
 * @param watch metrics, samples and checkpoints
 * @param execution where it runs
 * @param licence of the images, for the model card; empty where nobody said
 */
@JsonIgnoreProperties(value = "recipe", allowGetters = true)
@JsonPropertyOrder("recipe")
@RecordBuilder
public record FeatureRunOptions(
    Path data,
    List<String> classes,
    BadImagePolicy onBadImage,
    LearnedLabels labels,
    FeatureTrainingOptions training,
    TeacherOptions teacher,
    Watch watch,
    Execution execution,
    String licence)
    implements FeatureRunOptionsBuilder.With {

  /**
   * How closely a training is watched.
   *
   * @param measureEvery steps between lines of {@code metrics.jsonl}
   * @param checkpointEvery steps between checkpoints
   * @param keep how many of the last checkpoints stay
   * @param scoreEvery steps between measurements of the label error
   * @param scoreImages images that it is taken over meanwhile
   */
  @RecordBuilder
  public record Watch(
      long measureEvery, long checkpointEvery, int keep, long scoreEvery, int scoreImages)
      implements FeatureRunOptionsWatchBuilder.With {
    /** Checks every value. */
    public Watch {
      Checks.atLeast("measureEvery", measureEvery, 1);
      Checks.atLeast("checkpointEvery", checkpointEvery, 1);
      Checks.atLeast("keep", keep, 1);
      Checks.atLeast("scoreEvery", scoreEvery, 1);
      Checks.size("scoreImages", scoreImages, 1);
    }

    /** The defaults. */
    public static Watch defaults() {
      return new Watch(10, 500, 2, 250, 1_000);
    }
  }

  /** Checks what the parts have not checked. */
  public FeatureRunOptions {
    Objects.requireNonNull(classes, "classes");
    Objects.requireNonNull(labels, "labels");
    if (data == null) {
      throw new BadInputException(
          "⟨data⟩ is missing; give a folder or zip of images with one folder per class");
    }
    // A run is resumed from anywhere.
    data = data.toAbsolutePath().normalize();
    classes = List.copyOf(classes);
    // Runs that were begun before there was a choice.
    onBadImage = Objects.requireNonNullElse(onBadImage, BadImagePolicy.FAIL);
    Objects.requireNonNull(training, "training");
    Objects.requireNonNull(teacher, "teacher");
    Objects.requireNonNull(watch, "watch");
    Objects.requireNonNull(execution, "execution");
    // Runs that were begun before it could be said.
    licence = Objects.requireNonNullElse(licence, "").strip();
    if (labels.single() && training.selfSupervision() == SelfSupervision.NONE) {
      throw new BadInputException(
          "⟨labels⟩ single with ⟨selfSupervision⟩ none leaves nothing to learn; use rotation");
    }
  }

  /** All labels and all classes of the data. */
  public static FeatureRunOptions defaults(Path data, Execution execution) {
    return new FeatureRunOptions(
        data,
        List.of(),
        BadImagePolicy.FAIL,
        LearnedLabels.defaults(),
        FeatureTrainingOptions.defaults(),
        TeacherOptions.defaults(),
        Watch.defaults(),
        execution,
        "");
  }

  /** What the run trains. */
  @JsonProperty("recipe")
  public String recipe() {
    return "features";
  }
}
