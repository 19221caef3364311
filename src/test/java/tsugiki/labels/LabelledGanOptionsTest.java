package tsugiki.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Lists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.data.ShareLabels;
import tsugiki.train.OptionsJson;
import tsugiki.train.RunDirectory;

/** The file {@code options.json} of a run, as runs of before the sources of labels have it. */
class LabelledGanOptionsTest {
  private static final String EARLIER =
      """
      {
        "recipe" : "biggan",
        "data" : "/data/images.zip",
        "classes" : [ ],
        "labels" : {
          "labels" : "10%",
          "label_seed" : 3,
          "label_count" : 0,
          "features" : "/runs/features/model"
        },
        "network" : {
          "size" : 32, "channels" : 8, "multipliers" : [ 4, 4, 4, 4 ], "attention" : 0,
          "embedding" : 128
        },
        "training" : {
          "batch" : 8, "steps" : 3, "discriminator_steps" : 2, "generator_rate" : 5.0E-5,
          "discriminator_rate" : 2.0E-4, "average_decay" : 0.9999, "average_from" : 0,
          "standing_batches" : 16,
          "discriminator" : {
            "kind" : "biggan", "projector" : "", "projector_side" : 0, "projection_width" : 64
          },
          "supervision" : {
            "unlabelled" : "predict", "soft_labels" : true, "label_weight" : 1.0,
            "self_supervision" : "none", "rotated_share" : 1.0, "rotation_weight_d" : 1.0,
            "rotation_weight_g" : 0.2
          },
          "augment" : [ "color" ],
          "seed" : 0
        },
        "watch" : {
          "measure_every" : 1, "sample_every" : 500, "checkpoint_every" : 500,
          "score_network" : "", "score_every" : 1000, "score_images" : 1000
        },
        "half" : true,
        "execution" : { "device" : "cpu", "intra_op" : 2, "inter_op" : 2, "one_dnn" : "1" }
      }
      """;

  @TempDir private Path run;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(run.resolve("options.json"), EARLIER);
  }

  @Test
  void anEarlierRunIsReadAndKeepsItsShape() throws IOException {
    LabelledGanOptions options = RunDirectory.resume(run).options(LabelledGanOptions.class);

    assertThat(options.labels()).isEqualTo(new LabelOptions("10%", 3, 0, "/runs/features/model"));
    assertThat(options.gan().training().batch()).isEqualTo(8);
    assertThat(options.source())
        .isEqualTo(
            new PredictedLabels(new ShareLabels("10%", 3), Path.of("/runs/features/model"), true));
    ObjectMapper mapper = new ObjectMapper();
    JsonNode earlier = mapper.readTree(EARLIER);
    JsonNode now = mapper.readTree(RunDirectory.json(options));
    assertThat(Lists.newArrayList(now.fieldNames()))
        .containsAll(Lists.newArrayList(earlier.fieldNames()));
    ((ObjectNode) earlier.get("network")).put("noise", false);
    ((ObjectNode) earlier.get("watch")).put("keep", 2);
    ((ObjectNode) earlier.get("execution")).put("precision", "float32").put("replicas", 1);
    for (String part : new String[] {"labels", "network", "watch", "execution"}) {
      assertThat(now.get(part)).isEqualTo(earlier.get(part));
    }
  }

  @Test
  void theStepsOfAResumedRunCanChange() {
    LabelledGanOptions options = RunDirectory.resume(run).options(LabelledGanOptions.class);
    LabelledGanOptions longer = OptionsJson.changed(options, "/training/steps", 9);
    assertThat(longer.gan().training().steps()).isEqualTo(9);
    assertThat(longer.labels()).isEqualTo(options.labels());
  }

  @Test
  void labelsThatTheTrainingCannotUseAreRefusedWithTheFile() throws IOException {
    Files.writeString(run.resolve("options.json"), EARLIER.replace("10%", "single"));
    assertThatThrownBy(() -> RunDirectory.resume(run).options(LabelledGanOptions.class))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("options.json: unlabelled predict is for images without a label");
  }

  @Test
  void anotherVerbsOptionsAreRefused() throws IOException {
    Files.writeString(
        run.resolve("options.json"), "{\"images\" : \"flowers\", \"group_size\" : 8}");
    assertThatThrownBy(() -> RunDirectory.resume(run).options(LabelledGanOptions.class))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("options.json");
  }
}
