package tsugiki.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The fully connected layer x·W + b. */
public final class Dense {
  private Dense() {}

  /**
   * With a bias that starts at zero.
   *
   * @param x [N, in]
   * @param units the width of the result
   * @return [N, units]
   */
  public static Operand<TFloat32> apply(
      Ops tf, Weights weights, Kernels kernels, Operand<TFloat32> x, long units, Initializer init) {
    Operand<TFloat32> bias = weights.trained(tf, "bias", Shape.of(units), Initializer.zeros());
    return tf.nn.biasAdd(withoutBias(tf, weights, kernels, x, units, init), bias);
  }

  /** Without a bias. */
  public static Operand<TFloat32> withoutBias(
      Ops tf, Weights weights, Kernels kernels, Operand<TFloat32> x, long units, Initializer init) {
    Shape shape = Shape.of(x.shape().get(1), units);
    return tf.linalg.matMul(x, kernels.kernel(tf, weights, "kernel", shape, init));
  }
}
