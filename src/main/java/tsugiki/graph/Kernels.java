package tsugiki.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Where a layer takes its kernel from: the variable itself, or the variable under a constraint. */
@FunctionalInterface
public interface Kernels {
  /** The variable itself. */
  Kernels PLAIN =
      (tf, weights, name, shape, initializer) -> weights.trained(tf, name, shape, initializer);

  /**
   * The kernel of a layer.
   *
   * @param tf the layer's scope
   * @param weights the layer's weights
   * @param name the last part of the variable's name
   * @param shape [..., in, out]
   * @param initializer its first value
   * @return the kernel as the layer multiplies by it
   */
  Operand<TFloat32> kernel(
      Ops tf, Weights weights, String name, Shape shape, Initializer initializer);
}
