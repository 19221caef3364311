package tsugiki.augment;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

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

    float[] doubling = Wavelet.doubling(side, margin);
    Operand<TFloat32> doubled =
        alongColumns(
            tf, doubling, fine, side, alongRows(tf, doubling, fine, side, x, side, channels));
    Operand<TFloat32> places = places(tf, inverse, images, sampled, fine);
    Operand<TFloat32> pixels =
        tf.reshape(doubled, tf.constant(new long[] {images * fine * fine, channels}));
    Operand<TFloat32> warped =
        tf.reshape(
            interpolated(tf, pixels, places, images, fine),
            tf.constant(new long[] {images, sampled, sampled * channels}));
    float[] halving = Wavelet.halving(side);
    Operand<TFloat32> low = alongColumns(tf, halving, side, sampled, warped);
    return tf.reshape(
        alongRows(tf, halving, side, sampled, low, side, channels),
        tf.constant(new long[] {images, side, side, channels}));
  }

  /**
   * Multiplies a matrix onto the columns of images whose rows are flat: [N, from, R] to [N, to, R].
   */
  private static Operand<TFloat32> alongColumns(
      Ops tf, float[] values, long to, long from, Operand<TFloat32> x) {
    return tf.train.batchMatMul(
        Matrices.constant(tf, Shape.of(1, to, from), values), x, TFloat32.class);
  }

  /**
   * Multiplies a matrix onto the rows of images: to [N, height, to · C]. Pixel and channel are one
   * axis, on which the matrix has a diagonal block per entry: three times the products, and no
   * transposition, which would cost more.
   */
  private static Operand<TFloat32> alongRows(
      Ops tf, float[] values, int to, int from, Operand<TFloat32> x, long height, long channels) {
    int c = Math.toIntExact(channels);
    float[] blocks = new float[from * c * to * c];
    for (int t = 0; t < to; t++) {
      for (int s = 0; s < from; s++) {
        for (int k = 0; k < c; k++) {
          blocks[(s * c + k) * to * c + t * c + k] = values[t * from + s];
        }
      }
    }
    Operand<TFloat32> rows = tf.reshape(x, tf.constant(new long[] {-1, (long) from * c}));
    Operand<TFloat32> matrix =
        Matrices.constant(tf, Shape.of((long) from * c, (long) to * c), blocks);
    return tf.reshape(
        tf.linalg.matMul(rows, matrix), tf.constant(new long[] {-1, height, (long) to * c}));
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
   * The places of the samples among the doubled ones, mirrored into their range: [N, 2, samples],
   * columns before rows.
   */
  private static Operand<TFloat32> places(
      Ops tf, Operand<TFloat32> inverse, long images, int side, int fine) {
    // Twice the pixels from the centre, and from there to the first sample.
    float centre = fine / 2f - 1;
    Operand<TFloat32> toIndices =
        Matrices.constant(tf, Shape.of(1, 2, 3), new float[] {2, 0, centre, 0, 2, centre});
    Operand<TFloat32> index =
        tf.train.batchMatMul(
            tf.train.batchMatMul(toIndices, inverse, TFloat32.class),
            grid(tf, images, side),
            TFloat32.class);
    float period = 2f * (fine - 1);
    Operand<TFloat32> periods = tf.math.round(tf.math.mul(index, tf.constant(1 / period)));
    return tf.math.abs(tf.math.sub(index, tf.math.mul(periods, tf.constant(period))));
  }

  /** The bilinear mean of the four neighbours of every place: [1, N · samples · C]. */
  private static Operand<TFloat32> interpolated(
      Ops tf, Operand<TFloat32> pixels, Operand<TFloat32> places, long images, int fine) {
    // Before the last one, so that there is a neighbour; on the last one it has all the weight.
    Operand<TFloat32> whole =
        tf.math.minimum(tf.math.floor(places), tf.constant((float) (fine - 2)));
    Operand<TFloat32> after = tf.math.sub(places, whole);
    Operand<TFloat32> before = tf.math.sub(tf.constant(1f), after);
    Operand<TFloat32> rows = tf.stack(List.of(axis(tf, before, 1), axis(tf, after, 1)));
    Operand<TFloat32> columns = tf.stack(List.of(axis(tf, before, 0), axis(tf, after, 0)));
    Operand<TFloat32> weights = tf.math.mul(tf.expandDims(rows, tf.constant(1)), columns);
    Operand<TInt32> index = tf.dtypes.cast(whole, TInt32.class);
    Operand<TInt32> first =
        tf.math.add(
            tf.math.add(axis(tf, index, 0), tf.math.mul(axis(tf, index, 1), tf.constant(fine))),
            firstPixels(tf, images, fine));
    Operand<TInt32> indices =
        tf.math.add(
            tf.expandDims(first, tf.constant(0)),
            tf.reshape(
                tf.constant(new int[] {0, 1, fine, fine + 1}), tf.constant(new int[] {4, 1, 1})));
    Operand<TFloat32> corners = tf.gather(pixels, indices, tf.constant(0));
    // A weight per sample of a corner: multiplying by one per pixel takes twice the time.
    long channels = pixels.shape().get(1);
    Operand<TFloat32> wide =
        tf.linalg.matMul(
            tf.reshape(weights, tf.constant(new long[] {-1, 1})), ones(tf, 1, channels));
    Operand<TFloat32> weighted =
        tf.math.mul(
            tf.reshape(corners, tf.constant(new long[] {4, -1})),
            tf.reshape(wide, tf.constant(new long[] {4, -1})));
    return tf.linalg.matMul(ones(tf, 1, 4), weighted);
  }

  private static Operand<TFloat32> ones(Ops tf, long rows, long columns) {
    return tf.fill(tf.constant(new long[] {rows, columns}), tf.constant(1f));
  }

  /** One coordinate of places [N, 2, samples]: [N, samples]. */
  private static <T extends TNumber> Operand<T> axis(Ops tf, Operand<T> places, long number) {
    long[] shape = places.shape().asArray();
    return tf.reshape(
        tf.slice(
            places,
            tf.constant(new long[] {0, number, 0}),
            tf.constant(new long[] {shape[0], 1, shape[2]})),
        tf.constant(new long[] {shape[0], shape[2]}));
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
