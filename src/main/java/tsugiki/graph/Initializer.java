package tsugiki.graph;

import org.tensorflow.Operand;
import org.tensorflow.framework.initializers.Glorot;
import org.tensorflow.framework.initializers.RandomNormal;
import org.tensorflow.framework.initializers.VarianceScaling;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.Qr;
import org.tensorflow.types.TFloat32;

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
        new RandomNormal<TFloat32>(0f, sigma, seed).call(tf, tf.constant(shape), TFloat32.class);
  }

  /** Glorot and Bengio 2010: uniform in ±√(6 / (fan in + fan out)). */
  static Initializer glorot() {
    return (tf, shape, seed) ->
        new Glorot<TFloat32>(VarianceScaling.Distribution.UNIFORM, seed)
            .call(tf, tf.constant(shape), TFloat32.class);
  }

  /**
   * Saxe et al. 2014: a kernel [..., out] as a matrix with orthonormal rows or columns, whichever
   * are fewer.
   *
   * <p>The framework's own class throws for a kernel with fewer rows than columns, hence this one.
   *
   * @param gain the factor on it
   */
  static Initializer orthogonal(double gain) {
    return (tf, shape, seed) -> {
      long columns = shape.get(shape.numDimensions() - 1);
      long rows = shape.size() / columns;
      Shape tall = Shape.of(Math.max(rows, columns), Math.min(rows, columns));
      Qr<TFloat32> qr = tf.linalg.qr(normal(1).build(tf, tall, seed));
      // The signs of R's diagonal make the distribution uniform over orthogonal matrices.
      Operand<TFloat32> signs =
          tf.math.sign(
              tf.linalg.tensorDiagPart(
                  tf.slice(
                      qr.r(),
                      tf.constant(new int[] {0, 0}),
                      tf.constant(new int[] {(int) tall.get(1), (int) tall.get(1)}))));
      Operand<TFloat32> q = tf.math.mul(qr.q(), signs);
      if (rows < columns) {
        q = tf.linalg.transpose(q, tf.constant(new int[] {1, 0}));
      }
      return tf.math.mul(tf.reshape(q, tf.constant(shape)), tf.constant((float) gain));
    };
  }
}
