package tsugiki.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSource;
import tsugiki.data.ImageSupply;
import tsugiki.data.RgbImage;
import tsugiki.data.TestImages;
import tsugiki.features.FeaturePipeline.Settings;
import tsugiki.runtime.Sessions;

class FeaturePipelineTest {
  private static final CornerNetwork NETWORK = new CornerNetwork(2, 1);

  @TempDir Path folder;

  /** Images of one colour each, their number's, of changing sizes. */
  private record Plain(int count, int sizes) implements ImageSupply {
    @Override
    public RgbImage read(int index, IntFunction<byte[]> buffers) {
      int side = 1 + index * 7 % sizes;
      byte[] rgb = buffers.apply(side * (side + 1) * RgbImage.CHANNELS);
      Arrays.fill(rgb, (byte) (index % 251));
      return new RgbImage(describe(index), side, side + 1, rgb);
    }

    @Override
    public String describe(int index) {
      return "plain-" + index;
    }
  }

  @Test
  void rowsComeInTheImagesOrderWhateverTheirSizesAndTheBatch() {
    for (int batch : new int[] {1, 3, 16}) {
      for (int sizes : new int[] {1, 2, 50}) {
        try (FeaturePipeline pipeline = pipeline(batch)) {
          Features features = pipeline.compute(new Plain(300, sizes));
          assertThat(features.count()).isEqualTo(300);
          assertThat(features.dimensions()).isEqualTo(CornerNetwork.DIMENSIONS);
          for (int i = 0; i < 300; i++) {
            assertThat(features.get(i, i % 12))
                .as("row %d of %d sizes, batch %d", i, sizes, batch)
                .isEqualTo(2 * (i % 251));
          }
        }
      }
    }
  }

  @Test
  void chunksDoNotDependOnTheBatch() {
    for (int batch : new int[] {1, 7}) {
      List<Integer> lengths = new ArrayList<>();
      try (FeaturePipeline pipeline = pipeline(batch)) {
        pipeline.compute(new Plain(600, 3), chunk -> lengths.add(chunk.count()));
      }
      assertThat(lengths).containsExactly(256, 256, 88);
    }
  }

  @Test
  void imagesInMemoryDoNotGrowWithTheirNumber() {
    Settings settings = Settings.defaults().withBatch(4).withRuns(2);
    for (int sizes : new int[] {1, 40}) {
      try (FeaturePipeline pipeline = new FeaturePipeline(NETWORK, settings)) {
        int[] count = {0};
        pipeline.compute(new Plain(3000, sizes), chunk -> count[0] += chunk.count());
        assertThat(count[0]).isEqualTo(3000);
        assertThat(pipeline.buffers().most()).isBetween(4, settings.imagesInMemory());
        assertThat(pipeline.buffers().live()).isZero();
      }
    }
  }

  @Test
  void everySizeOfFileWorks() {
    TestImages.write(folder, "a/one.png", TestImages.png(1, 1, 0x0A0B0C));
    TestImages.write(folder, "b/long.png", TestImages.png(300, 17, 0x0A0B0C));
    TestImages.write(folder, "c/large.png", TestImages.png(2000, 2000, 0x0A0B0C));
    try (ImageSource source = ImageSource.open(folder);
        FeaturePipeline pipeline = pipeline(16)) {
      Features features = pipeline.features(source);
      assertThat(features.count()).isEqualTo(3);
      for (int row = 0; row < 3; row++) {
        assertThat(features.get(row, 0)).isEqualTo(20);
        assertThat(features.get(row, 1)).isEqualTo(22);
        assertThat(features.get(row, 11)).isEqualTo(24);
      }
    }
  }

  @Test
  void tellsHowManyAreDone() {
    int[] done = new int[1];
    Settings settings = Settings.defaults().withBatch(8).withProgress(n -> done[0] += n);
    try (FeaturePipeline pipeline = new FeaturePipeline(NETWORK, settings)) {
      pipeline.compute(new Plain(100, 2));
    }
    assertThat(done[0]).isEqualTo(100);
  }

  @Test
  void aFileThatIsNoImageIsNamed() {
    for (int i = 0; i < 20; i++) {
      TestImages.write(folder, "%02d.png".formatted(i), TestImages.png(8, 8, i));
    }
    Path broken = TestImages.write(folder, "15.png", new byte[] {1, 2, 3});
    try (ImageSource source = ImageSource.open(folder);
        FeaturePipeline pipeline = pipeline(4)) {
      assertThatThrownBy(() -> pipeline.features(source))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(broken.toString());
      assertThat(pipeline.features(source.limit(15)).count()).isEqualTo(15);
    }
  }

  @Test
  void featuresThatAreNoNumbersAreRefusedWithTheImagesName() {
    try (FeaturePipeline pipeline =
        new FeaturePipeline(new CornerNetwork(1, 0), Settings.defaults())) {
      assertThatThrownBy(() -> pipeline.compute(new Plain(3, 1)))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("NaN for 'plain-0'");
    }
  }

  @Test
  void noImagesAreRefused() {
    try (FeaturePipeline pipeline = pipeline(4)) {
      assertThatThrownBy(() -> pipeline.compute(ImageSupply.of("nothing", new byte[0], 8)))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("nothing holds no images");
    }
  }

  @Test
  void largeImagesComeInSmallBatches() {
    SizedBatches batches = new SizedBatches(16);
    RgbImage large = new RgbImage("large", 2000, 2000, new byte[12_000_000]);
    assertThat(batches.add(0, large)).isEmpty();
    assertThat(batches.add(1, large))
        .singleElement()
        .satisfies(
            batch -> {
              assertThat(batch.indices()).containsExactly(0, 1);
            });
    assertThat(batches.isEmpty()).isTrue();
  }

  @Test
  void anExtractorTakesImagesOfOneSize() {
    RgbImage lying = new RgbImage("lying", 2, 3, new byte[18]);
    RgbImage standing = new RgbImage("standing", 3, 2, new byte[18]);
    try (FeatureExtractor extractor = new FeatureExtractor(NETWORK, Sessions.Settings.cpu())) {
      assertThat(extractor.rows(List.of(lying, lying))).hasSize(2 * CornerNetwork.DIMENSIONS);
      assertThatThrownBy(() -> extractor.rows(List.of(lying, standing)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "images of one call have one size, and 'standing' has 2×3 pixels where 'lying' has 3×2");
      assertThatThrownBy(() -> extractor.rows(List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("there are no images; give at least one");
    }
  }

  @Test
  void afterTheEndAPipelineBuildsItsNetworkAgainAndAnExtractorDoesNot() {
    FeaturePipeline pipeline = pipeline(4);
    Features before = pipeline.compute(new Plain(5, 1));
    pipeline.close();
    assertThat(pipeline.compute(new Plain(5, 1))).isEqualTo(before);
    pipeline.close();
    FeatureExtractor extractor = new FeatureExtractor(NETWORK, Sessions.Settings.cpu());
    extractor.close();
    RgbImage image = new RgbImage("one", 1, 1, new byte[3]);
    assertThatThrownBy(() -> extractor.rows(List.of(image)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void settingsRefuseWhatMakesNoSense() {
    Settings settings = Settings.defaults();
    assertThatThrownBy(() -> settings.withBatch(0))
        .isInstanceOf(BadInputException.class)
        .hasMessage("batch is 0; give 1 or more");
    assertThatThrownBy(() -> settings.withRuns(-1))
        .isInstanceOf(BadInputException.class)
        .hasMessage("runs is -1; give 1 or more");
    assertThatThrownBy(
            () -> new Settings(1, 1, 0, null, settings.session(), settings.progress(), null))
        .isInstanceOf(BadInputException.class)
        .hasMessage("decoders is 0; give 1 or more");
    assertThatThrownBy(() -> settings.withSession(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("session");
  }

  private static FeaturePipeline pipeline(int batch) {
    return new FeaturePipeline(
        NETWORK, Settings.defaults().withBatch(batch).withRuns(1 + batch % 2));
  }
}
