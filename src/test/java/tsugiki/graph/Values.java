package tsugiki.graph;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * Numbers of double precision in row-major order, for arithmetic that owes nothing to TensorFlow.
 *
 * @param shape the sizes of the dimensions
 * @param data the numbers
 */
record Values(int[] shape, double[] data) {
  Values {
    if (data.length != Arrays.stream(shape).reduce(1, (a, b) -> a * b)) {
      throw new IllegalArgumentException(
          data.length + " numbers do not fill " + Arrays.toString(shape));
    }
  }

  static Values zeros(int... shape) {
    return new Values(shape, new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)]);
  }

  static Values scalar(double value) {
    return new Values(new int[0], new double[] {value});
  }

  static Values of(int[] shape, float[] numbers) {
    Values result = zeros(shape);
    for (int i = 0; i < numbers.length; i++) {
      result.data[i] = numbers[i];
    }
    return result;
  }

  /** Of both signs, and no closer to 0 than 0.15, where the activations have their kinks. */
  static Values awayFromZero(SplittableRandom random, int... shape) {
    Values result = zeros(shape);
    for (int i = 0; i < result.data.length; i++) {
      double size = random.nextDouble(0.15, 1.2);
      result.data[i] = (float) (random.nextBoolean() ? size : -size);
    }
    return result;
  }

  double at(int... index) {
    return data[offset(index)];
  }

  void add(double value, int... index) {
    data[offset(index)] += value;
  }

  Values map(DoubleUnaryOperator f) {
    return new Values(shape, Arrays.stream(data).map(f).toArray());
  }

  /** The same numbers under another shape. */
  Values as(int... other) {
    return new Values(other, data);
  }

  float[] floats() {
    float[] result = new float[data.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) data[i];
    }
    return result;
  }

  private int offset(int... index) {
    int offset = 0;
    for (int d = 0; d < shape.length; d++) {
      offset = offset * shape[d] + index[d];
    }
    return offset;
  }
}
