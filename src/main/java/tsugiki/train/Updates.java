package tsugiki.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.PendingUpdates;

/**
 * The one order of a step: everything that reads a variable comes before anything that writes one.
 * TensorFlow runs nodes as soon as their inputs are there, so that without this order an update
 * overwrites weights that another gradient has yet to read, and five runs give five results.
 */
public final class Updates {
  private Updates() {}

  /**
   * The node that carries out a step.
   *
   * @param tf the scope of the step
   * @param reads all gradients, losses and new values; they are computed first
   * @param pending new values of untrained variables; assigned after {@code reads}
   * @param writes builds the optimiser's nodes in a scope that waits for {@code reads}
   * @return a node to run as a target
   */
  public static NoOp apply(
      Ops tf,
      List<? extends Operand<TFloat32>> reads,
      PendingUpdates pending,
      Function<Ops, List<Op>> writes) {
    List<Op> before = new ArrayList<>(reads);
    pending.list().forEach(update -> before.add(update.value()));
    Ops after = tf.withSubScope("Updates").withControlDependencies(before);
    List<Op> nodes = new ArrayList<>(writes.apply(after));
    pending.list().forEach(update -> nodes.add(after.assign(update.variable(), update.value())));
    return tf.withControlDependencies(nodes).noOp();
  }
}
