package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every layer of the package must do, each of them held against independent arithmetic. */
class LayerConformanceTest {
  private static final int COORDINATES = 12;

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
      SplittableRandom random = new SplittableRandom(4);
      float[] direction = new float[run.output().data().length];
      for (int i = 0; i < direction.length; i++) {
        direction[i] = (float) random.nextDouble(-1, 1);
      }
      List<Values> gradients = run.gradients(direction);
      int inputs = layer.inputs().size();
      List<Weight> trained = run.weights().trained();
      assertThat(gradients).hasSize(inputs + trained.size());
      for (int i = 0; i < gradients.size(); i++) {
        Values gradient = gradients.get(i);
        double largest = max(gradient.data());
        for (int k = 0; k < Math.min(COORDINATES, gradient.data().length); k++) {
          int at = random.nextInt(gradient.data().length);
          double slope =
              i < inputs
                  ? slopeByInput(run, i, at, direction)
                  : slopeByWeight(run, trained.get(i - inputs), at, direction);
          assertThat(gradient.data()[at])
              .as("by %s at %d", i < inputs ? "input " + i : trained.get(i - inputs).name(), at)
              .isCloseTo(slope, Offset.offset(1e-3 * (1 + largest)));
        }
      }
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

  private static double slopeByInput(LayerRun run, int input, int at, float[] direction) {
    double[] numbers = run.inputs().get(input).data();
    double step = run.layer().step();
    double before = numbers[at];
    numbers[at] = before + step;
    double above = along(run, direction);
    numbers[at] = before - step;
    double below = along(run, direction);
    numbers[at] = before;
    return (above - below) / (2 * step);
  }

  private static double slopeByWeight(LayerRun run, Weight weight, int at, float[] direction) {
    float[] numbers = run.numbers().get(weight.name()).floats();
    double step = run.layer().step();
    float before = numbers[at];
    numbers[at] = (float) (before + step);
    run.set(weight.name(), numbers);
    double above = along(run, direction);
    numbers[at] = (float) (before - step);
    run.set(weight.name(), numbers);
    double below = along(run, direction);
    numbers[at] = before;
    run.set(weight.name(), numbers);
    return (above - below) / (2 * step);
  }

  /** Σ direction·output, summed in double precision. */
  private static double along(LayerRun run, float[] direction) {
    double[] output = run.output().data();
    double sum = 0;
    for (int i = 0; i < output.length; i++) {
      sum += direction[i] * output[i];
    }
    return sum;
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
    assertThat(largest).as("more than zeros").isGreaterThan(1e-2);
    assertThat(actual.shape()).isEqualTo(expected.shape());
    for (int i = 0; i < expected.data().length; i++) {
      assertThat(actual.data()[i])
          .as("at %d", i)
          .isCloseTo(expected.data()[i], Offset.offset(1e-5 * (1 + largest)));
    }
  }
}
