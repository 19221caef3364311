package tsugiki;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tsugiki.gan.AugmentationOptions;
import tsugiki.gan.BigGanOptions;
import tsugiki.gan.DcganBookOptions;
import tsugiki.gan.DcganOptions;
import tsugiki.gan.DiscriminatorOptions;
import tsugiki.gan.GanNetworkOptions;
import tsugiki.gan.GanOptions;
import tsugiki.gan.GanWatchOptions;
import tsugiki.gan.StoppingOptions;
import tsugiki.graft.FinishOptions;
import tsugiki.graft.GraftWatchOptions;
import tsugiki.graft.InversionOptions;
import tsugiki.graft.LearningOptions;
import tsugiki.graft.LossOptions;
import tsugiki.graft.StartOptions;
import tsugiki.labels.LabelOptions;
import tsugiki.recognition.FeatureRunOptions;
import tsugiki.recognition.FeatureTrainingOptions;
import tsugiki.recognition.TeacherOptions;
import tsugiki.runtime.Device;
import tsugiki.score.ScoreOptions;
import tsugiki.single.PyramidOptions;
import tsugiki.single.SingleMethod;
import tsugiki.single.SingleMode;
import tsugiki.single.SingleWatchOptions;
import tsugiki.single.StageNetworkOptions;
import tsugiki.single.StageTrainingOptions;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;

/**
 * The defaults, as they were chosen from the papers and by measurement. Whoever changes one changes
 * it in {@code default-options.json} too.
 */
class DefaultOptionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theDefaultsAreThoseThatWereChosen() throws IOException {
    ImmutableMap.Builder<String, Object> found = ImmutableMap.builder();
    ofGans(found);
    ofGrafts(found);
    ofSingleImages(found);
    found.put("labels", LabelOptions.defaults());
    found.put("features", FeatureTrainingOptions.defaults());
    found.put("features: watch", FeatureRunOptions.Watch.defaults());
    found.put("teacher", TeacherOptions.defaults());
    found.put("score", ScoreOptions.defaults());
    JsonNode chosen =
        JSON.readTree(Resources.getResource(DefaultOptionsTest.class, "default-options.json"));
    Map<String, Object> all = found.build();
    for (Map.Entry<String, Object> each : all.entrySet()) {
      ObjectNode options = (ObjectNode) JSON.readTree(RunDirectory.json(each.getValue()));
      // The processor that the test runs on is nobody's choice.
      options.remove("execution");
      assertThat(options).as(each.getKey()).isEqualTo(chosen.get(each.getKey()));
    }
    assertThat(chosen.fieldNames()).toIterable().containsExactlyElementsOf(all.keySet());
  }

  private static void ofGans(ImmutableMap.Builder<String, Object> found) {
    found.put("gan", GanOptions.defaults());
    found.put("gan: watch", GanWatchOptions.defaults());
    found.put("gan: stopping", StoppingOptions.defaults());
    found.put("gan: augmentation", AugmentationOptions.defaults());
    found.put("discriminator", DiscriminatorOptions.defaults());
    found.put("biggan", BigGanOptions.defaults());
    found.put("dcgan", DcganOptions.defaults());
    found.put("dcgan: training", training(DcganOptions.defaults()));
    found.put("dcgan-book", DcganBookOptions.defaults());
    found.put("dcgan-book: training", training(DcganBookOptions.defaults()));
  }

  private static GanOptions training(GanNetworkOptions networks) {
    return networks.training(DiscriminatorOptions.defaults());
  }

  private static void ofGrafts(ImmutableMap.Builder<String, Object> found) {
    found.put("graft: learning", LearningOptions.defaults());
    found.put("graft: start", StartOptions.defaults());
    found.put("graft: losses", LossOptions.defaults());
    found.put("graft: finish", FinishOptions.defaults());
    found.put("graft: watch", GraftWatchOptions.defaults());
    found.put("inversion", InversionOptions.defaults(Execution.here(Device.CPU)));
  }

  private static void ofSingleImages(ImmutableMap.Builder<String, Object> found) {
    for (SingleMethod method : SingleMethod.values()) {
      for (SingleMode mode : SingleMode.values()) {
        String name = "single: %s %s ".formatted(method, mode);
        found.put(name + "pyramid", PyramidOptions.defaults(mode, method));
        found.put(name + "network", StageNetworkOptions.defaults(mode, method));
        found.put(name + "training", StageTrainingOptions.defaults(mode, method));
      }
    }
    found.put("single: watch", SingleWatchOptions.defaults());
  }
}
