package tsugiki.gan;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Reduce;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.loss.PowerSpectrum;
import tsugiki.train.LossSum;

/**
 * Holds the mean power of generated images at every frequency to that of real ones: ½ mean log²(p /
 * q), with p and q their {@link PowerSpectrum}s. It acts against a weave: a faint regular pattern
 * that all images share. A discriminator judges single images, so it hardly sees such a pattern.
 * After Durall et al. 2020 ("Watch your Up-Convolution"), who compare single images, and powers
 * that are summed over all directions.
 *
 * <p>A batch is too small for a spectrum, and the square of its noise would draw all images to one
 * power. So p and q are moving means. The gradient by an image is ∂term/∂p, taken at the moving
 * means, times the gradient of the batch's power by the image.
 */
public final class SpectrumMatch {
  /** Keeps the logarithm finite where images have no power; below that of 8-bit noise. */
  private static final float LEAST = 1e-4f;

  /** The scope of its variables. */
  static final String SCOPE = "spectrum";

  private final float weight;
  private final MovingMeans means;

  /**
   * The term, where it has a weight.
   *
   * @param weights where its moving means are, in a scope of their own
   * @param side of the images in pixels
   * @param weight the term's factor in the generator's loss; 0 for no term
   */
  public static Optional<SpectrumMatch> of(Ops tf, Weights weights, int side, float weight) {
    return weight > 0
        ? Optional.of(
            new SpectrumMatch(tf.withSubScope("Spectrum"), weights.in(SCOPE), side, weight))
        : Optional.empty();
  }

  /** Makes its variables; the arguments are those of {@link #of}. */
  SpectrumMatch(Ops tf, Weights weights, int side, float weight) {
    this.weight = weight;
    means = new MovingMeans(tf, weights, Shape.of(side, PowerSpectrum.columns(side)));
  }

  /**
   * Lets the means follow the images of a step of the discriminator.
   *
   * @param real [N, side, side, C]
   * @param fake the same of generated ones
   * @param updates takes the new means
   */
  public void follow(
      Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake, PendingUpdates updates) {
    means.follow(tf, PowerSpectrum.of(tf, real), PowerSpectrum.of(tf, fake), updates);
  }

  /** Whether a weight of a training is one of its moving means, or counts their steps. */
  static boolean isMean(Weight weight) {
    return weight.name().contains("/" + SCOPE + "/");
  }

  /** Adds it to the generator's loss, as {@link #term}. */
  public void addTo(Ops tf, LossSum loss, Operand<TFloat32> fake) {
    loss.add(SCOPE, term(tf, fake), weight);
  }

  /**
   * The term of the generator's loss, a scalar ≥ 0.
   *
   * @param fake generated images [N, side, side, C]
   */
  Operand<TFloat32> term(Ops tf, Operand<TFloat32> fake) {
    Operand<TFloat32> least = tf.constant(LEAST);
    Operand<TFloat32> p = tf.math.add(means.ofFake(), least);
    Operand<TFloat32> excess = tf.math.log(tf.math.div(p, tf.math.add(means.ofReal(), least)));
    Operand<TFloat32> value =
        tf.math.mul(Reduce.mean(tf, tf.math.square(excess)), tf.constant(0.5f));
    Operand<TFloat32> power = PowerSpectrum.of(tf, fake);
    // Of value 0, with the gradient of the power.
    Operand<TFloat32> slope = tf.math.sub(power, tf.stopGradient(power));
    return tf.math.add(value, Reduce.mean(tf, tf.math.mul(slope, tf.math.div(excess, p))));
  }
}
