package tsugiki.gan;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Reduce;
import tsugiki.graph.Weights;

/**
 * LeCam regularisation (Tseng et al. 2021, equation 4, in the one-sided form of the authors'
 * program): scores of real images are held down to the moving mean of those of generated images,
 * and the other way round: mean max(0, D(x) − α_fake)² + mean max(0, α_real − D(G(z)))².
 */
final class Lecam {
  private final MovingMeans means;
  private final Variable<TFloat32> meanOfReal;
  private final Variable<TFloat32> meanOfFake;

  /** Makes its variables. */
  Lecam(Ops tf, Weights weights) {
    means = new MovingMeans(tf, weights);
    meanOfReal = means.mean(tf, "mean_real", Shape.scalar());
    meanOfFake = means.mean(tf, "mean_fake", Shape.scalar());
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
    means
        .follow(meanOfReal, Reduce.mean(tf, real))
        .follow(meanOfFake, Reduce.mean(tf, fake))
        .update(tf, updates);
    return tf.math.add(
        squared(tf, tf.math.sub(real, meanOfFake)), squared(tf, tf.math.sub(meanOfReal, fake)));
  }

  /** The mean square of what lies above 0. */
  private static Operand<TFloat32> squared(Ops tf, Operand<TFloat32> difference) {
    return Reduce.mean(tf, tf.math.square(tf.math.maximum(difference, tf.constant(0f))));
  }
}
