package tsugiki.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.loss.SelfSupervision;
import tsugiki.model.FeatureNetwork;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.ExportedFeatureNetwork;
import tsugiki.savedmodel.LoadedFeatures;
import tsugiki.savedmodel.ModelMetadata;

class FeatureExportTest {
  private static final int SIDE = 16;
  private static final int BATCH = 16;
  private static final List<String> CLASSES = List.of("red", "green", "blue");
  private static final FeatureNetwork.Architecture ARCHITECTURE =
      new FeatureNetwork.Architecture(List.of(8, 16, 32), List.of(1, 1), CLASSES.size());

  @TempDir Path folder;

  @Test
  void theServedNetworkKnowsWhatTheTrainedOneHasLearned() {
    Path model = folder.resolve("model");
    SplittableRandom random = new SplittableRandom(1);
    FeatureTrainingOptions options =
        FeatureTrainingOptions.defaults()
            .withSize(SIDE)
            .withChannels(8)
            .withBatch(BATCH)
            .withSteps(40)
            .withRate(1e-2f)
            .withLabelWeight(1)
            .withSelfSupervision(SelfSupervision.NONE)
            .withSeed(1);
    try (FeatureGraph graph =
        new FeatureGraph(options, CLASSES.size(), List.of(), Sessions.Settings.cpu())) {
      for (int step = 0; step < 40; step++) {
        long[] labels = random.longs(BATCH, 0, CLASSES.size()).toArray();
        graph.step(step, images(random, labels), labels);
      }
      ExportedFeatureNetwork.writer(
              ARCHITECTURE,
              SIDE,
              WeightValues.get(graph.session(), graph.weights().all()),
              CLASSES,
              "# A card\n")
          .write(model);
    }

    long[] labels = random.longs(60, 0, CLASSES.size()).toArray();
    int[] wanted = Arrays.stream(labels).mapToInt(Math::toIntExact).toArray();
    try (LoadedFeatures served = new LoadedFeatures(model)) {
      assertThat(served.accuracy(images(random, labels), wanted, SIDE)).isGreaterThan(0.9);
    }
    ModelMetadata description = ModelMetadata.read(model);
    assertThat(description.classNames()).isEqualTo(CLASSES);
    assertThat(description.architecture(FeatureNetwork.Architecture.class)).isEqualTo(ARCHITECTURE);
    assertThat(FrozenNetworks.open("network", "starter:" + model).protocol())
        .contains("resized by itself to 16 pixels", "32 channels");
  }

  /** Noise with a tint of the class. */
  private static byte[] images(SplittableRandom random, long[] labels) {
    byte[] pixels = new byte[labels.length * SIDE * SIDE * 3];
    for (int i = 0; i < pixels.length; i++) {
      int colour = i % 3 == labels[i / (3 * SIDE * SIDE)] ? 80 : 0;
      pixels[i] = (byte) (60 + colour + random.nextInt(40));
    }
    return pixels;
  }
}
