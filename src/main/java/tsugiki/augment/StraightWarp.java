package tsugiki.augment;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * {@link Warp} by matrices that mirror, stretch, shift and turn by quarters. Then doubling,
 * sampling and halving are the same for all rows, and the same for all columns: a matrix per image
 * and direction holds the three of them, and two small products per image do the whole.
 */
final class StraightWarp {
  private StraightWarp() {}

  /**
   * Warps images, none of them too.
   *
   * @param x [N, S, S, C], all but N known
   * @param inverse [N, 3, 3], as {@link Warp} takes it; of its first two rows and columns one
   *     diagonal is 0
   * @param grid of the side S
   * @return the same shape
   */
  static Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> inverse, SampleGrid grid) {
    int side = grid.side();
    // Rows of the result are columns of the image.
    Operand<TBool> turned =
        tf.math.equal(block(tf, inverse, new int[] {0, 0}, new int[] {1, 1}), tf.constant(0f));
    Operand<TFloat32> matrices = matrices(tf, inverse, turned, grid);
    // By channel, so that a product needs no copy of its matrix per channel.
    Operand<TFloat32> planes =
        tf.select(
            tf.expandDims(turned, tf.constant(3)),
            tf.linalg.transpose(x, tf.constant(new int[] {0, 3, 2, 1})),
            tf.linalg.transpose(x, tf.constant(new int[] {0, 3, 1, 2})));
    Operand<TFloat32> down =
        tf.train.batchMatMul(direction(tf, matrices, 1, side), planes, TFloat32.class);
    Operand<TFloat32> both =
        tf.train.batchMatMul(
            down, direction(tf, matrices, 0, side), TFloat32.class, BatchMatMul.adjY(true));
    return tf.linalg.transpose(both, tf.constant(new int[] {0, 2, 3, 1}));
  }

  /**
   * From the pixels of a side to those of the result: [N, 2, S, S], first across, then down.
   *
   * @param turned [N, 1, 1]
   */
  private static Operand<TFloat32> matrices(
      Ops tf, Operand<TFloat32> inverse, Operand<TBool> turned, SampleGrid grid) {
    int side = grid.side();
    int read = grid.read();
    // Of a column of the matrix one entry alone is not 0.
    Operand<TFloat32> scales =
        tf.expandDims(
            tf.sum(block(tf, inverse, new int[] {0, 0}, new int[] {2, 2}), tf.constant(1)),
            tf.constant(2));
    Operand<TFloat32> ofImage = block(tf, inverse, new int[] {0, 2}, new int[] {2, 1});
    Operand<TFloat32> shifts =
        tf.select(turned, tf.reverse(ofImage, tf.constant(new int[] {1})), ofImage);
    float[] pixels = new float[read];
    for (int i = 0; i < read; i++) {
      pixels[i] = grid.pixel() * grid.fromCentre(i);
    }
    Operand<TFloat32> places =
        SampleGrid.mirrored(
            tf,
            tf.math.add(
                tf.math.mul(scales, Matrices.constant(tf, Shape.of(1, 1, read), pixels)),
                tf.math.add(
                    tf.math.mul(shifts, tf.constant(grid.pixel())), tf.constant(grid.centre()))));
    Operand<TFloat32> sampled = rowsAt(tf, tf.reshape(places, tf.constant(new int[] {-1})), grid);
    Operand<TFloat32> halved =
        tf.train.batchMatMul(
            Matrices.constant(tf, Shape.of(1, side, read), grid.halving()),
            tf.reshape(sampled, tf.constant(new int[] {-1, read, side})),
            TFloat32.class);
    return tf.reshape(halved, tf.constant(new int[] {-1, 2, side, side}));
  }

  /**
   * Rows of the doubling matrix, and means of two where a place lies between: [M, 1, 1, S]. The
   * matrix is an image of one column here, whose channels are the pixels.
   *
   * @param places [M]
   */
  private static Operand<TFloat32> rowsAt(Ops tf, Operand<TFloat32> places, SampleGrid grid) {
    Operand<TFloat32> table =
        Matrices.constant(tf, Shape.of(1, grid.fine(), 1, grid.side()), grid.doubling());
    Operand<TFloat32> boxes =
        tf.math.mul(
            tf.expandDims(places, tf.constant(1)),
            Matrices.constant(tf, Shape.of(1, 4), new float[] {2, 0, 2, 0}));
    Operand<TInt32> first = tf.dtypes.cast(tf.zerosLike(places), TInt32.class);
    return tf.image.cropAndResize(table, boxes, first, tf.constant(new int[] {1, 1}));
  }

  /** The matrices of one direction: [N, 1, S, S]. */
  private static Operand<TFloat32> direction(
      Ops tf, Operand<TFloat32> matrices, int index, int side) {
    return tf.slice(
        matrices,
        tf.constant(new int[] {0, index, 0, 0}),
        tf.constant(new int[] {-1, 1, side, side}));
  }

  /** A part of every matrix. */
  private static Operand<TFloat32> block(
      Ops tf, Operand<TFloat32> matrices, int[] from, int[] size) {
    return tf.slice(
        matrices,
        tf.constant(new int[] {0, from[0], from[1]}),
        tf.constant(new int[] {-1, size[0], size[1]}));
  }
}
