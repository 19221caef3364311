package tsugiki.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Activation;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.GraphScope;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.PyramidGenerator.Architecture;
import tsugiki.model.PyramidGenerator.Borders;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/** The networks of ConSinGAN. */
class PyramidTest {
  private static final int[][] SIZES = {{25, 38}, {31, 47}, {41, 61}};
  private static final Activation LEAKY = Activation.leakyRelu(0.05f);

  @Test
  void sixStagesHaveThePublishedNumberOfParameters() {
    int[][] sizes = {{25, 25}, {33, 33}, {45, 45}, {72, 72}, {158, 158}, {250, 250}};
    for (Borders borders : Borders.values()) {
      try (Graph graph = new Graph()) {
        Weights weights = Weights.create(1);
        generator(GraphScope.ops(graph), weights, Architecture.standard(borders), sizes);
        assertThat(weights.trained().stream().mapToLong(Weight::count).sum()).isEqualTo(668_227);
      }
    }
  }

  @Test
  void theCriticHasThePublishedNumberOfParametersAndPatch() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(1);
      Operand<TFloat32> scores =
          PyramidDiscriminator.standard()
              .apply(
                  tf,
                  weights,
                  LEAKY,
                  tf.fill(tf.constant(new int[] {1, 25, 38, 3}), tf.constant(0f)));
      assertThat(weights.trained().stream().mapToLong(Weight::count).sum()).isEqualTo(113_153);
      assertThat(PyramidDiscriminator.standard().patch()).isEqualTo(11);
      assertThat(scores.shape()).isEqualTo(Shape.of(1, 15, 28, 1));
    }
  }

  @ParameterizedTest
  @EnumSource(Borders.class)
  void everyStageHasItsSize(Borders borders) {
    Architecture tiny = new Architecture(4, 3, borders);
    for (int stages = 1; stages <= SIZES.length; stages++) {
      try (Graph graph = new Graph()) {
        int[][] sizes = Arrays.copyOf(SIZES, stages);
        Operand<TFloat32> image = generator(GraphScope.ops(graph), Weights.create(1), tiny, sizes);
        assertThat(image.shape())
            .isEqualTo(Shape.of(1, sizes[stages - 1][0], sizes[stages - 1][1], 3));
      }
    }
  }

  /** With no weight in its body and none of its noise, a stage only enlarges the features. */
  @Test
  void aNewStageWithoutWeightsEnlargesTheFeaturesBefore() {
    Architecture tiny = new Architecture(2, 2, Borders.NOISE);
    int[][] same = {{12, 12}, {12, 12}};
    float[] one = image(tiny, Arrays.copyOf(same, 1), 0);
    float[] two = image(tiny, same, 0);
    assertThat(two).hasSize(one.length);
    for (int i = 0; i < one.length; i++) {
      assertThat(two[i]).isCloseTo(one[i], within(1e-6f));
    }
    assertThat(image(tiny, same, 1)).isNotEqualTo(two);
  }

  /** Draws with body_1 at zero, its biases at the given number. */
  private static float[] image(Architecture architecture, int[][] sizes, float bias) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Weights weights = Weights.create(7);
      Operand<TFloat32> image = generator(GraphScope.ops(graph), weights, architecture, sizes);
      WeightValues.initialise(session, weights);
      for (Weight weight : weights.all()) {
        if (weight.name().startsWith("body_1")) {
          float[] values = new float[(int) weight.count()];
          Arrays.fill(values, weight.name().endsWith("bias") ? bias : 0);
          WeightValues.set(session, weight, values);
        }
      }
      try (Result result = session.runner().fetch(image).run()) {
        return Tensors.toFloats((TFloat32) result.get(0));
      }
    }
  }

  @Test
  void batchNormalisationAddsAGainAndAShiftToEveryConvolutionButTheLast() {
    try (Graph graph = new Graph()) {
      Weights weights = Weights.create(1);
      BatchNorm.Settings norm = BatchNorm.Settings.batch(1e-5f, new PendingUpdates());
      generator(
          GraphScope.ops(graph),
          weights,
          new PyramidGenerator(
              Architecture.standard(Borders.ZEROS), weights, LEAKY, Optional.of(norm)),
          Architecture.standard(Borders.ZEROS),
          SIZES);
      long plain = 1_792 + 3 * 110_784 + 1_731;
      assertThat(weights.trained().stream().mapToLong(Weight::count).sum())
          .isEqualTo(plain + (1 + 3 * 3) * 2 * 64);
    }
  }

  private static Operand<TFloat32> generator(
      Ops tf, Weights weights, Architecture architecture, int[][] sizes) {
    return generator(
        tf,
        weights,
        new PyramidGenerator(architecture, weights, LEAKY, Optional.empty()),
        architecture,
        sizes);
  }

  private static Operand<TFloat32> generator(
      Ops tf, Weights weights, PyramidGenerator network, Architecture architecture, int[][] sizes) {
    List<Operand<TFloat32>> noise = new ArrayList<>();
    List<Operand<TFloat32>> amplitudes = new ArrayList<>();
    for (int[] size : sizes) {
      boolean first = noise.isEmpty();
      int margin = first ? 0 : 2 * architecture.margin();
      int channels = first ? PyramidGenerator.IMAGE_CHANNELS : architecture.channels();
      noise.add(
          tf.fill(
              tf.constant(new int[] {1, size[0] + margin, size[1] + margin, channels}),
              tf.constant(0.5f)));
      amplitudes.add(tf.constant(0f));
    }
    return network.apply(tf, noise, amplitudes);
  }
}
