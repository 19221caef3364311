package tsugiki.augment;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.BilinearSamples;

/**
 * {@link Warp} by any matrix: products with constant matrices double and halve, and {@link
 * BilinearSamples} samples between. Products of places are batched ones, which stay float32 in a
 * training in bfloat16.
 */
final class FreeWarp {
  private FreeWarp() {}

  /**
   * Warps images, none of them too.
   *
   * @param x [N, S, S, C], all but N known
   * @param inverse [N, 3, 3], as {@link Warp} takes it
   * @param grid of the side S
   * @return the same shape
   */
  static Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> inverse, SampleGrid grid) {
    int side = grid.side();
    int fine = grid.fine();
    int read = grid.read();
    long channels = x.shape().get(3);
    float[] doubling = grid.doubling();
    Operand<TFloat32> doubled =
        alongColumns(
            tf, doubling, fine, side, alongRows(tf, doubling, fine, side, x, side, channels));
    Operand<TFloat32> warped =
        BilinearSamples.at(
            tf,
            tf.reshape(doubled, tf.constant(new long[] {-1, fine, fine, channels})),
            places(tf, inverse, grid));
    float[] halving = grid.halving();
    Operand<TFloat32> low =
        alongColumns(
            tf,
            halving,
            side,
            read,
            tf.reshape(warped, tf.constant(new long[] {-1, read, read * channels})));
    return tf.reshape(
        alongRows(tf, halving, side, read, low, side, channels),
        tf.constant(new long[] {-1, side, side, channels}));
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
   * Where the samples lie among the doubled ones, as {@link BilinearSamples} takes places: [N,
   * samples, 4].
   *
   * <p>A place is the sum of a part of its row and a part of its column: a product of [rows, 2] and
   * [2, columns], which holds the entries of the matrix.
   */
  private static Operand<TFloat32> places(Ops tf, Operand<TFloat32> inverse, SampleGrid grid) {
    int read = grid.read();
    float[] rows = new float[read * 2];
    for (int i = 0; i < read; i++) {
      rows[2 * i] = grid.fromCentre(i);
      rows[2 * i + 1] = 1;
    }
    Operand<TFloat32> columns =
        tf.reshape(
            tf.train.batchMatMul(
                tf.reshape(inverse, tf.constant(new long[] {-1, 1, 9})),
                Matrices.constant(tf, Shape.of(1, 9, 8L * read), columns(grid)),
                TFloat32.class),
            tf.constant(new long[] {-1, 2, 4L * read}));
    Operand<TFloat32> places =
        tf.train.batchMatMul(
            Matrices.constant(tf, Shape.of(1, read, 2), rows), columns, TFloat32.class);
    return tf.reshape(
        SampleGrid.mirrored(tf, places), tf.constant(new long[] {-1, (long) read * read, 4}));
  }

  /**
   * What makes columns' parts of places of the entries of a matrix, row by row: [9, 2, read, 4].
   * For every column of the result a place's row, its column, and both again; before them all the
   * same per pixel that a place lies further down.
   */
  private static float[] columns(SampleGrid grid) {
    int half = 4 * grid.read();
    float[] parts = new float[9 * 2 * half];
    for (int j = 0; j < half; j++) {
      // The matrix gives columns first.
      int row = j % 2 == 0 ? 3 : 0;
      parts[(row + 1) * 2 * half + j] = grid.pixel();
      parts[row * 2 * half + half + j] = grid.pixel() * grid.fromCentre(j / 4);
      parts[(row + 2) * 2 * half + half + j] = grid.pixel();
      // The last entry is 1.
      parts[8 * 2 * half + half + j] = grid.centre();
    }
    return parts;
  }
}
