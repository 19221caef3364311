package tsugiki.train;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Initializer;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;

/**
 * Adam (Kingma and Ba 2015) over a list of weights. Its moments are untrained weights of their own,
 * so that a checkpoint has them; the number of the update is an input, so that nothing else has to
 * be kept.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the square root of the second moment
 */
public record Adam(float beta1, float beta2, float epsilon) implements Optimiser {
  /** β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸. */
  public static Adam standard() {
    return new Adam(0.9f, 0.999f, 1e-8f);
  }

  @Override
  public String name() {
    return "adam";
  }

  @Override
  public List<Op> apply(
      Ops tf,
      Weights slots,
      List<Weight> weights,
      List<Operand<TFloat32>> gradients,
      Operand<TFloat32> rate,
      Operand<TFloat32> update) {
    Operand<TFloat32> power1 = tf.math.pow(tf.constant(beta1), update);
    Operand<TFloat32> power2 = tf.math.pow(tf.constant(beta2), update);
    List<Op> nodes = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Weight weight = weights.get(i);
      nodes.add(
          tf.train.applyAdam(
              weight.variable(),
              moment(tf, slots.in("m"), weight),
              moment(tf, slots.in("v"), weight),
              power1,
              power2,
              rate,
              tf.constant(beta1),
              tf.constant(beta2),
              tf.constant(epsilon),
              gradients.get(i)));
    }
    return nodes;
  }

  private static Variable<TFloat32> moment(Ops tf, Weights slots, Weight weight) {
    return slots.untrained(tf, weight.name(), weight.shape(), Initializer.zeros());
  }
}
