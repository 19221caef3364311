package tsugiki.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Reductions of whole tensors to scalars. */
public final class Reduce {
  private Reduce() {}

  /** The mean of all entries. */
  public static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> x) {
    return tf.math.mean(flat(tf, x), tf.constant(0));
  }

  /** The sum of all entries. */
  public static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> x) {
    return tf.sum(flat(tf, x), tf.constant(0));
  }

  /** The mean of the absolute differences of all entries of two tensors of one shape. */
  public static Operand<TFloat32> meanAbsoluteDifference(
      Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    return mean(tf, tf.math.abs(tf.math.sub(a, b)));
  }

  private static Operand<TFloat32> flat(Ops tf, Operand<TFloat32> x) {
    return tf.reshape(x, tf.constant(new int[] {-1}));
  }
}
