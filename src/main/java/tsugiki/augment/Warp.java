package tsugiki.augment;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.BilinearSamples;

/**
 * Moves the pixels of images by a matrix per image, without aliasing (Karras et al. 2020, appendix
 * B): the resolution is doubled by {@link Wavelet}, sampled by bilinear interpolation, and halved.
 * The image is continued by mirroring, up to half a side exactly; further out the continuation
 * itself is mirrored.
 *
 * <p>TensorFlow's own projective transformation has no gradient. This one is made of products with
 * constant matrices and of {@link BilinearSamples}. Products of places are batched ones, which stay
 * float32 in a training in bfloat16.
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
    int read = Wavelet.read(side);

    float[] doubling = Wavelet.doubling(side, margin);
    Operand<TFloat32> doubled =
        alongColumns(
            tf, doubling, fine, side, alongRows(tf, doubling, fine, side, x, side, channels));
    Operand<TFloat32> warped =
        BilinearSamples.at(
            tf,
            tf.reshape(doubled, tf.constant(new long[] {images, fine, fine, channels})),
            places(tf, inverse, images, side, fine));
    float[] halving = Wavelet.halving(side);
    Operand<TFloat32> low =
        alongColumns(
            tf,
            halving,
            side,
            read,
            tf.reshape(warped, tf.constant(new long[] {images, read, read * channels})));
    return tf.reshape(
        alongRows(tf, halving, side, read, low, side, channels),
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

  /**
   * Where the samples lie among the doubled ones, as {@link BilinearSamples} takes places, mirrored
   * into their range: [N, samples, 4].
   *
   * <p>A place is the sum of a part of its row and a part of its column: a product of [rows, 2] and
   * [2, columns], which holds the entries of the matrix.
   */
  private static Operand<TFloat32> places(
      Ops tf, Operand<TFloat32> inverse, long images, int side, int fine) {
    int read = Wavelet.read(side);
    float[] rows = new float[read * 2];
    for (int i = 0; i < read; i++) {
      rows[2 * i] = fromCentre(i, side);
      rows[2 * i + 1] = 1;
    }
    Operand<TFloat32> columns =
        tf.reshape(
            tf.train.batchMatMul(
                tf.reshape(inverse, tf.constant(new long[] {images, 1, 9})),
                Matrices.constant(tf, Shape.of(1, 9, 8L * read), columns(side, fine)),
                TFloat32.class),
            tf.constant(new long[] {images, 2, 4L * read}));
    Operand<TFloat32> places =
        tf.train.batchMatMul(
            Matrices.constant(tf, Shape.of(1, read, 2), rows), columns, TFloat32.class);
    // The distance from the nearest even number: beyond 0 and 1 it runs back.
    Operand<TFloat32> even =
        tf.math.mul(tf.math.round(tf.math.mul(places, tf.constant(0.5f))), tf.constant(2f));
    return tf.reshape(
        tf.math.abs(tf.math.sub(places, even)),
        tf.constant(new long[] {images, (long) read * read, 4}));
  }

  /**
   * What makes columns' parts of places of the entries of a matrix, row by row: [9, 2, read, 4].
   * For every column of the result a place's row, its column, and both again; before them all the
   * same per pixel that a place lies further down.
   */
  private static float[] columns(int side, int fine) {
    int read = Wavelet.read(side);
    int half = 4 * read;
    // A pixel is two samples, and from 0 to 1 there are all samples but one.
    float pixel = 2f / (fine - 1);
    float centre = (fine / 2f - 1) / (fine - 1);
    float[] parts = new float[9 * 2 * half];
    for (int j = 0; j < half; j++) {
      // The matrix gives columns first.
      int row = j % 2 == 0 ? 3 : 0;
      parts[(row + 1) * 2 * half + j] = pixel;
      parts[row * 2 * half + half + j] = pixel * fromCentre(j / 4, side);
      parts[(row + 2) * 2 * half + half + j] = pixel;
      // The last entry is 1.
      parts[8 * 2 * half + half + j] = centre;
    }
    return parts;
  }

  /** The place of a sample that halving reads, in pixels from the centre. */
  private static float fromCentre(int sample, int side) {
    return Wavelet.firstRead() + (sample - side) / 2f;
  }
}
