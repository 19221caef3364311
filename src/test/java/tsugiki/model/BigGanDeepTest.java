package tsugiki.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.graph.Affine;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Kernels;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;

/** The shape of BigGAN-deep; {@code HubDeepBigGanTest} has what it computes. */
class BigGanDeepTest {
  /**
   * The counts, in millions, that the publisher of the converted modules gives. Their last
   * convolution has ch outputs, of which three are used.
   */
  @ParameterizedTest
  @CsvSource({"128, 50.4, 8", "256, 55.9, 8", "512, 56.2, 8"})
  void hasThePublishedParameterCounts(int size, double millions, int group) {
    BigGanDeepArchitecture architecture = BigGanDeepArchitecture.standard(size, 128, 1000);
    try (Graph graph = new Graph()) {
      Weights weights = Weights.create(0).in("generator");
      List<GeneratorHook.Site> sites = new ArrayList<>();
      Operand<TFloat32> images = build(graph, architecture, weights, sites);
      assertThat(images.shape().asArray()).containsExactly(1, size, size, 3);
      long classes = (long) architecture.classes() * architecture.embedding();
      long unused = (9L * 128 + 1) * (128 - 3);
      long trained = weights.trained().stream().mapToLong(Weight::count).sum();
      assertThat((trained + classes + unused) / 1e6).isBetween(millions - 0.05, millions + 0.05);
      assertThat(sites)
          .extracting(GeneratorHook.Site::channels)
          .isEqualTo(architecture.siteChannels());
      assertThat(architecture.siteChannels()).allMatch(channels -> channels % group == 0);
      assertThat(sites.get(5)).isEqualTo(new GeneratorHook.Site(5, "block_1/norm_2", 512, 4));
      assertThat(sites.get(6)).isEqualTo(new GeneratorHook.Site(6, "block_1/norm_3", 512, 8));
    }
  }

  private static Operand<TFloat32> build(
      Graph graph,
      BigGanDeepArchitecture architecture,
      Weights weights,
      List<GeneratorHook.Site> sites) {
    Ops tf = GraphScope.ops(graph);
    GeneratorHook hook =
        new GeneratorHook() {
          @Override
          public Operand<TFloat32> normalised(
              Ops scope, Site site, Operand<TFloat32> x, Affine affine) {
            sites.add(site);
            return affine.apply(scope, x);
          }
        };
    return architecture
        .generator(weights, Kernels.PLAIN, BatchNorm.Settings.stored(1e-4f), hook)
        .apply(
            tf,
            tf.fill(tf.constant(new int[] {1, architecture.latent()}), tf.constant(0f)),
            tf.fill(tf.constant(new int[] {1, architecture.embedding()}), tf.constant(0f)));
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> BigGanDeepArchitecture.standard(64, 128, 1000))
        .isInstanceOf(BadInputException.class)
        .hasMessage("size is 64; the deep networks exist for 128, 256 and 512 pixels");
    assertThatThrownBy(() -> shape(32, List.of(4, 2, 1)))
        .hasMessage("the architecture has 2 doublings, which do not make 32 pixels");
    assertThatThrownBy(() -> shape(16, List.of(2, 4, 1)))
        .hasMessageContaining("8 times [2, 4, 1] are no channels of a BigGAN-deep");
  }

  private static BigGanDeepArchitecture shape(int size, List<Integer> multipliers) {
    return new BigGanDeepArchitecture(size, 8, multipliers, 5, 3, 3, 0, 1e-4f, 1);
  }
}
