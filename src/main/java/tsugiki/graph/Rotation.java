package tsugiki.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Turns of whole images by quarters: what a network learns to predict in rotation self-supervision
 * (Gidaris et al. 2018). A transposition and a reversal, so no pixel is interpolated.
 */
public final class Rotation {
  /** How many turns there are: 0°, 90°, 180° and 270°. */
  public static final int TURNS = 4;

  private static final int ROWS = 1;
  private static final int COLUMNS = 2;

  private Rotation() {}

  /**
   * Turns every image by the same angle, counter-clockwise.
   *
   * @param x [N, H, W, C]
   * @param quarters the number of quarter turns, of which only the remainder by 4 counts
   * @return [N, H, W, C] for an even number of quarters, [N, W, H, C] for an odd one
   */
  public static Operand<TFloat32> turned(Ops tf, Operand<TFloat32> x, int quarters) {
    return switch (Math.floorMod(quarters, TURNS)) {
      case 1 -> reversed(tf, transposed(tf, x), ROWS);
      case 2 -> reversed(tf, x, ROWS, COLUMNS);
      case 3 -> reversed(tf, transposed(tf, x), COLUMNS);
      default -> x;
    };
  }

  /**
   * A batch, and after it some of its images at 90°, 180° and 270°. Where these are the batch's
   * last ones, the last {@code 4·count} of the result are these at all four angles, which {@link
   * #labels} names.
   *
   * @param x [N, S, S, C]
   * @param from the first image that is turned
   * @param count how many are
   * @return [N + 3·count, S, S, C]
   */
  public static Operand<TFloat32> withTurned(Ops tf, Operand<TFloat32> x, int from, int count) {
    Operand<TFloat32> some = Rows.of(tf, x, from, count);
    List<Operand<TFloat32>> parts = new ArrayList<>();
    parts.add(x);
    for (int quarters = 1; quarters < TURNS; quarters++) {
      parts.add(turned(tf, some, quarters));
    }
    return tf.concat(parts, tf.constant(0));
  }

  /**
   * The number of quarter turns of images at all four angles: first all upright, then all by 90°,
   * 180° and 270°.
   *
   * @param count N
   * @return [4N], 0 to 3
   */
  public static Operand<TInt64> labels(Ops tf, long count) {
    Operand<TInt64> column =
        tf.reshape(tf.constant(new long[] {0, 1, 2, 3}), tf.constant(Shape.of(TURNS, 1)));
    return tf.reshape(
        tf.broadcastTo(column, tf.constant(Shape.of(TURNS, count))),
        tf.constant(Shape.of(TURNS * count)));
  }

  private static Operand<TFloat32> transposed(Ops tf, Operand<TFloat32> x) {
    return tf.linalg.transpose(x, tf.constant(new int[] {0, COLUMNS, ROWS, 3}));
  }

  private static Operand<TFloat32> reversed(Ops tf, Operand<TFloat32> x, int... axes) {
    return tf.reverse(x, tf.constant(axes));
  }
}
