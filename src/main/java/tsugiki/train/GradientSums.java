package tsugiki.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Weight;

/**
 * The sums of a step's gradients over the parts of its batch. The first part overwrites them, so
 * that they are no state of a training: a step that was broken off leaves nothing behind.
 */
final class GradientSums {
  private final Ops tf;
  private final List<Operand<TFloat32>> reads;
  private final PendingUpdates updates;
  private final Map<Weight, Operand<TFloat32>> shares = new LinkedHashMap<>();
  private final Map<Weight, Variable<TFloat32>> sums = new LinkedHashMap<>();

  /**
   * Makes the variables, one per weight.
   *
   * @param gradients of one part
   * @param parts how many there are
   * @param reads all that is computed before anything changes
   * @param updates new values of untrained variables, which each part assigns
   */
  GradientSums(
      Ops tf,
      StepGradients gradients,
      int parts,
      List<Operand<TFloat32>> reads,
      PendingUpdates updates) {
    this.tf = tf;
    this.reads = List.copyOf(reads);
    this.updates = updates;
    for (Weight weight : gradients.weights()) {
      shares.put(weight, tf.math.div(gradients.of(weight), tf.constant((float) parts)));
      sums.put(weight, tf.variable(weight.shape(), TFloat32.class));
    }
  }

  /** The node of the first part. */
  NoOp first() {
    return node((after, weight) -> after.assign(sums.get(weight), shares.get(weight)));
  }

  /** The node of a part in the middle. */
  NoOp next() {
    return node((after, weight) -> after.assignAdd(sums.get(weight), shares.get(weight)));
  }

  /** The gradients of all parts, to be applied in a run of the last one. */
  StepGradients whole() {
    Map<Weight, Operand<TFloat32>> whole = new LinkedHashMap<>();
    sums.forEach((weight, sum) -> whole.put(weight, tf.math.add(sum, shares.get(weight))));
    return StepGradients.of(whole);
  }

  private interface Write {
    Op of(Ops tf, Weight weight);
  }

  private NoOp node(Write write) {
    List<Operand<TFloat32>> before = new ArrayList<>(reads);
    before.addAll(shares.values());
    return Updates.apply(
        tf,
        before,
        updates,
        after -> {
          List<Op> nodes = new ArrayList<>();
          sums.keySet().forEach(weight -> nodes.add(write.of(after, weight)));
          return nodes;
        });
  }
}
