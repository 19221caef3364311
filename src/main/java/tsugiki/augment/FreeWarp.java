package tsugiki.augment;

import java.util.List;
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
    int read = grid.read();
    long channels = x.shape().get(3);
    Operand<TFloat32> warped =
        BilinearSamples.at(tf, doubled(tf, x, grid), places(tf, inverse, grid));
    float[] halving = grid.halving();
    Operand<TFloat32> low =
        tf.train.batchMatMul(
            Matrices.constant(tf, Shape.of(1, side, read), halving),
            tf.reshape(warped, tf.constant(new long[] {-1, read, read * channels})),
            TFloat32.class);
    return tf.reshape(
        alongRows(tf, halving, side, read, low, side, channels),
        tf.constant(new long[] {-1, side, side, channels}));
  }

  /**
   * Doubles the resolution: to [N, fine, fine, C]. The upper half of the result depends on the
   * upper pixels alone, up to a few rows beyond the middle, and the lower half on the lower ones,
   * so that its columns are two products of about half the length.
   */
  private static Operand<TFloat32> doubled(Ops tf, Operand<TFloat32> x, SampleGrid grid) {
    int side = grid.side();
    int half = grid.fine() / 2;
    long channels = x.shape().get(3);
    float[] doubling = grid.doubling();
    int rows = reach(doubling, side);
    float[] halves = new float[2 * half * rows];
    for (int i = 0; i < halves.length; i++) {
      int from = i < half * rows ? 0 : side - rows;
      halves[i] = doubling[i / rows * side + from + i % rows];
    }
    Operand<TFloat32> both =
        tf.concat(List.of(rows(tf, x, 0, rows), rows(tf, x, side - rows, rows)), tf.constant(1));
    Operand<TFloat32> wide = alongRows(tf, doubling, grid.fine(), side, both, 2L * rows, channels);
    Operand<TFloat32> columns =
        tf.train.batchMatMul(
            Matrices.constant(tf, Shape.of(1, 2, half, rows), halves),
            tf.reshape(wide, tf.constant(new long[] {-1, 2, rows, grid.fine() * channels})),
            TFloat32.class);
    return tf.reshape(columns, tf.constant(new long[] {-1, 2L * half, grid.fine(), channels}));
  }

  /** How many of the first pixels the first half of the samples depends on; the last likewise. */
  private static int reach(float[] doubling, int side) {
    int half = doubling.length / 2;
    int reach = 0;
    for (int i = 0; i < doubling.length; i++) {
      if (doubling[i] != 0) {
        reach = Math.max(reach, i < half ? i % side + 1 : side - i % side);
      }
    }
    return reach;
  }

  private static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> x, int from, int count) {
    return tf.slice(
        x, tf.constant(new int[] {0, from, 0, 0}), tf.constant(new int[] {-1, count, -1, -1}));
  }

  /**
   * Multiplies a matrix onto the rows of images: to [N, height, to · C]. Pixel and channel are one
   * axis, on which the matrix has a diagonal block per entry: C times the products, and no
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
        SampleGrid.mirrored(
            tf,
            tf.train.batchMatMul(
                Matrices.constant(tf, Shape.of(1, read, 2), rows), columns, TFloat32.class));
    return tf.reshape(
        tf.math.mul(places, tf.constant(2f)), tf.constant(new long[] {-1, (long) read * read, 4}));
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
