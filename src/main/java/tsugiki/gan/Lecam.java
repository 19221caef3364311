package tsugiki.gan;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Reduce;
import tsugiki.graph.Weights;
import tsugiki.train.LossSum;

/**
 * LeCam regularisation (Tseng et al. 2021, equation 4, in the one-sided form of the authors'
 * program): scores of real images are held down to the moving mean of those of generated images,
 * and the other way round: mean max(0, D(x) − α_fake)² + mean max(0, α_real − D(G(z)))².
 *
 * <p>It acts from the first step and the means have a decay of 0.99, as in the authors' code for
 * StyleGAN2, whose scripts have the weights 10⁻⁶ and 3·10⁻⁷. Their BigGAN program turns it on after
 * iteration 1,000, with a decay of 0.9; its scripts have the weight 0.3.
 */
final class Lecam {
  private final float weight;
  private final MovingMeans means;

  /** The regulariser, where it has a weight. */
  static Optional<Lecam> of(Ops tf, AugmentationOptions options, Weights weights) {
    return options.lecam() > 0
        ? Optional.of(new Lecam(tf.withSubScope("Lecam"), weights.in("lecam"), options.lecam()))
        : Optional.empty();
  }

  /**
   * Makes its variables.
   *
   * @param weight its factor in the discriminator's loss
   */
  Lecam(Ops tf, Weights weights, float weight) {
    this.weight = weight;
    means = new MovingMeans(tf, weights, Shape.scalar());
  }

  /** Adds it to the discriminator's loss, as {@link #term}. */
  void addTo(
      Ops tf,
      LossSum loss,
      Operand<TFloat32> real,
      Operand<TFloat32> fake,
      PendingUpdates updates) {
    loss.add("lecam", term(tf, real, fake, updates), weight);
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
    means.follow(tf, Reduce.mean(tf, real), Reduce.mean(tf, fake), updates);
    return tf.math.add(
        squared(tf, tf.math.sub(real, means.ofFake())),
        squared(tf, tf.math.sub(means.ofReal(), fake)));
  }

  /** The mean square of what lies above 0. */
  private static Operand<TFloat32> squared(Ops tf, Operand<TFloat32> difference) {
    return Reduce.mean(tf, tf.math.square(tf.math.maximum(difference, tf.constant(0f))));
  }
}
