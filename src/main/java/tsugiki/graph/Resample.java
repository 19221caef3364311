package tsugiki.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.types.TFloat32;

/** Changes of the resolution of NHWC maps. */
public final class Resample {
  private Resample() {}

  /** Every pixel four times: [N, H, W, C] to [N, 2H, 2W, C] (nearest neighbour). */
  public static Operand<TFloat32> doubled(Ops tf, Operand<TFloat32> x) {
    int height = Math.toIntExact(2 * x.shape().get(1));
    int width = Math.toIntExact(2 * x.shape().get(2));
    return tf.image.resizeNearestNeighbor(x, tf.constant(new int[] {height, width}));
  }

  /**
   * The double size by bilinear interpolation: [N, H, W, C] to [N, 2H, 2W, C]. Nearest neighbours
   * repeat a map's spectrum around every multiple of its resolution; this attenuates the
   * repetitions by the square of what nearest neighbours do.
   */
  public static Operand<TFloat32> smoothlyDoubled(Ops tf, Operand<TFloat32> x) {
    int height = Math.toIntExact(2 * x.shape().get(1));
    int width = Math.toIntExact(2 * x.shape().get(2));
    return bilinear(tf, x, height, width);
  }

  /** The mean of every 2×2 pixels: [N, H, W, C] to [N, H/2, W/2, C]. */
  public static Operand<TFloat32> halved(Ops tf, Operand<TFloat32> x) {
    List<Long> two = List.of(1L, 2L, 2L, 1L);
    return tf.nn.avgPool(x, two, two, "VALID");
  }

  /** Bilinear resizing with half-pixel centres: [N, H, W, C] to [N, height, width, C]. */
  public static Operand<TFloat32> bilinear(Ops tf, Operand<TFloat32> x, int height, int width) {
    return tf.image.resizeBilinear(
        x, tf.constant(new int[] {height, width}), ResizeBilinear.halfPixelCenters(true));
  }

  /** Every pixel in the upper left corner of four, the others zero: [N, 2H, 2W, C]. */
  static Operand<TFloat32> spaced(Ops tf, Operand<TFloat32> x) {
    long height = x.shape().get(1);
    long width = x.shape().get(2);
    long channels = x.shape().get(3);
    Operand<TFloat32> pixels =
        tf.reshape(x, tf.constant(new long[] {-1, height, 1, width, channels}));
    // The row below each row is one more row of zeros, and so is the column after each pixel.
    Operand<TFloat32> rows = besideZeros(tf, pixels, 2);
    Operand<TFloat32> columns =
        tf.reshape(rows, tf.constant(new long[] {-1, 2 * height, width, 1, channels}));
    return tf.reshape(
        besideZeros(tf, columns, 3), tf.constant(new long[] {-1, 2 * height, 2 * width, channels}));
  }

  private static Operand<TFloat32> besideZeros(Ops tf, Operand<TFloat32> x, int axis) {
    return tf.concat(List.of(x, tf.zerosLike(x)), tf.constant(axis));
  }

  /** The same map with the static shape [?, height, width, channels]. */
  static Operand<TFloat32> withShape(
      Ops tf, Operand<TFloat32> x, long height, long width, long channels) {
    return x.shape().get(1) == height && x.shape().get(3) == channels
        ? x
        : tf.reshape(x, tf.constant(new long[] {-1, height, width, channels}));
  }
}
