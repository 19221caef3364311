package tsugiki.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.data.ImageSource;
import tsugiki.data.TestImages;
import tsugiki.features.FeaturePipeline.Settings;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;

/** The network that ships, whose class probabilities follow from its features. */
@Tag("slow")
class SharedPassTest {
  private static final FrozenNetwork FEATURES = FrozenNetworks.open("network", "starter");
  private static final FrozenNetwork CLASSES = FEATURES.withTap("probabilities");

  @TempDir Path folder;
  private Path images;
  private Settings cached;

  @BeforeEach
  void write() {
    images = folder.resolve("images");
    cached = Settings.defaults().withCache(new FeatureCache(folder.resolve("cache")));
    for (int i = 0; i < 5; i++) {
      TestImages.write(images, i + ".png", TestImages.png(20 + i % 2, 18, 0x203040 * (i + 1)));
    }
  }

  @Test
  void onePassGivesTheBitsOfTwo() {
    Map<FrozenNetwork, Features> both = features(Settings.defaults(), FEATURES, CLASSES);
    for (FrozenNetwork network : List.of(FEATURES, CLASSES)) {
      assertThat(both.get(network)).isEqualTo(alone(network, Settings.defaults()));
    }
  }

  @Test
  void theEntriesOfTheCacheAreThoseOfEachNetworkAlone() throws IOException {
    Map<FrozenNetwork, Features> both = features(cached, FEATURES, CLASSES);
    assertThat(entries()).isEqualTo(2);
    assertThat(alone(FEATURES, cached)).isEqualTo(both.get(FEATURES));
    assertThat(alone(CLASSES, cached)).isEqualTo(both.get(CLASSES));
    assertThat(entries()).isEqualTo(2);
  }

  @Test
  void whatTheCacheHasIsReadAndTheRestComputed() throws IOException {
    Features first = alone(FEATURES, cached);
    int[] done = {0};
    Map<FrozenNetwork, Features> both =
        features(cached.withProgress(more -> done[0] += more), FEATURES, CLASSES);
    assertThat(both.get(FEATURES)).isEqualTo(first);
    assertThat(both.get(CLASSES)).isEqualTo(alone(CLASSES, Settings.defaults()));
    assertThat(done[0]).isEqualTo(5);
    assertThat(entries()).isEqualTo(2);
    assertThat(features(cached, FEATURES, CLASSES)).isEqualTo(both);
  }

  @Test
  void networksOfOtherWeightsShareNothing() {
    CornerNetwork corner = new CornerNetwork(1, 1);
    assertThatThrownBy(() -> new SharedPass(List.of(FEATURES, corner), Settings.defaults()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Map<FrozenNetwork, Features> features(Settings settings, FrozenNetwork... networks) {
    Map<FrozenNetwork, Features> features = new LinkedHashMap<>();
    Map<FrozenNetwork, Consumer<Features>> consumers = new LinkedHashMap<>();
    for (FrozenNetwork network : networks) {
      consumers.put(network, chunk -> features.put(network, chunk));
    }
    try (ImageSource source = ImageSource.open(images);
        SharedPass pass = new SharedPass(List.of(networks), settings)) {
      pass.stream(source, consumers);
    }
    return features;
  }

  private Features alone(FrozenNetwork network, Settings settings) {
    try (ImageSource source = ImageSource.open(images);
        FeaturePipeline pipeline = new FeaturePipeline(network, settings)) {
      return pipeline.features(source);
    }
  }

  private long entries() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      return files.count();
    }
  }
}
