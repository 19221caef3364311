package tsugiki.gan;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Initializer;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Reduce;
import tsugiki.graph.Weights;

/**
 * LeCam regularisation (Tseng et al. 2021, equation 4, in the one-sided form of the authors'
 * program): scores of real images are held down to the moving mean of those of generated images,
 * and the other way round: mean max(0, D(x) − α_fake)² + mean max(0, α_real − D(G(z)))². The means
 * have the decay {@value #DECAY}, reached from below in the first steps.
 */
final class Lecam {
  /** Decay of the moving means. */
  static final float DECAY = 0.99f;

  private final Variable<TFloat32> meanOfReal;
  private final Variable<TFloat32> meanOfFake;
  private final Variable<TFloat32> steps;

  /** Makes its variables, which start at 0. */
  Lecam(Ops tf, Weights weights) {
    Initializer zero = Initializer.zeros();
    meanOfReal = weights.untrained(tf, "mean_real", Shape.scalar(), zero);
    meanOfFake = weights.untrained(tf, "mean_fake", Shape.scalar(), zero);
    steps = weights.untrained(tf, "steps", Shape.scalar(), zero);
  }

  /**
   * The regulariser, a scalar.
   *
   * @param real scores of real images
   * @param fake scores of generated images
   * @param updates takes the new means
   */
  Operand<TFloat32> term(
      Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake, PendingUpdates updates) {
    Operand<TFloat32> kept =
        tf.math.minimum(
            tf.constant(DECAY),
            tf.math.div(tf.math.add(steps, tf.constant(1f)), tf.math.add(steps, tf.constant(10f))));
    updates.add(meanOfReal, moved(tf, meanOfReal, Reduce.mean(tf, real), kept));
    updates.add(meanOfFake, moved(tf, meanOfFake, Reduce.mean(tf, fake), kept));
    updates.add(steps, tf.math.add(steps, tf.constant(1f)));
    return tf.math.add(
        squared(tf, tf.math.sub(real, meanOfFake)), squared(tf, tf.math.sub(meanOfReal, fake)));
  }

  private static Operand<TFloat32> moved(
      Ops tf, Operand<TFloat32> mean, Operand<TFloat32> now, Operand<TFloat32> kept) {
    return tf.math.add(now, tf.math.mul(kept, tf.math.sub(mean, now)));
  }

  /** The mean square of what lies above 0. */
  private static Operand<TFloat32> squared(Ops tf, Operand<TFloat32> difference) {
    return Reduce.mean(tf, tf.math.square(tf.math.maximum(difference, tf.constant(0f))));
  }
}
