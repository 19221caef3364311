package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Floats;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.tensorflow.ndarray.Shape;
import tsugiki.graph.Weight;
import tsugiki.runtime.WeightValues;
import tsugiki.single.HandPyramid.Plane;

/** The weights of the stage that is trained, as the networks by hand take them. */
record StageWeights(PyramidTraining training) {
  /** So small that no activation passes 0, where slopes jump; doubles bear it. */
  private static final double SMALL = 1e-7;

  /** All of them, by name. */
  Map<String, double[]> values() {
    Map<String, double[]> values = new HashMap<>();
    WeightValues.get(training.session(), training.current().weights().all())
        .forEach((name, weight) -> values.put(name, Doubles.toArray(Floats.asList(weight))));
    return values;
  }

  /** An image or noise that the stage keeps [1, height, width, channels]. */
  Plane kept(String name) {
    Weight weight = training.current().weights().in("noise").get(name);
    return plane(weight.shape(), WeightValues.get(training.session(), weight));
  }

  /** The first of some images [1, height, width, channels]. */
  static Plane plane(Shape shape, float[] values) {
    return Plane.of((int) shape.get(1), (int) shape.get(2), (int) shape.get(3), values);
  }

  /**
   * Compares the gradients of a number of a trained weight with central differences.
   *
   * @param traced the gradients, by what a step's trace calls them
   * @param network what the weights' names begin with
   * @param values of the weights, which the loss reads
   * @param every 1 for each weight, 2 for every second one, and so on; 0 for none
   */
  void gradientsAre(
      Map<String, float[]> traced,
      String network,
      Map<String, double[]> values,
      DoubleSupplier loss,
      int every,
      double tolerance) {
    List<Weight> trained =
        training.current().weights().trained().stream()
            .filter(weight -> weight.name().startsWith(network))
            .toList();
    assertThat(trained).isNotEmpty();
    for (int k = 0; every > 0 && k < trained.size(); k += every) {
      Weight weight = trained.get(k);
      double[] numbers = values.get(weight.name());
      int i = numbers.length / 2;
      double value = numbers[i];
      numbers[i] = value + SMALL;
      double up = loss.getAsDouble();
      numbers[i] = value - SMALL;
      double down = loss.getAsDouble();
      numbers[i] = value;
      assertThat((double) traced.get("gradient/" + weight.name())[i])
          .as(weight.name())
          .isCloseTo((up - down) / (2 * SMALL), within(tolerance));
    }
  }
}
