package tsugiki.model;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Initializer;
import tsugiki.graph.Weights;

/**
 * Noise in the maps of a generator, from which it makes texture (modelled on Karras et al. 2019,
 * section 3.2, with its strength for each channel). Doubled smoothly: with nearest doubling the
 * noise of coarse maps shows as blocks.
 *
 * <p>Where that paper draws fresh numbers, here the noise of an image follows from its latent
 * vector: a fixed random basis of maps, weighted by the entries of a chunk of z. So the same z is
 * the same image, a short way in z is a small change, and the gradient to z passes.
 */
final class NoiseMap {
  private static final float STRENGTH = 0.1f;
  private static final float EPSILON = 1e-6f;

  private NoiseMap() {}

  /**
   * Adds noise of unit variance times a trained strength for each channel.
   *
   * @param weights where the basis [D, H·W], which never trains, and the strengths [C] are
   * @param x [N, H, W, C]
   * @param z a chunk of the latent vector [N, D]; its length does not matter, so that truncation
   *     leaves the texture
   * @return the same shape as x
   */
  static Operand<TFloat32> added(
      Ops tf, Weights weights, Operand<TFloat32> x, Operand<TFloat32> z) {
    long height = x.shape().get(1);
    long width = x.shape().get(2);
    Operand<TFloat32> basis =
        weights.untrained(
            tf, "basis", Shape.of(z.shape().get(1), height * width), Initializer.normal(1));
    // Every place has the variance 1 over images: entries of variance 1, weighted by a unit vector.
    Operand<TFloat32> variance =
        tf.math.mean(tf.math.square(basis), tf.constant(0), Mean.keepDims(true));
    Operand<TFloat32> noise =
        tf.math.mul(tf.linalg.matMul(unit(tf, z), basis), inverseRoot(tf, variance));
    Operand<TFloat32> strength =
        weights.trained(tf, "strength", Shape.of(x.shape().get(3)), Initializer.normal(STRENGTH));
    return tf.math.add(
        x,
        tf.math.mul(tf.reshape(noise, tf.constant(new long[] {-1, height, width, 1})), strength));
  }

  private static Operand<TFloat32> unit(Ops tf, Operand<TFloat32> z) {
    Operand<TFloat32> square = tf.sum(tf.math.square(z), tf.constant(1), Sum.keepDims(true));
    return tf.math.mul(z, inverseRoot(tf, square));
  }

  private static Operand<TFloat32> inverseRoot(Ops tf, Operand<TFloat32> square) {
    return tf.math.pow(tf.math.add(square, tf.constant(EPSILON)), tf.constant(-0.5f));
  }
}
