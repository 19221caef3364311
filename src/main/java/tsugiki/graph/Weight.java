package tsugiki.graph;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * One named variable of a network.
 *
 * @param name its path, such as {@code generator/block_0/conv_1/kernel}: the name in checkpoints
 *     and weight files
 * @param shape its shape, fully known
 * @param trained whether an optimiser may change it; running statistics and frozen weights are not
 *     trained
 * @param initializer what fills it at the start of a training
 * @param variable the node in the graph
 * @param feed where {@link #assign} takes a new value from
 * @param assign the node that overwrites the variable with {@link #feed}
 */
public record Weight(
    String name,
    Shape shape,
    boolean trained,
    Initializer initializer,
    Variable<TFloat32> variable,
    Placeholder<TFloat32> feed,
    Assign<TFloat32> assign) {

  /** The number of values in the variable. */
  public long count() {
    return shape.size();
  }
}
