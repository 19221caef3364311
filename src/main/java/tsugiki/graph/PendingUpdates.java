package tsugiki.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The new values that layers want their untrained variables to take after a step (running
 * statistics, the vectors of spectral normalisation). Whoever builds the step applies them, after
 * all that reads the old values.
 */
public final class PendingUpdates {
  /**
   * One of them.
   *
   * @param variable what changes
   * @param value what it becomes
   */
  public record Update(Variable<TFloat32> variable, Operand<TFloat32> value) {}

  private final List<Update> updates = new ArrayList<>();

  /** Adds one. */
  public void add(Variable<TFloat32> variable, Operand<TFloat32> value) {
    updates.add(new Update(variable, value));
  }

  /** The same variables with other new values, such as their means over replicas. */
  public PendingUpdates each(UnaryOperator<Operand<TFloat32>> change) {
    PendingUpdates changed = new PendingUpdates();
    updates.forEach(update -> changed.add(update.variable(), change.apply(update.value())));
    return changed;
  }

  /** All that were added, in order. */
  public List<Update> list() {
    return List.copyOf(updates);
  }
}
