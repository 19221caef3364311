package tsugiki.train;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;

/** A rule that changes weights by their gradients, such as {@link Adam}. */
public interface Optimiser {
  /** The name of the scope that its slots lie in, such as {@code adam}; checkpoints have it. */
  String name();

  /**
   * The nodes that update the weights; build them in the scope that {@link Updates} hands out.
   *
   * @param slots where the optimiser keeps its own state, such as moments
   * @param weights what is trained
   * @param gradients one for each weight, of its shape
   * @param rate the learning rate, a scalar
   * @param update the number of this update, from 1, a float scalar
   * @return one node for each weight
   */
  List<Op> apply(
      Ops tf,
      Weights slots,
      List<Weight> weights,
      List<Operand<TFloat32>> gradients,
      Operand<TFloat32> rate,
      Operand<TFloat32> update);

  /**
   * The same rule with slots in another scope: of weights that two steps train, each step has its
   * own slots.
   */
  default Optimiser named(String name) {
    Optimiser rule = this;
    return new Optimiser() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<Op> apply(
          Ops tf,
          Weights slots,
          List<Weight> weights,
          List<Operand<TFloat32>> gradients,
          Operand<TFloat32> rate,
          Operand<TFloat32> update) {
        return rule.apply(tf, slots, weights, gradients, rate, update);
      }
    };
  }
}
