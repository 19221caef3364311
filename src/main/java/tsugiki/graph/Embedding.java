package tsugiki.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** A table of vectors, one a class. */
public final class Embedding {
  private Embedding() {}

  /**
   * The rows of the classes given.
   *
   * @param classes whole numbers [N], each below {@code count}
   * @param count the number of classes
   * @param width the length of a vector
   * @return [N, width]
   */
  public static Operand<TFloat32> apply(
      Ops tf,
      Weights weights,
      Kernels kernels,
      Operand<? extends TNumber> classes,
      long count,
      long width,
      Initializer init) {
    Operand<TFloat32> table = kernels.kernel(tf, weights, "table", Shape.of(count, width), init);
    return tf.gather(table, classes, tf.constant(0));
  }
}
