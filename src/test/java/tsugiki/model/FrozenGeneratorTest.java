package tsugiki.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.AdaptivePointwise;
import tsugiki.graph.Affine;
import tsugiki.graph.Ancestors;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Gradients;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Kernels;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weights;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/**
 * A frozen BigGAN or BigGAN-deep with trained adaptive layers at its sites: what trains, and what
 * must not.
 */
class FrozenGeneratorTest {
  private static final GeneratorArchitecture BIGGAN = BigGanArchitecture.standard(32, 4, 3);
  private static final GeneratorArchitecture DEEP =
      new BigGanDeepArchitecture(16, 8, List.of(4, 4, 2), 5, 3, 3, 8, 1e-4f, 1);
  private static final int IMAGES = 2;

  private final Graph graph = new Graph();
  private final Session session = Sessions.open(graph);
  private final Ops tf = GraphScope.ops(graph);
  private final Weights frozen = Weights.frozen().in("generator");
  private final Weights grafted = Weights.create(1).in("graft");
  private GeneratorArchitecture architecture;
  private Operand<TFloat32> plain;
  private Operand<TFloat32> adapted;
  private List<Operand<TFloat32>> gradients;

  static List<GeneratorArchitecture> architectures() {
    return List.of(BIGGAN, DEEP);
  }

  private void build(GeneratorArchitecture built) {
    architecture = built;
    Operand<TFloat32> z = random(IMAGES, architecture.latent());
    Operand<TFloat32> y = random(IMAGES, architecture.embedding());
    GeneratorHook hook =
        new GeneratorHook() {
          @Override
          public Operand<TFloat32> normalised(
              Ops scope, Site site, Operand<TFloat32> x, Affine affine) {
            AdaptivePointwise.Mixing mixing =
                AdaptivePointwise.mixing(scope, grafted.in(site.name()), z, site.channels(), 4);
            return AdaptivePointwise.apply(scope, mixing, affine, x);
          }
        };
    plain = generator(GeneratorHook.NONE).apply(tf.withSubScope("Plain"), z, y);
    adapted = generator(hook).apply(tf.withSubScope("Adapted"), z, y);
    List<Operand<TFloat32>> trained = new ArrayList<>(List.of(z));
    grafted.trained().forEach(weight -> trained.add(weight.variable()));
    Operand<TFloat32> loss =
        tf.math.mean(tf.math.square(adapted), tf.constant(new int[] {0, 1, 2, 3}));
    gradients = Gradients.of(tf.withSubScope("Backward"), loss, trained);
  }

  @AfterEach
  void close() {
    session.close();
    graph.close();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void onlyTheGraftTrains(GeneratorArchitecture built) {
    build(built);
    assertThat(frozen.trained()).isEmpty();
    // A kernel and a bias at each site: two or four a block, and the last.
    int sites = architecture == DEEP ? 4 * 4 + 1 : 2 * 3 + 1;
    assertThat(grafted.trained()).hasSize(2 * sites);
    assertThat(architecture.siteChannels()).hasSize(sites);
    assertThat(grafted.trained()).containsExactlyElementsOf(grafted.all());
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void noGradientOfAFrozenKernelIsComputed(GeneratorArchitecture built) {
    build(built);
    Ancestors ancestors = new Ancestors(graph);
    List<String> found = gradients.stream().map(gradient -> gradient.op().name()).toList();
    Set<String> backward = new HashSet<>();
    for (String name : ancestors.of(found)) {
      if (name.startsWith("Backward/")) {
        backward.add(ancestors.node(name).getOp());
      }
    }
    assertThat(backward).contains("Conv2DBackpropInput").doesNotContain("Conv2DBackpropFilter");
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void nothingOfTheBackwardPassReachesAFrozenVariable(GeneratorArchitecture built) {
    build(built);
    Ancestors ancestors = new Ancestors(graph);
    Set<String> variables = new HashSet<>();
    frozen.all().forEach(weight -> variables.add(weight.variable().op().name()));
    Set<String> assigns = new HashSet<>();
    for (NodeDef node : ancestors.nodes()) {
      if (node.getInputCount() > 0
          && node.getOp().matches("(Assign|Apply|Scatter).*")
          && variables.contains(Ancestors.source(node.getInput(0)))) {
        assigns.add(node.getName());
        assertThat(ancestors.of(List.of(node.getName())))
            .as("what %s depends on", node.getName())
            .noneMatch(name -> name.startsWith("Backward/"));
      }
    }
    Set<String> known = new HashSet<>();
    frozen.all().forEach(weight -> known.add(weight.assign().op().name()));
    assertThat(assigns).isEqualTo(known);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void startsAsTheFrozenGeneratorAndMovesAllThatTrains(GeneratorArchitecture built) {
    build(built);
    WeightValues.initialise(session, frozen);
    WeightValues.initialise(session, grafted);
    frozen.derive(session);
    Session.Runner runner = session.runner().fetch(plain).fetch(adapted);
    gradients.forEach(runner::fetch);
    try (Result result = runner.run()) {
      float[] images = Tensors.toFloats((TFloat32) result.get(0));
      assertThat(Tensors.toFloats((TFloat32) result.get(1)))
          .containsExactly(images, Offset.offset(1e-5f));
      for (int i = 0; i < gradients.size(); i++) {
        float[] gradient = Tensors.toFloats((TFloat32) result.get(i + 2));
        assertThat(gradient).as("gradient %d", i).doesNotContain(Float.NaN);
        assertThat(sumOfSquares(gradient)).as("gradient %d", i).isPositive();
      }
    }
  }

  private GeneratorArchitecture.Network generator(GeneratorHook hook) {
    return architecture.generator(
        frozen, Kernels.PLAIN, BatchNorm.Settings.stored(architecture.epsilon()), hook);
  }

  private Operand<TFloat32> random(int rows, int columns) {
    SplittableRandom random = new SplittableRandom(columns);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return tf.reshape(tf.constant(values), tf.constant(new int[] {rows, columns}));
  }

  private static double sumOfSquares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value * value;
    }
    return sum;
  }
}
