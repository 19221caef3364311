package tsugiki.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.gan.BigGanOptions;
import tsugiki.gan.DiscriminatorOptions;
import tsugiki.gan.GanOptions;
import tsugiki.gan.GanRunOptions;
import tsugiki.gan.GanWatchOptions;
import tsugiki.recognition.FeatureTrainingOptions;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;

class LabelStudyOptionsTest {
  private static final LabelStudyOptions DEFAULTS =
      LabelStudyOptions.defaults(
          gan("starter"),
          FeatureTrainingOptions.defaults()
              .withSize(32)
              .withChannels(4)
              .withBatch(8)
              .withSteps(1)
              .withSeed(3));

  @TempDir private Path folder;

  @Test
  void theDefaultsAreAllVariantsThreeTimesWithATenthOfTheLabels() {
    assertThat(DEFAULTS.variants()).containsExactly(LabelVariant.values());
    assertThat(DEFAULTS.repeats()).isEqualTo(3);
    assertThat(DEFAULTS.labels()).isEqualTo(LabelOptions.of("10%"));
    assertThat(DEFAULTS.judge()).containsExactly("starter");
    assertThat(DEFAULTS.withRepeats(2).withTaps(List.of("64")).withRepeats(3).withTaps(List.of()))
        .isEqualTo(DEFAULTS);
    assertThatThrownBy(() -> DEFAULTS.withLabels(LabelOptions.defaults()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("takes a share such as 10%");
  }

  /** The first training's seed is 2, and so the third repetition's is 4. */
  @Test
  void everyRepetitionDrawsOtherLabels() {
    LabelStudyOptions study = DEFAULTS.withLabels(LabelOptions.of("10%").withLabelSeed(7));
    assertThat(study.features("10%", 2).labels().labelSeed()).isEqualTo(7);
    assertThat(study.features("10%", 4).labels().labelSeed()).isEqualTo(9);
    assertThat(study.gan(LabelVariant.S2GAN_CO, "10%", 4, "").labels().labelSeed()).isEqualTo(9);
  }

  /** They have labels among the options of the GAN, which no study used. */
  @Test
  void theOptionsOfAnEarlierStudyAreRead() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    LabelStudyOptions written =
        DEFAULTS
            .withVariants(List.of(LabelVariant.CLUSTER_SS, LabelVariant.S3GAN_CO))
            .withLabelCount(7)
            .withShares(List.of("20%"));
    ObjectNode earlier = (ObjectNode) mapper.readTree(RunDirectory.json(written));
    assertThat(earlier.get("gan").has("labels")).isFalse();
    earlier.withObject("/gan/labels").put("labels", "all").put("label_seed", 0);
    earlier.remove(List.of("judge", "taps"));
    Files.writeString(folder.resolve("options.json"), earlier.toString());

    assertThat(RunDirectory.resume(folder).options(LabelStudyOptions.class)).isEqualTo(written);
  }

  @Test
  void theJudgeOfAnEarlierStudyIsOne() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode earlier = (ObjectNode) mapper.readTree(RunDirectory.json(DEFAULTS));
    earlier.put("judge", "digits");
    Files.writeString(folder.resolve("options.json"), earlier.toString());
    assertThat(RunDirectory.resume(folder).options(LabelStudyOptions.class))
        .isEqualTo(DEFAULTS.withJudge(List.of("digits")));
  }

  @Test
  void aProjectedDiscriminatorLeavesOutTheVariantsWithHeads() {
    GanRunOptions projected =
        DEFAULTS
            .gan()
            .withTraining(
                GanOptions.defaults(DiscriminatorOptions.projected("starter")).withBatch(4));
    LabelStudyOptions study =
        DEFAULTS
            .withVariants(
                List.of(LabelVariant.S3GAN, LabelVariant.S2GAN_VIEWS, LabelVariant.S2GAN_CO))
            .withGan(projected);
    assertThat(study.trained()).containsExactly(LabelVariant.S2GAN_VIEWS);
    assertThat(study.aboutLeftOut()).startsWith("Left out").endsWith(": s3gan, s2gan-co.");
    assertThat(DEFAULTS.trained()).isEqualTo(DEFAULTS.variants());
    assertThat(DEFAULTS.aboutLeftOut()).isEmpty();
    assertThatThrownBy(() -> study.withVariants(List.of(LabelVariant.S3GAN)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("variants is [s3gan], which learn on the discriminator's own");
  }

  @Test
  void furtherSharesAreForTheVariantsThatLearnFromAShare() {
    LabelStudyOptions study =
        DEFAULTS
            .withVariants(List.of(LabelVariant.SINGLE, LabelVariant.S2GAN, LabelVariant.BIGGAN_K))
            .withShares(List.of("2.5%", "10%", "20%"));
    assertThat(study.furtherShares()).containsExactly("2.5%", "20%");
    assertThat(study.ofShares()).containsExactly(LabelVariant.S2GAN, LabelVariant.BIGGAN_K);
    assertThat(study.gan(LabelVariant.S2GAN, "2.5%", 2, "network").labels().labels())
        .isEqualTo("2.5%");
  }

  @Test
  void aStudyWithoutScoresIsRefused() {
    assertThatThrownBy(() -> LabelStudyOptions.defaults(gan(""), DEFAULTS.features()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("scoreNetwork is missing");
  }

  private static GanRunOptions gan(String scoreNetwork) {
    return GanRunOptions.defaults(Path.of("/data/images.zip"), Execution.here(Device.CPU))
        .withNetwork(new BigGanOptions(32, 8, List.of(2, 2, 1, 1), 0, 128, false))
        .withTraining(GanOptions.defaults().withBatch(4).withSteps(1).withSeed(2))
        .withWatch(GanWatchOptions.defaults().withScoreNetwork(scoreNetwork));
  }
}
