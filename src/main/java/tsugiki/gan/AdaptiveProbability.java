package tsugiki.gan;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Initializer;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Reduce;
import tsugiki.graph.Replicas;
import tsugiki.graph.Weights;

/**
 * The probability of ADA (Karras et al. 2020, section 3): after every {@value #BATCHES} batches of
 * the discriminator it moves up if the mean sign of the scores of real images lies above the
 * target, and down if it lies below, at a speed that takes it from 0 to 1 in a given number of
 * images. A discriminator that overfits gives real images positive scores.
 */
final class AdaptiveProbability {
  /** Batches between two changes. */
  static final int BATCHES = 4;

  private final float target;
  private final float change;
  private final Variable<TFloat32> probability;
  private final Variable<TFloat32> signs;
  private final Variable<TFloat32> batches;

  /**
   * Makes its variables, which start at 0.
   *
   * @param share images of a batch that a replica has
   */
  AdaptiveProbability(Ops tf, Weights weights, int share, AugmentationOptions options) {
    target = options.adaTarget();
    change = share * Replicas.count(tf) * BATCHES / (options.adaThousands() * 1000);
    Initializer zero = Initializer.zeros();
    probability = weights.untrained(tf, "probability", Shape.scalar(), zero);
    signs = weights.untrained(tf, "signs", Shape.scalar(), zero);
    batches = weights.untrained(tf, "batches", Shape.scalar(), zero);
  }

  /** Its value before the step, a scalar of 0 or more. */
  Operand<TFloat32> value(Ops tf) {
    return tf.math.add(probability, tf.constant(0f));
  }

  /**
   * Adds what a step of the discriminator makes of it.
   *
   * @param real scores of augmented real images, any shape
   */
  void follow(Ops tf, Operand<TFloat32> real, PendingUpdates updates) {
    Operand<TFloat32> sign = Replicas.mean(tf, Reduce.mean(tf, tf.math.sign(real)));
    Operand<TFloat32> sum = tf.math.add(signs, sign);
    Operand<TFloat32> count = tf.math.add(batches, tf.constant(1f));
    Operand<TBool> due = tf.math.greaterEqual(count, tf.constant((float) BATCHES));
    Operand<TFloat32> mean = tf.math.div(sum, count);
    Operand<TFloat32> direction = tf.math.sign(tf.math.sub(mean, tf.constant(target)));
    Operand<TFloat32> moved =
        tf.math.maximum(
            tf.math.add(probability, tf.math.mul(direction, tf.constant(change))), tf.constant(0f));
    updates.add(probability, tf.select(due, moved, probability));
    updates.add(signs, tf.select(due, tf.constant(0f), sum));
    updates.add(batches, tf.select(due, tf.constant(0f), count));
  }
}
