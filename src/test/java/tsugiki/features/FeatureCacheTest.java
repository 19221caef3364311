package tsugiki.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.data.ImageSource;
import tsugiki.data.TestImages;
import tsugiki.features.FeaturePipeline.Settings;

class FeatureCacheTest {
  @TempDir Path folder;
  private Path images;
  private Path cache;

  @BeforeEach
  void write() {
    images = folder.resolve("images");
    cache = folder.resolve("cache/features");
    for (int i = 0; i < 300; i++) {
      TestImages.write(images, "%03d.png".formatted(i), TestImages.png(3, 2, i));
    }
  }

  @Test
  void theSecondTimeNothingIsDecoded() throws IOException {
    Features first = features(2, 300, true);
    assertThat(features(2, 300, false)).isEqualTo(first);
    assertThat(entries()).hasSize(1);
  }

  @Test
  void otherWeightsBytesOrImagesAreOtherEntries() throws IOException {
    Features first = features(2, 2, true);
    assertThat(features(3, 2, true)).isNotEqualTo(first);
    assertThat(features(2, 3, true).count()).isEqualTo(3);
    TestImages.write(images, "000.png", TestImages.png(3, 2, 0xFF));
    assertThat(features(2, 2, true)).isNotEqualTo(first);
    assertThat(entries()).hasSize(4);
  }

  @Test
  void weightsThatANetworkKeepsToItselfCountToo() {
    Settings settings = Settings.defaults().withCache(new FeatureCache(cache));
    for (float kept : new float[] {1, 2}) {
      try (ImageSource source = ImageSource.open(images);
          FeaturePipeline pipeline = new FeaturePipeline(new CornerNetwork(1, kept, 1), settings)) {
        assertThat(pipeline.features(source.limit(256)).get(255, 2)).isEqualTo(255 * kept);
      }
    }
  }

  @Test
  void namesDoNotMatter() throws IOException {
    Features first = features(2, 3, true);
    Files.move(images.resolve("001.png"), images.resolve("001-b.PNG"));
    images = Files.move(images, folder.resolve("elsewhere"));
    assertThat(features(2, 3, false)).isEqualTo(first);
  }

  @Test
  void aDamagedEntryIsComputedAgain() throws IOException {
    Features first = features(2, 300, true);
    Path entry = entries().get(0);
    byte[] whole = Files.readAllBytes(entry);
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 1;
    for (byte[] damaged : List.of(flipped, Arrays.copyOf(whole, 900), new byte[0])) {
      Files.write(entry, damaged);
      assertThat(features(2, 300, true)).isEqualTo(first);
      assertThat(entries()).containsExactly(entry);
      assertThat(features(2, 300, false)).isEqualTo(first);
    }
  }

  @Test
  void aFolderThatCannotBeMadeDoesNotStopTheWork() throws IOException {
    Files.writeString(folder.resolve("cache"), "a file");
    assertThat(features(2, 3, true).count()).isEqualTo(3);
  }

  @Test
  void whatAKilledProcessHasLeftIsRemovedAfterADay() throws IOException {
    Files.createDirectories(cache);
    Path left = Files.writeString(cache.resolve(unfinished(1)), "a part");
    Path written = Files.writeString(cache.resolve(unfinished(2)), "a part");
    Path other = Files.writeString(cache.resolve("key.npz"), "an entry");
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(25)));
    Files.setLastModifiedTime(left, longAgo);
    Files.setLastModifiedTime(other, longAgo);
    features(2, 3, true);
    assertThat(entries()).hasSize(3).contains(written, other).doesNotContain(left);
  }

  /** As the file is called until it is whole. */
  private static String unfinished(long number) {
    return ".key.npz." + new UUID(0, number) + ".tmp";
  }

  /** Takes the features and checks whether images were decoded for them. */
  private Features features(float scale, int limit, boolean decoded) {
    Settings settings = Settings.defaults().withCache(new FeatureCache(cache));
    try (ImageSource source = ImageSource.open(images);
        FeaturePipeline pipeline = new FeaturePipeline(new CornerNetwork(scale, 1), settings)) {
      Features features = pipeline.features(source.limit(limit));
      assertThat(pipeline.buffers().most() > 0).isEqualTo(decoded);
      return features;
    }
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.toList();
    }
  }
}
