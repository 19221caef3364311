package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.BigGanDeepArchitecture;
import tsugiki.model.GeneratorArchitecture;

/** What a graft trains of the generator of 128 pixels and 96 channels, counted without running. */
class GraftedGeneratorTest {
  private static final BigGanArchitecture STANDARD = BigGanArchitecture.standard(128, 96, 1000);

  @Test
  void scaleShiftTrainsTheGainsAndBiasesOfThePaperSiteBySite() {
    try (Graph graph = new Graph()) {
      GraftedGenerator generator = build(graph, GraftMethod.SCALE_SHIFT, 1);
      assertThat(count(generator.rootstock())).isEqualTo(2_188_032);
      // The class vector, and the scale and the shift of the first map.
      assertThat(count(generator.scion())).isEqualTo(128 + 2 * 1536);
      assertThat(GraftedGenerator.bySite(generator.weights().trained()))
          .hasSize(2 * 5 + 3)
          .contains(
              "generator/block_0/norm_1                      454,656",
              "generator/block_4/norm_2                       28,416",
              "graft/class_vector                                128",
              "graft/first_map                                 3,072")
          .endsWith("trained in all                              2,191,232");
    }
  }

  @Test
  void pointWiseTrainsNothingOfTheGeneratorsOwn() {
    try (Graph graph = new Graph()) {
      GraftedGenerator generator = build(graph, GraftMethod.POINT_WISE, 8);
      assertThat(generator.rootstock().trained()).isEmpty();
      // A row of 8 weights and a bias for every channel, each a linear function of z and a bias.
      long perChannel = (8 + 1) * (STANDARD.latent() + 1);
      List<Integer> sites = STANDARD.siteChannels();
      assertThat(GraftedGenerator.bySite(generator.weights().trained())).hasSize(sites.size() + 3);
      for (int site = 0; site < sites.size(); site++) {
        assertThat(count(generator.scion().in("site_" + site)))
            .as("site %d", site)
            .isEqualTo(sites.get(site) * perChannel);
      }
    }
  }

  @Test
  void everySiteOfBigGanDeepIsReached() {
    GeneratorArchitecture deep = BigGanDeepArchitecture.standard(128, 128, 1000);
    try (Graph graph = new Graph()) {
      GraftedGenerator generator = build(graph, deep, GraftMethod.POINT_WISE, 8);
      long perChannel = (8 + 1) * (deep.latent() + 1);
      List<Integer> sites = deep.siteChannels();
      assertThat(sites).hasSize(41);
      for (int site = 0; site < sites.size(); site++) {
        assertThat(count(generator.scion().in("site_" + site)))
            .as("site %d", site)
            .isEqualTo(sites.get(site) * perChannel);
      }
    }
    try (Graph graph = new Graph()) {
      GraftedGenerator generator = build(graph, deep, GraftMethod.SCALE_SHIFT, 1);
      long channels = deep.siteChannels().stream().mapToLong(Integer::longValue).sum() - 128;
      assertThat(count(generator.rootstock()))
          .isEqualTo(2 * channels * (deep.latent() + deep.embedding()));
    }
  }

  private static GraftedGenerator build(Graph graph, GraftMethod method, int groupSize) {
    return build(graph, STANDARD, method, groupSize);
  }

  private static GraftedGenerator build(
      Graph graph, GeneratorArchitecture architecture, GraftMethod method, int groupSize) {
    Ops tf = GraphScope.ops(graph);
    GraftedGenerator generator =
        new GraftedGenerator(
            architecture,
            method,
            SiteLayers.of(architecture, groupSize, 0),
            List.of(),
            Weights.create(0, method.trained()));
    generator.apply(
        tf, tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, architecture.latent()))));
    return generator;
  }

  private static long count(Weights weights) {
    return weights.trained().stream().mapToLong(Weight::count).sum();
  }
}
