package tsugiki.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.Qr;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** What a variable holds before the first step. The same seed and shape give the same values. */
@FunctionalInterface
public interface Initializer {
  /**
   * Builds the first value.
   *
   * @param tf the graph that computes it, which is not the network's own
   * @param shape the variable's shape
   * @param seed the variable's own seed, see {@link Weights}
   * @return values of that shape
   */
  Operand<TFloat32> build(Ops tf, Shape shape, long seed);

  /** All zeros: biases. */
  static Initializer zeros() {
    return constant(0);
  }

  /** All ones: gains. */
  static Initializer ones() {
    return constant(1);
  }

  /** The same value everywhere. */
  static Initializer constant(float value) {
    return (tf, shape, seed) -> tf.fill(tf.constant(shape), tf.constant(value));
  }

  /** The values given, in row-major order; their number must be the shape's size. */
  static Initializer values(float[] values) {
    return (tf, shape, seed) -> {
      if (values.length != shape.size()) {
        throw new IllegalArgumentException(
            "an initial value of " + values.length + " numbers was given for the shape " + shape);
      }
      return tf.reshape(tf.constant(values), tf.constant(shape));
    };
  }

  /** Independent draws from N(0, σ²). */
  static Initializer normal(float sigma) {
    return (tf, shape, seed) ->
        tf.math.mul(
            tf.random.statelessRandomNormal(tf.constant(shape), key(tf, seed)), tf.constant(sigma));
  }

  /**
   * Glorot and Bengio 2010: uniform in ±√(6 / (fan in + fan out)) for a kernel [..., in, out], each
   * fan times the number of taps.
   */
  static Initializer glorot() {
    // TensorFlow Java's framework (1.0.0) counts the fans of a convolution wrongly.
    return (tf, shape, seed) -> {
      long in = shape.get(shape.numDimensions() - 2);
      long out = shape.get(shape.numDimensions() - 1);
      long taps = shape.size() / (in * out);
      float limit = (float) Math.sqrt(6.0 / (taps * (in + out)));
      return uniform(limit).build(tf, shape, seed);
    };
  }

  /** Independent draws, uniform in ±limit. */
  static Initializer uniform(float limit) {
    return (tf, shape, seed) -> {
      Operand<TFloat32> unit = tf.random.statelessRandomUniform(tf.constant(shape), key(tf, seed));
      return tf.math.sub(tf.math.mul(unit, tf.constant(2 * limit)), tf.constant(limit));
    };
  }

  /**
   * Saxe et al. 2014: a kernel [..., out] as a matrix with orthonormal rows or columns, whichever
   * are fewer, uniform over all such matrices.
   *
   * @param gain the factor on it
   */
  static Initializer orthogonal(double gain) {
    // TensorFlow Java's framework (1.0.0) fails where the rows are fewer.
    return (tf, shape, seed) -> {
      long columns = shape.get(shape.numDimensions() - 1);
      long rows = shape.size() / columns;
      Shape tall = Shape.of(Math.max(rows, columns), Math.min(rows, columns));
      Qr<TFloat32> qr = tf.linalg.qr(normal(1).build(tf, tall, seed));
      // With the signs of R's diagonal Q is uniform; as QR leaves it, it is not.
      Operand<TFloat32> signs = tf.math.sign(tf.linalg.tensorDiagPart(qr.r()));
      Operand<TFloat32> matrix = tf.math.mul(tf.math.mul(qr.q(), signs), tf.constant((float) gain));
      Operand<TFloat32> turned =
          rows < columns ? tf.linalg.transpose(matrix, tf.constant(new int[] {1, 0})) : matrix;
      return tf.reshape(turned, tf.constant(shape));
    };
  }

  private static Operand<TInt64> key(Ops tf, long seed) {
    return tf.constant(new long[] {seed, 0});
  }
}
