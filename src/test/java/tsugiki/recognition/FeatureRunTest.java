package tsugiki.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.data.ImageSet;
import tsugiki.data.LabelFile;
import tsugiki.features.FeatureModel;
import tsugiki.graph.ShownGradients;
import tsugiki.painting.PaintedShapes;
import tsugiki.report.EventFile;
import tsugiki.runtime.Device;
import tsugiki.runtime.Sessions;
import tsugiki.train.BrokenRun;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;

/** A whole run, broken off and resumed: every file that a user is promised. */
@Tag("slow")
class FeatureRunTest {
  @TempDir private Path folder;

  @Test
  void aRunWritesEverythingAndAResumedOneTheSame() throws IOException {
    Path data = PaintedShapes.in(folder.resolve("data"), 10, 16);
    Path whole = folder.resolve("whole");
    FeatureRun.Result result =
        train(RunDirectory.create(whole, options(data, 4)), options(data, 4));
    Path broken = BrokenRun.of(whole, folder.resolve("broken"), 2);
    FileUtils.deleteDirectory(broken.resolve("model").toFile());
    train(RunDirectory.resume(broken), options(data, 4));

    for (String file : List.of("report.html", "losses.png", "errors.png", "model/card.md")) {
      assertThat(whole.resolve(file)).exists();
      assertThat(broken.resolve(file)).exists();
    }
    assertThat(result.steps()).isEqualTo(4);
    assertThat(result.metrics())
        .containsKeys("loss", "loss_turns", "label_error", "turn_error", "cluster_purity");
    assertThat(RunDirectory.resume(whole).series("label_error").steps()).containsExactly(2, 4);
    assertThat(RunDirectory.resume(broken).series("label_error"))
        .usingRecursiveComparison()
        .isEqualTo(RunDirectory.resume(whole).series("label_error"));
    assertThat(whole.resolve("model/card.md"))
        .content()
        .contains("arrow, boat", "label error on the 80 whose label was hidden")
        .contains(
            "(95 % interval ",
            "Of the training images: CC0", "| takes | `images` | uint8 | [N, ?, ?, 3] |");
    ShownGradients.assertGrouped(
        EventFile.graph(whole), List.of("Features/Block0/Conv1", "Classes", "Turns"));
    assertThat(EventFile.histograms(whole)).anyMatch(tag -> tag.startsWith("gamma/features/"));
    ImageSet images = PaintedShapes.images(10, 16);
    assertThat(answers(broken, images)).isEqualTo(answers(whole, images));
    assertThat(LabelFile.read(whole.resolve("labels.csv"), images).labelled()).hasSize(20);
  }

  /** Wilson's interval of 8 of 40, as statsmodels' proportion_confint has it. */
  @Test
  void aShareHasItsInterval() {
    assertThat(FeatureReport.withInterval(0.2, 40))
        .isEqualTo("20.0 % (95 % interval 10.5 % to 34.8 %)");
  }

  @Test
  void aRunKilledBeforeItsFirstCheckpointWritesItsLabelsWhenItGoesOn() {
    Path data = PaintedShapes.in(folder.resolve("data"), 2, 16);
    Path run = folder.resolve("killed");
    FeatureRunOptions options = options(data, 1, "50%");
    RunDirectory.create(run, options);
    train(RunDirectory.resume(run), options);
    assertThat(LabelFile.read(run.resolve("labels.csv"), PaintedShapes.images(2, 16)).labelled())
        .hasSize(10);
  }

  @Test
  void aRunWithoutLabelsHasNoClasses() {
    Path data = PaintedShapes.in(folder.resolve("data"), 2, 16);
    FeatureRunOptions options = options(data, 1, "single");
    Path run = folder.resolve("run");
    FeatureRun.Result result = train(RunDirectory.create(run, options), options);
    assertThat(result.metrics()).containsKey("loss_turns").doesNotContainKey("label_error");
    assertThat(FeatureModel.classNames(run.resolve("model"))).isEmpty();
    assertThat(Files.exists(run.resolve("errors.png"))).isFalse();
  }

  private static float[] answers(Path run, ImageSet images) {
    try (FeatureModel model = FeatureModel.open(run.resolve("model"), Sessions.Settings.cpu())) {
      FeatureModel.Answers answers = model.of(images);
      assertThat(answers.probabilities()).hasSize(images.count() * 10);
      double sum = 0;
      for (int c = 0; c < 10; c++) {
        sum += answers.probabilities()[c];
      }
      assertThat(sum).isBetween(0.999, 1.001);
      return answers.features();
    }
  }

  private static FeatureRun.Result train(RunDirectory run, FeatureRunOptions options) {
    try (FeatureRun features = new FeatureRun(options, FeatureRun.Input.open(options))) {
      return features.train(run);
    }
  }

  private static FeatureRunOptions options(Path data, long steps) {
    return options(data, steps, "20%");
  }

  private static FeatureRunOptions options(Path data, long steps, String labels) {
    return FeatureRunOptions.defaults(data, Execution.here(Device.CPU))
        .withLabels(new LearnedLabels(labels, 0))
        .withLicence("CC0")
        .withTraining(
            FeatureTrainingOptions.defaults()
                .withSize(16)
                .withChannels(4)
                .withBatch(8)
                .withSteps(steps)
                .withSeed(3))
        .withWatch(new FeatureRunOptions.Watch(1, 2, 2, 2, 30));
  }
}
