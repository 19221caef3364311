package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.proto.NodeDef;
import tsugiki.data.ImageSet;
import tsugiki.data.RgbImage;
import tsugiki.graph.Weight;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.train.RunDirectory;

/** What TensorBoard shows of a graft. */
@Tag("slow")
class GraftPresentationTest {
  @ParameterizedTest
  @EnumSource(GraftMethod.class)
  void everyNodeLiesInOneOfAFewScopes(GraftMethod method) {
    try (GraftTraining graft = train(method, 4)) {
      Set<String> scopes =
          graft.structure().getNodeList().stream()
              .map(NodeDef::getName)
              .peek(name -> assertThat(name).contains("/"))
              .map(name -> name.substring(0, name.indexOf('/')))
              .collect(Collectors.toSet());
      assertThat(scopes)
          .containsExactlyInAnyOrder(
              "Targets", "Latents", "Generator", "Loss", "Step", "Samples", "State", "Spread");
    }
  }

  /** 2,731 images of 512 pixels are more than one array holds. */
  @Test
  void imagesOfMoreThanTwoGibibytesAreTaken(@TempDir Path folder) {
    RgbImage one = new RgbImage("a", 512, 512, new byte[512 * 512 * 3]);
    ImageSet many = ImageSet.of(List.of(one), "waves").select(new int[2_731]);
    GraftOptions options = TinyRootstock.options(GraftMethod.POINT_WISE, 4);
    try (GraftTraining graft = train(GraftMethod.POINT_WISE, 4);
        GraftScores scores = new GraftScores(graft, many, List.of(), 2, Sessions.Settings.cpu())) {
      assertThat(scores.protocols()).isEmpty();
      new GraftPictures(options, graft, many)
          .reals(RunDirectory.create(folder.resolve("run"), options));
      assertThat(folder.resolve("run/reals.png")).isNotEmptyFile();
    }
  }

  /** W's columns are linear in z: over z and −z, each k times, an entry's deviation is |z·K|. */
  @Test
  void theSpreadOverManyLatentVectorsIsTakenInParts() {
    try (GraftTraining graft = train(GraftMethod.POINT_WISE, 4)) {
      int latent = graft.latent();
      Weight kernel = graft.generator().scion().get("site_0/kernel");
      float[] values = LatentDraws.normal((int) kernel.count(), 2, 5);
      WeightValues.set(graft.session(), kernel, values);
      int pairs = 20;
      float[] z = LatentDraws.normal(latent, 2, 1);
      float[] latents = new float[2 * pairs * latent];
      for (int i = 0; i < latents.length; i++) {
        latents[i] = i < latents.length / 2 ? z[i % latent] : -z[i % latent];
      }
      int channels = TinyRootstock.ARCHITECTURE.siteChannels().get(0);
      float[] columns = TrainedKernels.matrices(values, latent, channels);
      int entries = columns.length / latent;
      double expected = 0;
      for (int entry = 0; entry < entries; entry++) {
        double product = 0;
        for (int row = 0; row < latent; row++) {
          product += (double) z[row] * columns[row * entries + entry];
        }
        expected += Math.abs(product) / entries;
      }
      assertThat(graft.spread(latents).get("w_spread_training/site_0"))
          .isCloseTo(expected, Percentage.withPercentage(0.001));
    }
  }

  @Test
  void aSitesHistogramIsOfWAlone() {
    float[] kernel = {1, 2, 3, 4, -1, -2, 5, 6, 7, 8, -3, -4};
    assertThat(TrainedKernels.matrices(kernel, 2, 2)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void histogramsAreTaggedBySite() {
    try (GraftTraining graft = train(GraftMethod.POINT_WISE, 4)) {
      long latent = TinyRootstock.ARCHITECTURE.latent();
      int channels = TinyRootstock.ARCHITECTURE.siteChannels().get(0);
      assertThat(graft.histograms()).hasSize(7);
      assertThat(graft.histograms().get("W/site_0")).hasSize((int) (latent * channels * 4));
    }
  }

  @Test
  void ofTheGainsAndBiasesTheGainsAreShown() {
    try (GraftTraining graft = train(GraftMethod.SCALE_SHIFT, 1)) {
      assertThat(graft.histograms())
          .hasSize(6)
          .containsKeys("gamma/block_0/norm_1", "gamma/block_2/norm_2");
    }
  }

  private static GraftTraining train(GraftMethod method, int groupSize) {
    return new GraftTraining(
        TinyRootstock.options(method, groupSize),
        TinyRootstock.make(),
        TinyRootstock.images(3),
        new TinyNetwork());
  }
}
