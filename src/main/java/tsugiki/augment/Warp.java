package tsugiki.augment;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Moves the pixels of images by a matrix per image, without aliasing (Karras et al. 2020, appendix
 * B): the resolution is doubled by {@link Wavelet}, sampled by bilinear interpolation, and halved.
 * The image is continued by mirroring, up to half a side exactly; further out the continuation
 * itself is mirrored.
 *
 * <p>TensorFlow's own projective transformation has no gradient. This one is made of products with
 * constant matrices and of one gathering, whose gradient is a sum by segments.
 */
final class Warp {
  private Warp() {}

  /**
   * Warps a batch.
   *
   * @param x [N, S, S, C], all known
   * @param inverse [N, 3, 3]: from a place (x, y, 1) in the result to the place in the image, in
   *     pixels from the centre; the last row is 0, 0, 1
   * @return the same shape
   */
  static Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x, Operand<TFloat32> inverse) {
    long images = x.shape().get(0);
    int side = Math.toIntExact(x.shape().get(1));
    long channels = x.shape().get(3);
    int margin = (side + 1) / 2;
    int fine = 2 * (side + 2 * margin);
    int sampled = 2 * (side + 2 * Wavelet.BORDER);

    Operand<TFloat32> doubled = alongBoth(tf, Wavelet.doubling(side, margin), fine, side, x);
    Operand<TFloat32> places =
        tf.train.batchMatMul(inverse, grid(tf, images, sampled), TFloat32.class);
    Operand<TFloat32> column = place(tf, places, 0, images, sampled, fine);
    Operand<TFloat32> row = place(tf, places, 1, images, sampled, fine);
    Operand<TFloat32> pixels =
        tf.reshape(doubled, tf.constant(new long[] {images * fine * fine, channels}));
    Operand<TFloat32> warped =
        tf.reshape(
            interpolated(tf, pixels, row, column, images, fine),
            tf.constant(new long[] {images, sampled, sampled, channels}));
    return alongBoth(tf, Wavelet.halving(side), side, sampled, warped);
  }

  /** Multiplies a matrix onto the columns and onto the rows of images. */
  private static Operand<TFloat32> alongBoth(
      Ops tf, float[] values, long to, long from, Operand<TFloat32> x) {
    Operand<TFloat32> matrix = Matrices.constant(tf, Shape.of(to, from), values);
    Operand<TFloat32> down = tf.linalg.einsum(List.of(matrix, x), "ts,nswc->ntwc");
    return tf.linalg.einsum(List.of(matrix, down), "ts,nhsc->nhtc");
  }

  /** The places of the samples, in pixels from the centre: [N, 3, samples]. */
  private static Operand<TFloat32> grid(Ops tf, long images, int side) {
    int count = side * side;
    float[] places = new float[3 * count];
    for (int i = 0; i < count; i++) {
      places[i] = (i % side + 1 - side / 2) / 2f;
      places[count + i] = (i / side + 1 - side / 2) / 2f;
      places[2 * count + i] = 1;
    }
    return tf.tile(
        Matrices.constant(tf, Shape.of(1, 3, count), places),
        tf.constant(new long[] {images, 1, 1}));
  }

  /**
   * One coordinate as a place among the doubled samples, mirrored into their range: [N, samples].
   */
  private static Operand<TFloat32> place(
      Ops tf, Operand<TFloat32> places, long axis, long images, int side, int fine) {
    long count = (long) side * side;
    Operand<TFloat32> pixels =
        tf.reshape(
            tf.slice(
                places,
                tf.constant(new long[] {0, axis, 0}),
                tf.constant(new long[] {images, 1, count})),
            tf.constant(new long[] {images, count}));
    Operand<TFloat32> index =
        tf.math.add(tf.math.mul(pixels, tf.constant(2f)), tf.constant(fine / 2f - 1));
    float period = 2f * (fine - 1);
    Operand<TFloat32> within = tf.math.floorMod(index, tf.constant(period));
    return tf.math.minimum(within, tf.math.sub(tf.constant(period), within));
  }

  private static Operand<TFloat32> interpolated(
      Ops tf,
      Operand<TFloat32> pixels,
      Operand<TFloat32> row,
      Operand<TFloat32> column,
      long images,
      int fine) {
    Operand<TFloat32> top = tf.math.floor(row);
    Operand<TFloat32> left = tf.math.floor(column);
    Operand<TFloat32> down = tf.math.sub(row, top);
    Operand<TFloat32> right = tf.math.sub(column, left);
    Operand<TFloat32> up = tf.math.sub(tf.constant(1f), down);
    Operand<TFloat32> before = tf.math.sub(tf.constant(1f), right);
    Operand<TInt32> topIndex = tf.dtypes.cast(top, TInt32.class);
    Operand<TInt32> leftIndex = tf.dtypes.cast(left, TInt32.class);
    Operand<TInt32> last = tf.constant(fine - 1);
    Operand<TInt32> bottomIndex = tf.math.minimum(tf.math.add(topIndex, tf.constant(1)), last);
    Operand<TInt32> rightIndex = tf.math.minimum(tf.math.add(leftIndex, tf.constant(1)), last);
    Operand<TInt32> first = firstPixels(tf, images, fine);
    Operand<TInt32> topRow = tf.math.add(first, tf.math.mul(topIndex, tf.constant(fine)));
    Operand<TInt32> bottomRow = tf.math.add(first, tf.math.mul(bottomIndex, tf.constant(fine)));
    Operand<TInt32> indices =
        tf.stack(
            List.of(
                tf.math.add(topRow, leftIndex),
                tf.math.add(topRow, rightIndex),
                tf.math.add(bottomRow, leftIndex),
                tf.math.add(bottomRow, rightIndex)));
    Operand<TFloat32> weights =
        tf.stack(
            List.of(
                tf.math.mul(up, before),
                tf.math.mul(up, right),
                tf.math.mul(down, before),
                tf.math.mul(down, right)));
    Operand<TFloat32> corners = tf.gather(pixels, indices, tf.constant(0));
    return tf.sum(tf.math.mul(corners, tf.expandDims(weights, tf.constant(-1))), tf.constant(0));
  }

  /** The index of each image's first pixel: [N, 1]. */
  private static Operand<TInt32> firstPixels(Ops tf, long images, int fine) {
    int[] first = new int[Math.toIntExact(images)];
    for (int i = 0; i < first.length; i++) {
      first[i] = Math.multiplyExact(i, fine * fine);
    }
    return tf.reshape(tf.constant(first), tf.constant(new long[] {images, 1}));
  }
}
