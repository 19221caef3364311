package tsugiki.graph;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Some consecutive samples of a batch. */
public final class Rows {
  private Rows() {}

  /**
   * Cuts them out.
   *
   * @param x [N, ...]
   * @param from the first one
   * @param count how many
   * @return [count, ...]
   */
  public static Operand<TFloat32> of(Ops tf, Operand<TFloat32> x, int from, int count) {
    // 32 bits, since the gradient of a slice with 64-bit bounds cannot be built.
    int[] start = new int[x.shape().numDimensions()];
    int[] size = new int[start.length];
    Arrays.fill(size, -1);
    start[0] = from;
    size[0] = count;
    return tf.slice(x, tf.constant(start), tf.constant(size));
  }
}
