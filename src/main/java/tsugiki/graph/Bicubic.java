package tsugiki.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * Bicubic resizing of NHWC maps with aligned corners and a = −3/4 (Keys 1981), as PyTorch's {@code
 * interpolate(mode="bicubic", align_corners=True)}, without antialiasing. It is two products with
 * small matrices, one for each side. TensorFlow's own operation looks its weights up in a table of
 * 1,024 steps and runs on one thread.
 */
public final class Bicubic {
  private static final double A = -0.75;

  private Bicubic() {}

  /**
   * Resizes a map to a size that is known when the graph is built.
   *
   * @param x [N, H, W, C], H, W and C known
   * @return [N, height, width, C]
   */
  public static Operand<TFloat32> resize(Ops tf, Operand<TFloat32> x, int height, int width) {
    Shape shape = x.shape();
    long inHeight = shape.get(1);
    long inWidth = shape.get(2);
    long channels = shape.get(3);
    Operand<TFloat32> rows = x;
    if (inHeight != height) {
      Operand<TFloat32> lines =
          tf.reshape(x, tf.constant(new long[] {-1, inHeight, inWidth * channels}));
      rows = product(tf, matrix(tf, tf.constant((int) inHeight), tf.constant(height)), lines);
    }
    if (inWidth == width) {
      return tf.reshape(rows, tf.constant(new long[] {-1, height, width, channels}));
    }
    Operand<TFloat32> pixels = tf.reshape(rows, tf.constant(new long[] {-1, inWidth, channels}));
    Operand<TFloat32> resized =
        product(tf, matrix(tf, tf.constant((int) inWidth), tf.constant(width)), pixels);
    return tf.reshape(resized, tf.constant(new long[] {-1, height, width, channels}));
  }

  /** One matrix [O, I] times each of [N, I, K]. */
  private static Operand<TFloat32> product(Ops tf, Operand<TFloat32> matrix, Operand<TFloat32> x) {
    return tf.train.batchMatMul(matrix, x, TFloat32.class);
  }

  /**
   * The weights of one side: entry (o, i) is how much output sample o takes of input sample i. Taps
   * beyond the border take the sample at the border.
   *
   * @param inputs the number of input samples, a scalar
   * @param outputs the number of output samples, a scalar
   * @return [outputs, inputs], rows that sum to 1
   */
  static Operand<TFloat32> matrix(Ops tf, Operand<TInt32> inputs, Operand<TInt32> outputs) {
    Operand<TInt32> zero = tf.constant(0);
    Operand<TInt32> one = tf.constant(1);
    Operand<TFloat64> factor =
        tf.math.div(
            tf.dtypes.cast(tf.math.sub(inputs, one), TFloat64.class),
            tf.dtypes.cast(tf.math.maximum(tf.math.sub(outputs, one), one), TFloat64.class));
    Operand<TFloat64> places =
        tf.math.mul(tf.dtypes.cast(tf.range(zero, outputs, one), TFloat64.class), factor);
    Operand<TFloat64> before = tf.math.floor(places);
    Operand<TFloat64> fraction = tf.math.sub(places, before);
    Operand<TInt32> first = tf.dtypes.cast(before, TInt32.class);
    Operand<TInt32> last = tf.math.sub(inputs, one);
    Operand<TFloat64> sum = null;
    for (int tap = -1; tap <= 2; tap++) {
      Operand<TInt32> index =
          tf.math.maximum(tf.math.minimum(tf.math.add(first, tf.constant(tap)), last), zero);
      Operand<TFloat64> weight = weight(tf, tf.math.sub(fraction, tf.constant((double) tap)));
      Operand<TFloat64> spread =
          tf.math.mul(
              tf.oneHot(index, inputs, tf.constant(1.0), tf.constant(0.0)),
              tf.expandDims(weight, one));
      sum = sum == null ? spread : tf.math.add(sum, spread);
    }
    return tf.dtypes.cast(sum, TFloat32.class);
  }

  /** The kernel: (a + 2)t³ − (a + 3)t² + 1 up to 1, at³ − 5at² + 8at − 4a up to 2. */
  private static Operand<TFloat64> weight(Ops tf, Operand<TFloat64> distance) {
    Operand<TFloat64> t = tf.math.abs(distance);
    Operand<TFloat64> near = polynomial(tf, t, A + 2, -(A + 3), 0, 1);
    Operand<TFloat64> far = polynomial(tf, t, A, -5 * A, 8 * A, -4 * A);
    return tf.select(tf.math.lessEqual(t, tf.constant(1.0)), near, far);
  }

  private static Operand<TFloat64> polynomial(Ops tf, Operand<TFloat64> t, double... coefficients) {
    Operand<TFloat64> sum = tf.constant(coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      sum = tf.math.add(tf.math.mul(sum, t), tf.constant(coefficients[i]));
    }
    return sum;
  }
}
