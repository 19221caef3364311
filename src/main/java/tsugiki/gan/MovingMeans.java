package tsugiki.gan;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Initializer;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Weights;

/**
 * Means over the steps of a training of what real and generated images give, of decay {@value
 * #DECAY}, which is reached from below in the first steps. They start at 0 and are part of a
 * checkpoint.
 */
final class MovingMeans {
  /** The share of a mean that stays in a step, after the first ones. */
  static final float DECAY = 0.99f;

  private final Variable<TFloat32> ofReal;
  private final Variable<TFloat32> ofFake;
  private final Variable<TFloat32> steps;

  /**
   * Makes the variables.
   *
   * @param shape of what is followed
   */
  MovingMeans(Ops tf, Weights weights, Shape shape) {
    Initializer zeros = Initializer.zeros();
    ofReal = weights.untrained(tf, "mean_real", shape, zeros);
    ofFake = weights.untrained(tf, "mean_fake", shape, zeros);
    steps = weights.untrained(tf, "steps", Shape.scalar(), zeros);
  }

  /** That of real images, before the step. */
  Variable<TFloat32> ofReal() {
    return ofReal;
  }

  /** That of generated images, before the step. */
  Variable<TFloat32> ofFake() {
    return ofFake;
  }

  /**
   * Moves both.
   *
   * @param real what the real images of the step give
   * @param fake the same of generated ones
   * @param updates takes the new means
   */
  void follow(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake, PendingUpdates updates) {
    Operand<TFloat32> next = tf.math.add(steps, tf.constant(1f));
    Operand<TFloat32> kept =
        tf.math.minimum(
            tf.constant(DECAY), tf.math.div(next, tf.math.add(steps, tf.constant(10f))));
    updates.add(ofReal, moved(tf, ofReal, real, kept));
    updates.add(ofFake, moved(tf, ofFake, fake, kept));
    updates.add(steps, next);
  }

  private static Operand<TFloat32> moved(
      Ops tf, Operand<TFloat32> mean, Operand<TFloat32> now, Operand<TFloat32> kept) {
    return tf.math.add(now, tf.math.mul(kept, tf.math.sub(mean, now)));
  }
}
