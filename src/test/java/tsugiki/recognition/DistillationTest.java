package tsugiki.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.features.FeatureModel;
import tsugiki.model.FeatureNetwork;
import tsugiki.painting.PaintedShapes;
import tsugiki.runtime.Cluster;
import tsugiki.runtime.Device;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.ModelMetadata;
import tsugiki.train.BrokenRun;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;

/** A student of a feature network of its own kind, which stands for a large one. */
@Tag("slow")
class DistillationTest {
  private static final int SIDE = 16;

  @TempDir private static Path folder;
  private static Path data;
  private static String teacher;

  @BeforeAll
  static void trainTheTeacher() {
    data = PaintedShapes.in(folder.resolve("data"), 4, SIDE);
    FeatureRunOptions options = options(TeacherOptions.defaults(), 10);
    train(RunDirectory.create(folder.resolve("teacher"), options), options);
    teacher = "starter:" + folder.resolve("teacher/model");
  }

  @Test
  void aStudentPredictsItsTeacherAndAResumedOneTheSame() throws IOException {
    FeatureRunOptions options = options(taught(data.toString()), 60);
    Path whole = folder.resolve("whole");
    FeatureRun.Result result = train(RunDirectory.create(whole, options), options);
    Path broken = BrokenRun.of(whole, folder.resolve("broken"), 30);
    train(RunDirectory.resume(broken), options);

    assertThat(result.metrics()).containsKeys("explained_map_0", "unexplained_features");
    assertThat(result.metrics().get("explained_features")).isBetween(0.3, 1.0);
    assertThat(features(broken)).isEqualTo(features(whole));
    FeatureNetwork.Architecture student =
        ModelMetadata.read(whole.resolve("model")).architecture(FeatureNetwork.Architecture.class);
    assertThat(student.teacher()).containsExactly(4, 8, 16);
    // In the teacher's own units: the mean of what it says of the same images.
    assertThat(mean(features(whole)))
        .isCloseTo(mean(features(folder.resolve("teacher"))), within());
  }

  @Test
  void aTeacherThatHasTooFewMapsIsRefused() {
    FeatureRunOptions options = options(taught("").withStudent(""), 1, 32);
    assertThatThrownBy(() -> open(options))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("has 3 maps at 16 pixels, and the student's 4 stages");
  }

  @Test
  void viewsWhoseStudentCannotBeBuiltAreLetGoOf() throws IOException {
    FeatureRunOptions options = options(taught(""), 1);
    Path views = folder.resolve("views-of-none");
    FeatureRunOptions uneven =
        options
            .withTraining(options.training().withBatch(15))
            .withExecution(Execution.here(Device.CPU, OptionalInt.of(2), Cluster.NONE));
    FeatureRun.Input input = FeatureRun.Input.open(options);
    assertThatThrownBy(() -> new FeatureRun(uneven, input, views))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("cannot be shared evenly");
    new FeatureRun(options, input, views).close();
  }

  private static Percentage within() {
    return Percentage.withPercentage(25);
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static float[] features(Path run) {
    try (FeatureModel model = FeatureModel.open(run.resolve("model"), Sessions.Settings.cpu())) {
      return model.of(PaintedShapes.images(4, SIDE)).features();
    }
  }

  private static FeatureRun.Result train(RunDirectory run, FeatureRunOptions options) {
    try (FeatureRun features = open(options)) {
      return features.train(run);
    }
  }

  private static FeatureRun open(FeatureRunOptions options) {
    return new FeatureRun(options, FeatureRun.Input.open(options), folder.resolve("views"));
  }

  private static TeacherOptions taught(String further) {
    return TeacherOptions.defaults()
        .withTeacher(teacher)
        .withTeacherSide(SIDE)
        .withViews(600)
        .withTeacherImages(further)
        .withStudent(folder.resolve("teacher/model").toString());
  }

  private static FeatureRunOptions options(TeacherOptions taught, long steps) {
    return options(taught, steps, SIDE);
  }

  private static FeatureRunOptions options(TeacherOptions taught, long steps, int size) {
    return FeatureRunOptions.defaults(data, Execution.here(Device.CPU))
        .withTraining(
            FeatureTrainingOptions.defaults()
                .withSize(size)
                .withChannels(4)
                .withBatch(16)
                .withRate(1e-2f)
                .withSteps(steps))
        .withTeacher(taught)
        .withWatch(new FeatureRunOptions.Watch(10L, 30L, 2, 60L, 30));
  }
}
