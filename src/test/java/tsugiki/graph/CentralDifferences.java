package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;
import org.assertj.core.data.Offset;

/**
 * Holds a graph's gradients against differences of its outputs, along a random direction of the
 * outputs and at random coordinates of every input and trained weight.
 */
final class CentralDifferences {
  private static final int COORDINATES = 12;

  private CentralDifferences() {}

  /** A number that the output depends on. */
  private record Coordinate(String name, double value, DoubleConsumer set) {}

  /**
   * Checks them.
   *
   * @param tolerance as a share of the largest slope, plus a fifth; what float32 may round off a
   *     difference of two outputs comes on top
   */
  static void check(LayerRun run, double tolerance) {
    SplittableRandom random = new SplittableRandom(4);
    float[] direction = new float[run.output().data().length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = (float) (random.nextDouble(0.5, 1) * (random.nextBoolean() ? 1 : -1));
    }
    List<Values> gradients = run.gradients(direction);
    int inputs = run.inputs().size();
    List<Weight> trained = run.weights().trained();
    assertThat(gradients).hasSize(inputs + trained.size());
    double rounding = rounding(run, direction);
    double steepest = 0;
    for (int i = 0; i < gradients.size(); i++) {
      double[] gradient = gradients.get(i).data();
      double largest = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
      steepest = Math.max(steepest, largest);
      for (int at : coordinates(random, gradient.length)) {
        Coordinate coordinate =
            i < inputs ? ofInput(run, i, at) : ofWeight(run, trained.get(i - inputs), at);
        assertThat(gradient[at])
            .as("by %s", coordinate.name())
            .isCloseTo(
                slope(run, coordinate, direction),
                Offset.offset(tolerance * (0.2 + largest) + rounding));
      }
    }
    assertThat(steepest).as("enough of a slope to see").isGreaterThan(0.1);
  }

  /** Four units in the last place of every output, at random, over the step. */
  private static double rounding(LayerRun run, float[] direction) {
    double[] output = run.output().data();
    double squares = 0;
    for (int i = 0; i < output.length; i++) {
      squares += direction[i] * output[i] * direction[i] * output[i];
    }
    return 4 * Math.pow(2, -24) * Math.sqrt(squares) / run.layer().step();
  }

  private static List<Integer> coordinates(SplittableRandom random, int count) {
    List<Integer> result = new ArrayList<>();
    for (int i = 0; i < Math.min(COORDINATES, count); i++) {
      result.add(count <= COORDINATES ? i : random.nextInt(count));
    }
    return result;
  }

  private static Coordinate ofInput(LayerRun run, int input, int at) {
    double[] numbers = run.inputs().get(input).data();
    return new Coordinate(
        "input " + input + " at " + at, numbers[at], value -> numbers[at] = value);
  }

  private static Coordinate ofWeight(LayerRun run, Weight weight, int at) {
    float[] numbers = run.numbers().get(weight.name()).floats();
    return new Coordinate(
        weight.name() + " at " + at,
        numbers[at],
        value -> {
          numbers[at] = (float) value;
          run.set(weight.name(), numbers);
        });
  }

  private static double slope(LayerRun run, Coordinate coordinate, float[] direction) {
    double step = run.layer().step();
    coordinate.set().accept(coordinate.value() + step);
    double above = along(run, direction);
    coordinate.set().accept(coordinate.value() - step);
    double below = along(run, direction);
    coordinate.set().accept(coordinate.value());
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
}
