package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.loss.GanLoss;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;
import tsugiki.train.OptionsJson;
import tsugiki.train.RunDirectory;

/** Defaults stand on the records, and files of before take them for what they leave out. */
class GanOptionsTest {
  /** The options of a run of before there were losses, optimisers and mirroring to choose. */
  private static final String OLD =
      """
      {
        "recipe" : "biggan",
        "data" : "/data",
        "classes" : [ ],
        "labels" : { "labels" : "all", "label_seed" : 0, "label_count" : 0, "features" : "" },
        "network" : { "size" : 32, "channels" : 8, "multipliers" : [ 4, 4, 4, 4 ],
          "attention" : 0, "embedding" : 128 },
        "training" : {
          "batch" : 8, "steps" : 4, "discriminator_steps" : 2, "generator_rate" : 5.0E-5,
          "discriminator_rate" : 2.0E-4, "average_decay" : 0.9999, "average_from" : 0,
          "standing_batches" : 16,
          "discriminator" : { "kind" : "biggan", "projector" : "", "projector_side" : 0,
            "projection_width" : 64 },
          "supervision" : { "unlabelled" : "drop", "soft_labels" : false, "label_weight" : 1.0,
            "self_supervision" : "none", "rotated_share" : 0.25, "rotation_weight_d" : 1.0,
            "rotation_weight_g" : 0.2 },
          "augment" : [ ], "seed" : 0 },
        "watch" : { "measure_every" : 1, "sample_every" : 500, "checkpoint_every" : 500,
          "score_network" : "", "score_every" : 1000, "score_images" : 1000 },
        "half" : true,
        "execution" : { "device" : "cpu", "intra_op" : 2, "inter_op" : 2, "one_dnn" : "1" }
      }
      """;

  @TempDir private Path folder;

  @Test
  void optionsOfBeforeAreReadAsTheyWereMeant() throws IOException {
    Files.writeString(folder.resolve("options.json"), OLD);
    GanRunOptions read = RunDirectory.resume(folder).options(GanRunOptions.class);
    GanOptions training = read.training();
    assertThat(read.recipe()).isEqualTo("biggan");
    assertThat(read.network()).isEqualTo(BigGanOptions.defaults(32).withChannels(8));
    assertThat(training).isEqualTo(GanOptions.defaults().withBatch(8).withSteps(4));
    assertThat(training.mirror()).isTrue();
    assertThat(training.loss()).isEqualTo(GanLoss.HINGE);
    assertThat(training.adam()).isEqualTo(new AdamOptions(0, 0.999f, 1e-6f));
    assertThat(training.discriminator().kind()).isEqualTo(DiscriminatorKind.OWN);
  }

  /** A system's options around those of a GAN, all in one object of the file. */
  private record Around(@JsonUnwrapped GanRunOptions gan, String own) {}

  @Test
  void soAreThoseAmongASystemsOwn() throws IOException {
    Files.writeString(
        folder.resolve("options.json"), OLD.replace("\"half\"", "\"own\" : \"x\", \"half\""));
    Around read = RunDirectory.resume(folder).options(Around.class);
    assertThat(read.own()).isEqualTo("x");
    assertThat(read.gan().training()).isEqualTo(GanOptions.defaults().withBatch(8).withSteps(4));
    assertThat(OptionsJson.changed(read, "/training/steps", 9).gan().training().steps())
        .isEqualTo(9);
  }

  @Test
  void everythingIsInTheFileAndComesBack() {
    GanRunOptions options =
        GanRunOptions.defaults(Path.of("/data"), Execution.here(Device.CPU))
            .withTraining(
                GanOptions.defaults()
                    .withMirror(false)
                    .withLoss(GanLoss.NON_SATURATING)
                    .withAdam(new AdamOptions(0.5f, 0.9f, 1e-8f)));
    RunDirectory run = RunDirectory.create(folder.resolve("run"), options);
    assertThat(RunDirectory.json(options))
        .contains("\"recipe\" : \"biggan\"", "\"mirror\" : false", "\"loss\" : \"non-saturating\"")
        .contains("\"beta1\" : 0.5", "\"beta2\" : 0.9", "\"epsilon\" : 1.0E-8");
    assertThat(run.options(GanRunOptions.class)).isEqualTo(options);
  }

  @Test
  void aProjectedDiscriminatorHasDefaultsOfItsOwn() {
    GanOptions projected = GanOptions.defaults(DiscriminatorOptions.projected("starter"));
    assertThat(projected.discriminatorSteps()).isEqualTo(1);
    assertThat(projected.generatorRate()).isEqualTo(2e-4f);
    assertThat(GanOptions.defaults().discriminatorSteps()).isEqualTo(2);
    assertThat(GanOptions.defaults().generatorRate()).isEqualTo(5e-5f);
  }

  @Test
  void valuesThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new AdamOptions(1, 0.9f, 1e-8f))
        .isInstanceOf(BadInputException.class)
        .hasMessage("beta1 is 1.0; give a number from 0 to below 1");
    assertThatThrownBy(() -> new AdamOptions(0, 0.9f, 0)).hasMessageContaining("adamEpsilon is 0");
    assertThatThrownBy(() -> GanOptions.defaults().withGradientPenalty(-1f))
        .hasMessageContaining("gradientPenalty is -1.0");
  }

  @Test
  void theAverageBeginsAtTheStepThatIsNamed() {
    GanOptions options = GanOptions.defaults().withAverageFrom(5);
    assertThat(options.averageDecay(4)).isZero();
    assertThat(options.averageDecay(5)).isEqualTo(6f / 15);
  }

  @Test
  void theAverageIsWarmedUpSoThatAShortRunShowsWhatItHasLearned() {
    GanOptions options = GanOptions.defaults();
    double start = 1;
    for (int step = 0; step < 500; step++) {
      start *= options.averageDecay(step);
    }
    // Nothing of the generator as it began is left, of which 0.9999 alone would leave 95 %.
    assertThat(start).isLessThan(1e-9);
    assertThat(options.averageDecay(1_000_000)).isEqualTo(0.9999f);
  }
}
