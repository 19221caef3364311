package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSupply;
import tsugiki.data.RgbImage;
import tsugiki.data.TestImages;
import tsugiki.features.FeaturePipeline;
import tsugiki.features.Features;
import tsugiki.features.SampleFeatures;
import tsugiki.pretrained.FrozenNetworks;

class ScoringTest {
  private static final int SIDE = 24;
  private static final ScoreNetwork STARTER = ScoreNetwork.named("starter");

  @TempDir Path folder;

  @Test
  void statisticsSufficeWhereOfTheMetricsOfFeaturesOnlyFidIsWanted() {
    ScoreOptions all = ScoreOptions.defaults();
    assertThat(all.statisticsSuffice()).isFalse();
    assertThat(all.withMetrics(Set.of(Metric.FID)).statisticsSuffice()).isTrue();
    assertThat(all.withMetrics(Set.of(Metric.FID, Metric.IS)).statisticsSuffice()).isTrue();
    assertThat(all.withMetrics(Set.of(Metric.FID, Metric.KID)).statisticsSuffice()).isFalse();
    assertThat(all.withMetrics(Set.of(Metric.FID)).withBootstrap(40).statisticsSuffice()).isFalse();
  }

  @Test
  void featuresNeedNoNetwork() {
    Features real = SampleFeatures.normal(40, 5, 0, 1);
    Features fake = SampleFeatures.normal(30, 5, 0.3, 2);
    ScoreSheet sheet =
        Scoring.of(
            ScoreInput.of(real),
            ScoreInput.of(fake),
            ScoreNetwork.named("there is no such network"),
            ScoreOptions.defaults());
    assertThat(sheet.figures().get("fid")).isEqualTo(FrechetDistance.between(real, fake).value());
    assertThat(sheet.comparable()).contains(false);
    assertThat(sheet.json()).doesNotContainKey("weights");
  }

  /** The features and the classes of one pass are those of two. */
  @Test
  void imagesAreScoredByTheirFeaturesAndTheirClasses() {
    ImageSupply real = noise("real", 6, 1);
    ImageSupply fake = noise("fake", 5, 2);
    ScoreOptions options =
        ScoreOptions.defaults()
            .withMetrics(Set.of(Metric.KID, Metric.CLASS_SCORE))
            .withSplits(2)
            .withShuffle(true)
            .withSeed(3);
    ScoreSheet sheet = Scoring.of(ScoreInput.of(real), ScoreInput.of(fake), STARTER, options);
    Features realFeatures = features(real, "features");
    double kid = Kid.allSamples(realFeatures, features(fake, "features")).value();
    double classes = InceptionScore.shuffled(features(fake, "probabilities"), 2, 3).mean();
    assertThat(sheet.figures())
        .containsEntry("kid", kid)
        .containsEntry("starter_class_score_mean", classes);
    assertThat(sheet.json().get("weights"))
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("network", "starter")
        .containsEntry("published", true)
        .hasEntrySatisfying("sha256", sum -> assertThat((String) sum).hasSize(64));
    assertThat(sheet.table()).contains("weights: SHA-256", "arithmetic: float32 on the CPU");
  }

  /** Two classes one after the other: in order, each half has one class and the score is 1. */
  @Test
  void givenProbabilitiesAreShuffledOrTakenInOrder() {
    float[][] rows = new float[40][];
    Arrays.setAll(rows, i -> i < 20 ? new float[] {1, 0} : new float[] {0, 1});
    Features sorted = SampleFeatures.rows(rows);
    ClassProbabilities given =
        new ClassProbabilities(sorted, "is", List.of(), List.of(), "of a file");
    ScoreOptions options = ScoreOptions.defaults().withSplits(2).withSeed(3);
    assertThat(meanOfClasses(given, options)).isEqualTo(1);
    assertThat(meanOfClasses(given, options.withShuffle(true)))
        .isGreaterThan(1.5)
        .isEqualTo(InceptionScore.shuffled(sorted, 2, 3).mean());
  }

  private static double meanOfClasses(ClassProbabilities given, ScoreOptions options) {
    try (Scoring scoring = new Scoring(Optional.empty(), STARTER, options, ScoreProgress.NONE)) {
      return scoring.score(Optional.empty(), Optional.of(given)).sheet().figures().get("is_mean");
    }
  }

  @Test
  void theRealSideIsComputedOnceForSeveralGeneratedSides() {
    int[] read = {0};
    ImageSupply real = counted(noise("real", 4, 1), read);
    ScoreOptions options = ScoreOptions.defaults().withMetrics(Set.of(Metric.KMMD));
    try (Scoring scoring =
        new Scoring(Optional.of(ScoreInput.of(real)), STARTER, options, ScoreProgress.NONE)) {
      Map<String, Double> first = score(scoring, noise("fake", 3, 2));
      int once = read[0];
      assertThat(score(scoring, noise("fake", 3, 2))).isEqualTo(first);
      assertThat(score(scoring, noise("fake", 3, 3))).isNotEqualTo(first);
      // The first image again, whose size is compared with the generated one's.
      assertThat(read[0]).isEqualTo(once + 2);
      assertThat(scoring.realStatistics().count()).isEqualTo(4);
    }
  }

  private static Map<String, Double> score(Scoring scoring, ImageSupply fake) {
    return scoring.score(Optional.of(ScoreInput.of(fake)), Optional.empty()).sheet().figures();
  }

  @Test
  void aFileBesideImagesIsTakenForFeaturesOfTheSameNetwork() {
    ImageSupply fake = noise("fake", 3, 2);
    Features real = features(noise("real", 4, 1), "features");
    ScoreSheet sheet =
        Scoring.of(
            ScoreInput.of(real),
            ScoreInput.of(fake),
            STARTER,
            ScoreOptions.defaults().withMetrics(Set.of(Metric.KID)));
    assertThat(sheet.figures()).containsKey("kid");
    assertThat(sheet.notes()).anyMatch(note -> note.contains("is taken for features of this"));
  }

  /** The network of an earlier set of images says nothing of two files. */
  @Test
  void twoFilesAreFeaturesOfNoKnownNetwork() {
    Features real = features(noise("real", 4, 1), "features");
    ScoreOptions options = ScoreOptions.defaults().withMetrics(Set.of(Metric.KMMD));
    try (Scoring scoring =
        new Scoring(Optional.of(ScoreInput.of(real)), STARTER, options, ScoreProgress.NONE)) {
      assertThat(featuresOf(scoring, ScoreInput.of(noise("fake", 3, 2)))).contains("starter");
      assertThat(featuresOf(scoring, ScoreInput.of(real))).isEqualTo("as the files give them");
    }
  }

  private static String featuresOf(Scoring scoring, ScoreInput generated) {
    ScoreSheet sheet = scoring.score(Optional.of(generated), Optional.empty()).sheet();
    return (String) ((Map<?, ?>) sheet.json().get("protocol")).get("features");
  }

  @Test
  void keptProbabilitiesComeWithTheNamesOfImagesAndClasses() {
    TestImages.write(folder, "a.png", TestImages.png(20, 20, 0xAA3311));
    TestImages.write(folder, "b.png", TestImages.png(30, 20, 0x11AA33));
    ScoreOptions options = ScoreOptions.defaults().withSplits(1);
    try (ScoreInput fake = ScoreInput.open(folder)) {
      for (boolean keep : List.of(true, false)) {
        try (Scoring scoring =
            new Scoring(
                Optional.empty(),
                STARTER,
                options.withKeepProbabilities(keep),
                ScoreProgress.NONE)) {
          ScoreResult result = scoring.score(Optional.of(fake), Optional.empty());
          assertThat(result.sheet().figures()).containsKey("starter_class_score_mean");
          assertThat(result.classes().isPresent()).isEqualTo(keep);
          result
              .classes()
              .ifPresent(
                  classes -> {
                    assertThat(classes.images()).containsExactly("a.png", "b.png");
                    assertThat(classes.names()).hasSize(classes.values().dimensions());
                  });
        }
      }
    }
  }

  @Test
  void argumentsThatDoNotFitAreOneSentence() {
    ScoreInput features = ScoreInput.of(SampleFeatures.normal(4, 5, 0, 1));
    ScoreOptions lpips = ScoreOptions.defaults().withMetrics(Set.of(Metric.LPIPS));
    assertThatThrownBy(() -> Scoring.of(features, features, STARTER, lpips))
        .isInstanceOf(BadInputException.class)
        .hasMessage("metrics lpips needs images; give a folder, a zip or an image as generated");
    ScoreOptions is = ScoreOptions.defaults().withMetrics(Set.of(Metric.IS));
    assertThatThrownBy(() -> Scoring.of(features, features, STARTER, is))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("metrics 'is' needs class probabilities; ");
    ScoreInput images = ScoreInput.of(noise("few", 2, 1));
    assertThatThrownBy(
            () -> Scoring.of(images, images, ScoreNetwork.named("vgg"), ScoreOptions.defaults()))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("network names the network vgg, which does not exist");
  }

  /** Not at the first score, which may come hours later. */
  @Test
  void nullIsRefusedWhenItIsMade() {
    assertThatThrownBy(
            () -> new Scoring(Optional.empty(), null, ScoreOptions.defaults(), ScoreProgress.NONE))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("network");
  }

  private static Features features(ImageSupply images, String tap) {
    try (FeaturePipeline pipeline =
        new FeaturePipeline(
            FrozenNetworks.open("network", "starter", tap), FeaturePipeline.Settings.defaults())) {
      return pipeline.compute(images);
    }
  }

  private static ImageSupply noise(String name, int count, long seed) {
    byte[] pixels = new byte[count * SIDE * SIDE * 3];
    new Random(seed).nextBytes(pixels);
    return ImageSupply.of(name, pixels, SIDE);
  }

  private static ImageSupply counted(ImageSupply images, int[] read) {
    return new ImageSupply() {
      @Override
      public int count() {
        return images.count();
      }

      @Override
      public synchronized RgbImage read(int index, IntFunction<byte[]> buffers) {
        read[0]++;
        return images.read(index, buffers);
      }

      @Override
      public String describe(int index) {
        return images.describe(index);
      }

      @Override
      public String toString() {
        return images.toString();
      }
    };
  }
}
