package tsugiki.train;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;

/**
 * Several updates in a row by the same gradients, each counted: what a second call of an optimiser
 * without new gradients does in other libraries.
 *
 * @param optimiser carries out each update
 * @param times how many, at least 1
 */
public record Repeated(Optimiser optimiser, int times) implements Optimiser {
  @Override
  public String name() {
    return optimiser.name();
  }

  @Override
  public List<Op> apply(
      Ops tf,
      Weights slots,
      List<Weight> weights,
      List<Operand<TFloat32>> gradients,
      Operand<TFloat32> rate,
      Operand<TFloat32> update) {
    Operand<TFloat32> before =
        tf.math.mul(tf.math.sub(update, tf.constant(1f)), tf.constant((float) times));
    List<Op> nodes = List.of();
    for (int i = 1; i <= times; i++) {
      Ops after = nodes.isEmpty() ? tf : tf.withControlDependencies(nodes);
      nodes =
          new ArrayList<>(
              optimiser.apply(
                  after,
                  slots,
                  weights,
                  gradients,
                  rate,
                  tf.math.add(before, tf.constant((float) i))));
    }
    return nodes;
  }
}
