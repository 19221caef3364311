package tsugiki.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** A table of vectors, one per class. */
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

  /**
   * The mean of the classes' vectors under probabilities, from the same table.
   *
   * @param probabilities [N, count], every row summing to 1
   * @param width the length of a vector
   * @return [N, width]
   */
  public static Operand<TFloat32> expected(
      Ops tf,
      Weights weights,
      Kernels kernels,
      Operand<TFloat32> probabilities,
      long width,
      Initializer init) {
    Shape shape = Shape.of(probabilities.shape().get(1), width);
    return tf.linalg.matMul(probabilities, kernels.kernel(tf, weights, "table", shape, init));
  }
}
