package tsugiki.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Derivatives of a scalar, built into the graph. */
public final class Gradients {
  static {
    GradientRegistry.install();
  }

  private Gradients() {}

  /**
   * The gradients of a scalar.
   *
   * <p>The seed of the backward pass is a constant of our own: TensorFlow's default, {@code
   * OnesLike}, has no gradient, so that a second derivative through it (a gradient penalty) fails.
   *
   * @param tf the scope that the new nodes lie in
   * @param loss a scalar
   * @param with what to derive it by
   * @return one gradient for each, of its shape
   * @throws IllegalArgumentException if the loss is no scalar, does not depend on one of them, or
   *     passes through an operation without a gradient
   */
  public static List<Operand<TFloat32>> of(
      Ops tf, Operand<TFloat32> loss, List<? extends Operand<TFloat32>> with) {
    if (loss.shape().numDimensions() != 0) {
      throw new IllegalArgumentException(
          "the loss " + loss.op().name() + " has the shape " + loss.shape() + ", not a scalar's");
    }
    Graph graph = (Graph) tf.scope().env();
    Output<?>[] xs = with.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
    Output<?>[] seed = {tf.withName("seed").constant(1f).asOutput()};
    Output<?>[] ys = {loss.asOutput()};
    Output<?>[] found;
    try {
      found = graph.addGradients(tf.scope().makeOpName("gradients"), ys, xs, seed);
    } catch (TensorFlowException | TFInvalidArgumentException e) {
      throw new IllegalArgumentException(
          "the loss " + loss.op().name() + " has no such gradient: " + e.getMessage(), e);
    }
    List<Operand<TFloat32>> result = new ArrayList<>(xs.length);
    for (int i = 0; i < xs.length; i++) {
      if (found[i] == null || found[i].isClosed()) {
        throw new IllegalArgumentException(
            "the loss " + loss.op().name() + " does not depend on " + xs[i].op().name());
      }
      result.add(found[i].expect(TFloat32.class));
    }
    return result;
  }
}
