package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * What every layer, loss and augmentation must do (rule 9 of DESIGN.md), each of them held against
 * independent arithmetic.
 */
@Tag("slow")
class LayerConformanceTest {
  static List<LayerCase> cases() {
    return LayerCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tellsItsShapeToTheGraph(LayerCase layer) {
    try (LayerRun run = new LayerRun(layer, 1, name -> true)) {
      int[] known = run.staticShape();
      int[] expected = run.expected().shape();
      assertThat(known).hasSameSizeAs(expected);
      for (int i = 0; i < known.length; i++) {
        // The number of images may be unknown while a graph is built, nothing else.
        assertThat(known[i]).isIn(i == 0 ? List.of(-1, expected[i]) : List.of(expected[i]));
      }
      assertThat(run.output().shape()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tellsItsShapeWhateverTheNumberOfImages(LayerCase layer) {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      List<Operand<TFloat32>> inputs = new ArrayList<>();
      for (int[] sizes : layer.inputs()) {
        long[] shape = Arrays.stream(sizes).asLongStream().toArray();
        // What has one dimension is by channel, all else by image.
        shape[0] = shape.length == 1 ? shape[0] : -1;
        inputs.add(tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(shape))));
      }
      Shape known =
          layer.build().build(tf, Weights.create(1), new PendingUpdates(), inputs).shape();
      for (int d = 1; d < known.numDimensions(); d++) {
        assertThat(known.get(d)).as("%s", known).isPositive();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithIndependentArithmetic(LayerCase layer) {
    try (LayerRun run = new LayerRun(layer, 2, name -> true)) {
      assertClose(run.output(), run.expected());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheSameWithFrozenWeights(LayerCase layer) {
    try (LayerRun run = new LayerRun(layer, 2, name -> false)) {
      assertThat(run.weights().trained()).isEmpty();
      assertClose(run.output(), run.expected());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasTheGradientsThatCentralDifferencesFind(LayerCase layer) {
    try (LayerRun run = new LayerRun(layer, 3, name -> true)) {
      CentralDifferences.check(run, 1e-3);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void comesBackFromSavedWeights(LayerCase layer) {
    try (LayerRun first = new LayerRun(layer, 5, name -> true);
        LayerRun second = new LayerRun(layer, 6, name -> true)) {
      second.feed(first.inputs());
      Values expected = first.output();
      Values before = second.output();
      boolean weightsMatter = !Arrays.equals(first.expected().data(), second.expected().data());
      assertThat(Arrays.equals(before.data(), expected.data())).isNotEqualTo(weightsMatter);
      second.load(first.save());
      assertThat(second.output().data()).isEqualTo(expected.data());
    }
  }

  private static double max(double[] values) {
    double max = 0;
    for (double value : values) {
      max = Math.max(max, Math.abs(value));
    }
    return max;
  }

  private static void assertClose(Values actual, Values expected) {
    double largest = max(expected.data());
    assertThat(largest).as("more than zeros").isGreaterThan(1e-3);
    assertThat(actual.shape()).isEqualTo(expected.shape());
    for (int i = 0; i < expected.data().length; i++) {
      assertThat(actual.data()[i])
          .as("at %d", i)
          .isCloseTo(expected.data()[i], Offset.offset(1e-5 * (1 + largest)));
    }
  }
}
