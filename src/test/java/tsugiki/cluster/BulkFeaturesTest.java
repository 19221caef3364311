package tsugiki.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.data.Crop;
import tsugiki.data.ImageSource;
import tsugiki.features.FeaturePipeline;
import tsugiki.features.Features;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.report.ImageFolder;
import tsugiki.runtime.Device;
import tsugiki.runtime.Optimised;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;
import tsugiki.score.Metric;
import tsugiki.score.ScoreInput;
import tsugiki.score.ScoreNetwork;
import tsugiki.score.ScoreOptions;
import tsugiki.score.ScoreProgress;
import tsugiki.score.Scoring;

class BulkFeaturesTest {
  private static final BulkSession SESSION = new BulkSession(Device.CPU, 2);
  private static final int IMAGES = 21;

  @TempDir private static Path folder;
  private static Path images;
  private static Path model;

  @BeforeAll
  static void draw() {
    model = folder.resolve("tiny");
    images = folder.resolve("images");
    TinyGenerator.make().writer(Precision.FLOAT).write(model);
    try (LoadedGenerator generator = LoadedGenerator.open(model);
        ImageFolder files = ImageFolder.create(images, 32, 32, 1)) {
      long[] labels = new long[IMAGES];
      long[] seeds = new long[IMAGES];
      Arrays.setAll(seeds, i -> 100 + i);
      files.add(generator.images(generator.latents(1, seeds), labels));
      files.finish();
    }
  }

  private static FeaturePipeline.Settings spread(BulkEngine engine) {
    BulkFeatures.Judge judge = new BulkFeatures.Judge("starter", "", 4, 7, SESSION);
    return FeaturePipeline.Settings.defaults()
        .withBatch(4)
        .withSession(new Sessions.Settings(2, 2, false))
        .withElsewhere(new BulkFeatures(engine, judge));
  }

  private static ScoreNetwork starter(FeaturePipeline.Settings settings) {
    return ScoreNetwork.named("starter").withPipeline(settings);
  }

  private static Features features(FeaturePipeline.Settings settings, int count) {
    try (ImageSource source = ImageSource.open(images);
        FeaturePipeline pipeline =
            new FeaturePipeline(FrozenNetworks.open("⟨network⟩", "starter"), settings)) {
      return pipeline.features(source.limit(count));
    }
  }

  @Optimised
  @Test
  void featuresDoNotDependOnTheThreadsNorOnWhatComesAfter() {
    try (BulkEngine one = new DirectEngine(1);
        BulkEngine three = new DirectEngine(3)) {
      Features alone = features(spread(one), IMAGES);
      assertThat(features(spread(three), IMAGES)).isEqualTo(alone);
      Features first = features(spread(three), 10);
      assertThat(first.toArray())
          .containsExactly(Arrays.copyOf(alone.toArray(), first.toArray().length));
      Features plain = features(FeaturePipeline.Settings.defaults().withBatch(4), IMAGES);
      for (int i = 0; i < plain.toArray().length; i++) {
        assertThat(alone.toArray()[i]).isCloseTo(plain.toArray()[i], within(1e-4f));
      }
    }
  }

  @Test
  void aModelIsScoredWithoutAFileAsByTheVerb() {
    ScoreOptions options =
        ScoreOptions.defaults().withMetrics(Set.of(Metric.FID, Metric.CLASS_SCORE)).withSplits(2);
    List<Map<String, Object>> sheets = new ArrayList<>();
    try (BulkEngine engine = new DirectEngine(2);
        LoadedGenerator generator = LoadedGenerator.open(model)) {
      BulkFeatures pass =
          new BulkFeatures(engine, new BulkFeatures.Judge("starter", "", 4, 8, SESSION));
      FeaturePipeline.Settings here = FeaturePipeline.Settings.defaults().withBatch(4);
      for (FeaturePipeline.Settings settings : List.of(here, here.withElsewhere(pass))) {
        ScoreInput drawn = ScoreInput.generated(generator, "tiny", 19, 1, 3, Optional.of("tulip"));
        pass.describe(
            drawn.images().orElseThrow(),
            new DrawnImages(DrawnImages.Model.at(model, SESSION), 1, "tulip"),
            3);
        try (ScoreInput real = ScoreInput.open(images);
            Scoring scoring =
                new Scoring(Optional.of(real), starter(settings), options, ScoreProgress.NONE)) {
          sheets.add(scoring.score(Optional.of(drawn), Optional.empty()).sheet().json());
        }
      }
    }
    assertThat(sheets.get(1).keySet()).isEqualTo(sheets.get(0).keySet());
    for (String figure : List.of("fid", "starter_class_score_mean")) {
      assertThat((Double) sheets.get(1).get(figure))
          .as(figure)
          .isCloseTo((Double) sheets.get(0).get(figure), within(1e-6));
    }
  }

  @Test
  void filesAreReadByNameAndMissingOnesAreNamed() throws Exception {
    List<String> names = List.of("000003.png", "000001.png");
    ImagesPart part = new ImagesPart.InFiles(images.toString(), Crop.NONE, names);
    byte[] first = part.with(source -> source.read(0, byte[]::new).rgb());
    try (ImageSource whole = ImageSource.open(images)) {
      assertThat(first).isEqualTo(whole.read(3).rgb());
    }
    Path gone = folder.resolve("gone");
    assertThatThrownBy(
            () ->
                new ImagesPart.InFiles(gone.toString(), Crop.NONE, names)
                    .with(source -> source.read(0, byte[]::new)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(gone + "' does not exist");
    Files.createDirectory(gone);
    assertThatThrownBy(
            () ->
                new ImagesPart.InFiles(gone.toString(), Crop.NONE, names)
                    .with(source -> source.read(0, byte[]::new)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("000003.png");
  }
}
