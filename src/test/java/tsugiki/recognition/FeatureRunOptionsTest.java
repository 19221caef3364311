package tsugiki.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.loss.SelfSupervision;
import tsugiki.train.RunDirectory;

class FeatureRunOptionsTest {
  /** As runs have it of before there were teachers, when labels had what a GAN's labels need. */
  private static final String EARLIER =
      """
      {
        "recipe" : "features",
        "data" : "/data/images.zip",
        "classes" : [ ],
        "labels" : { "labels" : "10%", "label_seed" : 3, "label_count" : 0, "features" : "" },
        "training" : {
          "size" : 32, "channels" : 32, "batch" : 16, "steps" : 4, "rate" : 0.002,
          "label_weight" : 0.2, "self_supervision" : "rotation", "mirror" : true, "seed" : 0
        },
        "watch" : {
          "measure_every" : 1, "checkpoint_every" : 500, "score_every" : 250, "score_images" : 1000
        },
        "execution" : { "device" : "cpu", "intra_op" : 2, "inter_op" : 2, "one_dnn" : "1" }
      }
      """;

  @TempDir private Path run;

  @Test
  void anEarlierRunIsReadAndWrittenAsRunsAreNow() throws IOException {
    Files.writeString(run.resolve("options.json"), EARLIER);
    FeatureRunOptions options = RunDirectory.resume(run).options(FeatureRunOptions.class);

    assertThat(options.labels()).isEqualTo(new LearnedLabels("10%", 3));
    assertThat(options.teacher().given()).isFalse();
    assertThat(options.training().batch()).isEqualTo(16);
    assertThat(options.training().architecture(40).depths()).containsExactly(1, 1, 2);
    Files.writeString(run.resolve("options.json"), RunDirectory.json(options));
    assertThat(RunDirectory.resume(run).options(FeatureRunOptions.class)).isEqualTo(options);
  }

  @Test
  void depthMultipliesTheBlocksOfEveryStage() {
    FeatureTrainingOptions twice = FeatureTrainingOptions.defaults().withDepth(2);

    assertThat(twice.architecture(40).depths()).containsExactly(2, 2, 4);
    assertThat(twice.withSize(16).architecture(40).depths()).containsExactly(2, 2);
  }

  @Test
  void viewsWithoutATaskAreRefused() {
    assertThatThrownBy(
            () -> FeatureTrainingOptions.defaults().withSelfSupervision(SelfSupervision.VIEWS))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "selfSupervision is views, which is for GANs; a feature network takes rotation or none");
  }

  @Test
  void labelsThatNobodyGaveAreRefused() {
    assertThatThrownBy(() -> new LearnedLabels("random", 0))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "recipe features learns labels that are true, and labels is random; give all, a share such as 10%, a CSV file, or single for no labels");
  }
}
