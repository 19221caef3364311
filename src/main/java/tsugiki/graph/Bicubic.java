package tsugiki.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * Bicubic resizing of NHWC maps (Keys 1981) without antialiasing; beyond the border the pixels at
 * the border are repeated. It is two products with small matrices, one for each side. TensorFlow's
 * own operation looks its weights up in a table of 1,024 steps and runs on one thread.
 */
public final class Bicubic {
  /** Where the pixels of a resized map lie among those of the map, and the kernel's parameter. */
  public enum Grid {
    /**
     * The corners aligned and a = −3/4, as PyTorch's {@code interpolate(mode="bicubic",
     * align_corners=True)}.
     */
    CORNERS(-0.75),
    /** The borders aligned and a = −1/2, as MATLAB's {@code imresize} when it enlarges. */
    BORDERS(-0.5);

    private final double a;

    Grid(double a) {
      this.a = a;
    }

    /**
     * The place of a pixel of the resized map: 0 at the first pixel of the map.
     *
     * @param output its row or column
     * @param outputs how many there are
     * @param inputs how many the map has
     */
    public double place(int output, int outputs, int inputs) {
      return this == CORNERS
          ? output * ((inputs - 1.0) / Math.max(1, outputs - 1))
          : (output + 0.5) * inputs / outputs - 0.5;
    }
  }

  private Bicubic() {}

  /**
   * Resizes a map to a size that is known when the graph is built.
   *
   * @param x [N, H, W, C], H, W and C known
   * @return [N, height, width, C]
   */
  public static Operand<TFloat32> resize(
      Ops tf, Grid grid, Operand<TFloat32> x, int height, int width) {
    Shape shape = x.shape();
    long inHeight = shape.get(1);
    long inWidth = shape.get(2);
    long channels = shape.get(3);
    Operand<TFloat32> rows = x;
    if (inHeight != height) {
      Operand<TFloat32> lines =
          tf.reshape(x, tf.constant(new long[] {-1, inHeight, inWidth * channels}));
      rows = product(tf, known(tf, grid, (int) inHeight, height), lines);
    }
    if (inWidth == width) {
      return tf.reshape(rows, tf.constant(new long[] {-1, height, width, channels}));
    }
    Operand<TFloat32> pixels = tf.reshape(rows, tf.constant(new long[] {-1, inWidth, channels}));
    Operand<TFloat32> resized = product(tf, known(tf, grid, (int) inWidth, width), pixels);
    return tf.reshape(resized, tf.constant(new long[] {-1, height, width, channels}));
  }

  /**
   * Resizes a map to a size that only a run knows.
   *
   * @param x [N, H, W, C], C known
   * @param height a scalar
   * @param width a scalar
   * @return [N, height, width, C]
   */
  public static Operand<TFloat32> resize(
      Ops tf, Grid grid, Operand<TFloat32> x, Operand<TInt32> height, Operand<TInt32> width) {
    Operand<TInt32> shape = tf.shape(x);
    return sample(
        tf,
        grid,
        x,
        places(tf, grid, element(tf, shape, 1), height),
        places(tf, grid, element(tf, shape, 2), width));
  }

  /**
   * Takes a map's values at places between its pixels. A part of an enlarged map comes of the part
   * of the map that surrounds it: two pixels more on each side, where there are any.
   *
   * @param grid whose kernel it is
   * @param x [N, H, W, C], C known
   * @param rows places [h], 0 at the first row of pixels and H − 1 at the last
   * @param columns places [w], 0 at the first column and W − 1 at the last
   * @return [N, h, w, C]
   */
  public static Operand<TFloat32> sample(
      Ops tf, Grid grid, Operand<TFloat32> x, Operand<TFloat64> rows, Operand<TFloat64> columns) {
    Operand<TInt32> shape = tf.shape(x);
    Operand<TInt32> inHeight = element(tf, shape, 1);
    Operand<TInt32> inWidth = element(tf, shape, 2);
    Operand<TInt32> channels = tf.constant(Math.toIntExact(x.shape().get(3)));
    Operand<TInt32> all = tf.constant(-1);
    Operand<TFloat32> lines =
        tf.reshape(x, tf.stack(List.of(all, inHeight, tf.math.mul(inWidth, channels))));
    Operand<TFloat32> pixels =
        tf.reshape(
            product(tf, weights(tf, grid, inHeight, rows), lines),
            tf.stack(List.of(all, inWidth, channels)));
    Operand<TFloat32> resized = product(tf, weights(tf, grid, inWidth, columns), pixels);
    Operand<TInt32> height = element(tf, tf.shape(rows), 0);
    Operand<TInt32> width = element(tf, tf.shape(columns), 0);
    return tf.reshape(resized, tf.stack(List.of(all, height, width, channels)));
  }

  private static Operand<TInt32> element(Ops tf, Operand<TInt32> vector, int index) {
    return tf.squeeze(tf.slice(vector, tf.constant(new int[] {index}), tf.constant(new int[] {1})));
  }

  /** One matrix [O, I] times each of [N, I, K]. */
  private static Operand<TFloat32> product(Ops tf, Operand<TFloat32> matrix, Operand<TFloat32> x) {
    return tf.train.batchMatMul(matrix, x, TFloat32.class);
  }

  /** The places of output samples among input samples. */
  private static Operand<TFloat64> places(
      Ops tf, Grid grid, Operand<TInt32> inputs, Operand<TInt32> outputs) {
    Operand<TInt32> zero = tf.constant(0);
    Operand<TInt32> one = tf.constant(1);
    Operand<TFloat64> numbers = tf.dtypes.cast(tf.range(zero, outputs, one), TFloat64.class);
    if (grid == Grid.BORDERS) {
      Operand<TFloat64> half = tf.constant(0.5);
      Operand<TFloat64> ratio =
          tf.math.div(
              tf.dtypes.cast(inputs, TFloat64.class), tf.dtypes.cast(outputs, TFloat64.class));
      return tf.math.sub(tf.math.mul(tf.math.add(numbers, half), ratio), half);
    }
    Operand<TFloat64> factor =
        tf.math.div(
            tf.dtypes.cast(tf.math.sub(inputs, one), TFloat64.class),
            tf.dtypes.cast(tf.math.maximum(tf.math.sub(outputs, one), one), TFloat64.class));
    return tf.math.mul(numbers, factor);
  }

  /**
   * The weights of one side between known sizes: a constant, where the nodes that compute it would
   * be most of a network's.
   *
   * @return [outputs, inputs], rows that sum to 1
   */
  private static Operand<TFloat32> known(Ops tf, Grid grid, int inputs, int outputs) {
    float[] matrix = new float[outputs * inputs];
    for (int output = 0; output < outputs; output++) {
      double place = grid.place(output, outputs, inputs);
      double before = Math.floor(place);
      for (int tap = -1; tap <= 2; tap++) {
        int input = Math.max(0, Math.min(inputs - 1, (int) before + tap));
        matrix[output * inputs + input] += (float) weight(grid.a, place - before - tap);
      }
    }
    return tf.constant(Shape.of(outputs, inputs), DataBuffers.of(matrix));
  }

  /**
   * The weights of one side: entry (o, i) is how much output sample o takes of input sample i. Taps
   * beyond the border take the sample at the border.
   *
   * @param inputs the number of input samples, a scalar
   * @param places of the output samples among the input samples [O]
   * @return [O, inputs], rows that sum to 1
   */
  private static Operand<TFloat32> weights(
      Ops tf, Grid grid, Operand<TInt32> inputs, Operand<TFloat64> places) {
    Operand<TInt32> zero = tf.constant(0);
    Operand<TInt32> one = tf.constant(1);
    Operand<TFloat64> before = tf.math.floor(places);
    Operand<TFloat64> fraction = tf.math.sub(places, before);
    Operand<TInt32> first = tf.dtypes.cast(before, TInt32.class);
    Operand<TInt32> last = tf.math.sub(inputs, one);
    Operand<TFloat64> sum = null;
    for (int tap = -1; tap <= 2; tap++) {
      Operand<TInt32> index =
          tf.math.maximum(tf.math.minimum(tf.math.add(first, tf.constant(tap)), last), zero);
      Operand<TFloat64> weight =
          weight(tf, grid.a, tf.math.sub(fraction, tf.constant((double) tap)));
      Operand<TFloat64> spread =
          tf.math.mul(
              tf.oneHot(index, inputs, tf.constant(1.0), tf.constant(0.0)),
              tf.expandDims(weight, one));
      sum = sum == null ? spread : tf.math.add(sum, spread);
    }
    return tf.dtypes.cast(sum, TFloat32.class);
  }

  /** The kernel: (a + 2)t³ − (a + 3)t² + 1 up to 1, at³ − 5at² + 8at − 4a up to 2. */
  private static Operand<TFloat64> weight(Ops tf, double a, Operand<TFloat64> distance) {
    Operand<TFloat64> t = tf.math.abs(distance);
    Operand<TFloat64> near = polynomial(tf, t, a + 2, -(a + 3), 0, 1);
    Operand<TFloat64> far = polynomial(tf, t, a, -5 * a, 8 * a, -4 * a);
    return tf.select(tf.math.lessEqual(t, tf.constant(1.0)), near, far);
  }

  private static double weight(double a, double distance) {
    double t = Math.abs(distance);
    return t <= 1 ? ((a + 2) * t - (a + 3)) * t * t + 1 : ((a * t - 5 * a) * t + 8 * a) * t - 4 * a;
  }

  private static Operand<TFloat64> polynomial(Ops tf, Operand<TFloat64> t, double... coefficients) {
    Operand<TFloat64> sum = tf.constant(coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      sum = tf.math.add(tf.math.mul(sum, t), tf.constant(coefficients[i]));
    }
    return sum;
  }
}
