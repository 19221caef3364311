package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.proto.NodeDef;

/** What TensorBoard shows of a graft. */
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
