package tsugiki.gan;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Initializer;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Weights;

/**
 * Means over the steps of a training, of decay {@value #DECAY}, which is reached from below in the
 * first steps. They start at 0 and are part of a checkpoint.
 */
final class MovingMeans {
  /** The share of a mean that stays in a step, after the first ones. */
  static final float DECAY = 0.99f;

  private final Weights weights;
  private final Variable<TFloat32> steps;
  private final Map<Variable<TFloat32>, Operand<TFloat32>> followed = new LinkedHashMap<>();

  MovingMeans(Ops tf, Weights weights) {
    this.weights = weights;
    steps = weights.untrained(tf, "steps", Shape.scalar(), Initializer.zeros());
  }

  /** A mean, before the step; every step moves it towards a value that is known later. */
  Variable<TFloat32> mean(Ops tf, String name, Shape shape) {
    return weights.untrained(tf, name, shape, Initializer.zeros());
  }

  /** Says what a mean follows. */
  MovingMeans follow(Variable<TFloat32> mean, Operand<TFloat32> value) {
    followed.put(mean, value);
    return this;
  }

  /** Gives the new values of all means. */
  void update(Ops tf, PendingUpdates updates) {
    Operand<TFloat32> next = tf.math.add(steps, tf.constant(1f));
    Operand<TFloat32> kept =
        tf.math.minimum(
            tf.constant(DECAY), tf.math.div(next, tf.math.add(steps, tf.constant(10f))));
    followed.forEach(
        (mean, value) ->
            updates.add(mean, tf.math.add(value, tf.math.mul(kept, tf.math.sub(mean, value)))));
    updates.add(steps, next);
  }
}
