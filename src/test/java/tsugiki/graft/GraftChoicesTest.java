package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSet;
import tsugiki.data.RgbImage;
import tsugiki.graph.Weight;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.ClassLabels;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.ModelMetadata;
import tsugiki.train.Schedule;

/** How a graft's options change what it learns, on a tiny generator. */
@Tag("slow")
class GraftChoicesTest {
  private static final Rootstock ROOTSTOCK = TinyRootstock.make();
  private static final GraftOptions DEFAULTS =
      TinyRootstock.options(GraftMethod.POINT_WISE, 4)
          .withWatch(TinyRootstock.options(GraftMethod.POINT_WISE, 4).watch().withTruncation(1));

  private static GraftTraining train(GraftOptions options, int images) {
    return begun(options, TinyRootstock.images(images));
  }

  private static GraftTraining begun(GraftOptions options, ImageSet images) {
    GraftTraining training = new GraftTraining(options, ROOTSTOCK, images, new TinyNetwork());
    training.begin();
    return training;
  }

  private static double deviation(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value / values.length;
      squares += value * value / values.length;
    }
    return Math.sqrt(squares - sum * sum);
  }

  /** With few vectors the sliced prior ends lower; a strong prior moves them alone. */
  @ParameterizedTest
  @EnumSource(names = {"MOMENTS", "SLICED"})
  void aPriorThatLooksWhereSamplesAreDrawnTakesTheLatentVectorsThere(PriorKind kind) {
    LossOptions loss = DEFAULTS.loss().withLatentPrior(kind).withPriorWeight(100);
    LearningOptions fast = DEFAULTS.learning().withLatentRate(0.15f);
    try (GraftTraining graft = train(DEFAULTS.withLoss(loss).withLearning(fast), 12)) {
      assertThat(deviation(graft.latents())).isCloseTo(1, Percentage.withPercentage(15));
      for (int step = 0; step < 25; step++) {
        graft.step(step);
      }
      assertThat(deviation(graft.latents()))
          .isCloseTo(LatentTerm.deviation(1), Percentage.withPercentage(20));
    }
  }

  /** As the samples that {@code generate} draws are. */
  @ParameterizedTest
  @CsvSource({"0.4", "1", "3"})
  void theDeviationIsThatOfTheSamples(double truncation) {
    assertThat(deviation(LatentDraws.normal(20_000, truncation, 1)))
        .isCloseTo(LatentTerm.deviation(truncation), Percentage.withPercentage(2));
  }

  @Test
  void ratesFallAsChosen() {
    LearningOptions learning = LearningOptions.defaults().withSteps(1_000);
    Schedule steps = RateFall.STEPS.schedule(1, learning);
    assertThat(steps.at(2_999)).isEqualTo(1);
    assertThat(steps.at(3_000)).isCloseTo(0.2f, Offset.offset(1e-6f));
    for (RateFall fall : new RateFall[] {RateFall.COSINE, RateFall.LINEAR}) {
      Schedule schedule = fall.schedule(1, learning);
      assertThat(schedule.at(0)).isEqualTo(1);
      assertThat(schedule.at(500)).isCloseTo(0.55f, Offset.offset(1e-6f));
      assertThat(schedule.at(1_000)).isCloseTo(0.1f, Offset.offset(1e-6f));
    }
  }

  @Test
  void latentVectorsStartAtZeroOnRequest() {
    try (GraftTraining graft = train(started(LatentStart.ZERO, ClassStart.MEAN), 3)) {
      assertThat(graft.latents()).containsOnly(0);
    }
  }

  /** Through the rootstock as it is: nothing but the latent vectors has moved. */
  @Test
  void aProjectionIsNearerToTheImagesThanDrawsAre() {
    try (GraftTraining drawn = train(DEFAULTS, 3);
        GraftTraining projected = train(started(LatentStart.PROJECTION, ClassStart.MEAN), 3)) {
      assertThat(projected.spread(projected.latents()).values()).containsOnly(0.0);
      assertThat(projected.state())
          .extracting(Weight::name)
          .containsExactlyElementsOf(drawn.state().stream().map(Weight::name).toList());
      assertThat(projected.step(0).get("loss")).isLessThan(0.99 * drawn.step(0).get("loss"));
    }
  }

  /** What one class has drawn is known to be that class's. */
  @ParameterizedTest
  @EnumSource(names = {"NEAREST", "COMBINATION"})
  void theClassVectorStartsAtTheClassOfTheImages(ClassStart kind) {
    int width = TinyRootstock.ARCHITECTURE.embedding();
    float[] z = LatentDraws.normal(TinyRootstock.ARCHITECTURE.latent(), 1, 1, 2, 3, 4, 5, 6, 7, 8);
    float[] drawn = TinyRootstock.draw(ROOTSTOCK, z, new float[] {0, 0, 1});
    byte[] pixels = new byte[drawn.length];
    for (int i = 0; i < drawn.length; i++) {
      pixels[i] = (byte) Math.round(127.5 * (drawn[i] + 1));
    }
    ImageSet images = ImageSet.of(RgbImage.split("drawn", 32, 32, pixels), "drawn");
    try (GraftTraining graft = begun(started(LatentStart.NORMAL, kind), images)) {
      float[] table = ROOTSTOCK.weights().get("generator/classes/table");
      float[] start =
          WeightValues.get(graft.session(), graft.generator().scion().get("class_vector"));
      double own = distance(start, table, 2 * width);
      assertThat(own)
          .isLessThan(distance(start, table, 0))
          .isLessThan(distance(start, table, width));
      if (kind == ClassStart.NEAREST) {
        assertThat(own).isCloseTo(0, Offset.offset(1e-5));
      }
    }
  }

  /** By name, by number, and the mean of several. */
  @Test
  void theClassVectorStartsAtTheClassesThatAreNamed() {
    int width = TinyRootstock.ARCHITECTURE.embedding();
    float[] table = ROOTSTOCK.weights().get("generator/classes/table");
    Rootstock named =
        new Rootstock(
            ROOTSTOCK.architecture(),
            ROOTSTOCK.weights(),
            new ClassLabels(
                Path.of("model"), 3, List.of("tench, Tinca tinca", "crane", "rose"), List.of()),
            List.of());
    float[] one = classVector(named, "tinca tinca");
    float[] several = classVector(named, "ROSE", "1");
    for (int i = 0; i < width; i++) {
      assertThat(one[i]).isEqualTo(table[i]);
      assertThat(several[i])
          .isCloseTo((table[width + i] + table[2 * width + i]) / 2, Offset.offset(1e-6f));
    }
    assertThatThrownBy(() -> classVector(named, "tensh"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("classFrom tensh is no class of model; the nearest is tench; it has");
    assertThatThrownBy(
            () ->
                StartOptions.defaults()
                    .withClassFrom(List.of("1"))
                    .withClassStart(ClassStart.NEAREST))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("classStart is nearest; leave one out");
  }

  private static float[] classVector(Rootstock rootstock, String... classes) {
    StartOptions start = StartOptions.defaults().withClassFrom(List.of(classes));
    GraftOptions options = DEFAULTS.withLearning(DEFAULTS.learning().withStart(start));
    try (GraftTraining graft =
        new GraftTraining(options, rootstock, TinyRootstock.images(3), new TinyNetwork())) {
      graft.begin();
      return WeightValues.get(graft.session(), graft.generator().scion().get("class_vector"));
    }
  }

  private static double distance(float[] vector, float[] table, int from) {
    double sum = 0;
    for (int i = 0; i < vector.length; i++) {
      sum += Math.abs(vector[i] - table[from + i]);
    }
    return sum;
  }

  @Test
  void theNearestMixtureIsFoundInsideAndOutside() {
    double[][] corners = {{0, 0, 5}, {4, 0, 5}, {0, 4, 5}};
    double[] shares = new ClassMixture(corners, new double[] {1, 2, 9}).shares();
    assertThat(shares).containsExactly(new double[] {0.25, 0.25, 0.5}, Offset.offset(1e-2));
    ClassMixture beyond = new ClassMixture(corners, new double[] {9, -1, 5});
    assertThat(beyond.nearest()).isEqualTo(1);
    assertThat(beyond.shares()).containsExactly(new double[] {0, 1, 0}, Offset.offset(1e-9));
  }

  /** The exported model draws what the training draws, with layers of every kind. */
  @Test
  void someSitesMixAndAllHaveALowRankBesideThem(@TempDir Path folder) {
    GraftOptions options = DEFAULTS.withMixedSites(2).withRank(3);
    float[] z = LatentDraws.normal(TinyRootstock.ARCHITECTURE.latent(), 1, 1, 2, 3);
    try (GraftTraining graft = train(options, 3)) {
      float[] before = TinyRootstock.draw(ROOTSTOCK, z, new float[] {1 / 3f, 1 / 3f, 1 / 3f});
      assertThat(graft.drawFloats(z)).containsExactly(before, Offset.offset(1e-5f));
      assertThat(graft.generator().layers().groups()).hasSize(7).containsOnly(1, 4);
      assertThat(graft.generator().layers().groups().stream().filter(g -> g == 4)).hasSize(2);
      for (int step = 0; step < 3; step++) {
        graft.step(step);
      }
      Weight up = graft.generator().scion().get("site_0/low_rank/up/kernel");
      assertThat(deviation(WeightValues.get(graft.session(), up))).isGreaterThan(1e-4);
      GraftServing.writer(
              graft.generator(),
              graft.generatorValues(),
              graft.latents(),
              "# A card",
              GraftWatchOptions.defaults())
          .write(folder.resolve("model"));
      assertThat(ModelMetadata.usualTruncation(folder.resolve("model"))).isEqualTo(0.4);
      GraftServing.writer(
              graft.generator(),
              graft.generatorValues(),
              graft.latents(),
              "# A card",
              GraftWatchOptions.defaults().withTruncation(GraftWatchOptions.UNCUT))
          .write(folder.resolve("uncut"));
      assertThat(ModelMetadata.usualTruncation(folder.resolve("uncut")))
          .isEqualTo(LatentDraws.UNTRUNCATED);
      try (LoadedGenerator served = LoadedGenerator.open(folder.resolve("model"))) {
        byte[] drawn = graft.draw(z);
        byte[] images = served.images(z, new long[0]);
        for (int i = 0; i < images.length; i++) {
          // Two graphs: TensorFlow may fuse their operations differently.
          assertThat(Byte.toUnsignedInt(images[i]))
              .isCloseTo(Byte.toUnsignedInt(drawn[i]), Offset.offset(1));
        }
      }
    }
  }

  /** Of W's 2·2 entries in each of two groups, then b. */
  @Test
  void theInformationOfASiteIsThatOfItsMixing() {
    float[] gradient = {9, 1, 2, 9, 9, 3, 4, 9, 7, 7, 7, 7};
    assertThat(SiteInformation.besideDiagonal(gradient, 4)).isEqualTo((1 + 4 + 9 + 16) / 4.0);
  }

  @Test
  void theSitesThatMixAreThoseOfTheMostInformation() {
    GraftOptions options = DEFAULTS.withMixedSites(2);
    ImageSet images = TinyRootstock.images(2);
    double[] found = SiteInformation.of(options, ROOTSTOCK, images, new TinyNetwork());
    double[] sorted = Arrays.stream(found).sorted().toArray();
    assertThat(sorted[0]).isPositive().isLessThan(sorted[6]);
    assertThat(SiteInformation.chosen(options, ROOTSTOCK, images, new TinyNetwork()))
        .hasSize(2)
        .allMatch(site -> found[site] >= sorted[5]);
  }

  @Test
  void whatNoLayerCanDoIsRefused() {
    assertThatThrownBy(() -> DEFAULTS.withMixedSites(8).checkLayers(TinyRootstock.ARCHITECTURE))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("the generator has 7 sites");
    assertThatThrownBy(() -> DEFAULTS.withRank(2).withMethod(GraftMethod.SCALE_SHIFT))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("rank is a matter of point-wise layers");
  }

  private static GraftOptions started(LatentStart latents, ClassStart vector) {
    StartOptions start = new StartOptions(latents, 20, vector, List.of());
    return DEFAULTS.withLearning(DEFAULTS.learning().withStart(start));
  }
}
