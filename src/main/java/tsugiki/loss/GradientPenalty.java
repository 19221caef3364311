package tsugiki.loss;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Gradients;
import tsugiki.graph.Reduce;

/**
 * The gradient penalty of WGAN-GP (Gulrajani et al. 2017, equation 3): E (‖∇D(x̂)‖₂ − 1)², where x̂
 * lies at a random place on the line between a real and a generated image.
 */
public final class GradientPenalty {
  /** Under the root, so that an image without any slope has a gradient too: 0, not NaN. */
  private static final float LEAST = 1e-12f;

  private GradientPenalty() {}

  /**
   * Images between real and generated ones: x̂ = ε·x + (1 − ε)·G(z).
   *
   * @param real [N, S, S, 3]
   * @param fake [N, S, S, 3]
   * @param share ε of each image, uniform on [0, 1) [N, 1, 1, 1]
   * @return [N, S, S, 3]
   */
  public static Operand<TFloat32> between(
      Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake, Operand<TFloat32> share) {
    return tf.math.add(fake, tf.math.mul(share, tf.math.sub(real, fake)));
  }

  /**
   * The penalty. An image's score is the mean of its row.
   *
   * @param images x̂, [N, S, S, 3]
   * @param scores the discriminator's scores of them, N first; a score must depend on its own image
   *     alone
   * @return a scalar ≥ 0
   * @throws IllegalArgumentException if the scores do not depend on the images, or pass through an
   *     operation without a gradient
   */
  public static Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> images, Operand<TFloat32> scores) {
    long batch = images.shape().get(0);
    Operand<TFloat32> rows = tf.reshape(scores, tf.constant(new long[] {batch, -1}));
    Operand<TFloat32> sum = Reduce.sum(tf, tf.math.mean(rows, tf.constant(1)));
    Operand<TFloat32> slopes = Gradients.of(tf.withSubScope("Slopes"), sum, List.of(images)).get(0);
    Operand<TFloat32> squares = tf.sum(tf.math.square(slopes), tf.constant(new int[] {1, 2, 3}));
    return ofSquares(tf, squares);
  }

  /**
   * The penalty as single-image GANs have it (Shaham et al. 2019, in their code): the length is
   * that of the slope at one pixel, over the channels alone, and the mean is over the pixels. The
   * score is the sum over all patches.
   *
   * @param images x̂, [N, H, W, 3]
   * @param scores the discriminator's scores of their patches, any shape
   * @return a scalar ≥ 0
   * @throws IllegalArgumentException as {@link #apply}
   */
  public static Operand<TFloat32> perPixel(
      Ops tf, Operand<TFloat32> images, Operand<TFloat32> scores) {
    Operand<TFloat32> slopes =
        Gradients.of(tf.withSubScope("Slopes"), Reduce.sum(tf, scores), List.of(images)).get(0);
    Operand<TFloat32> squares = tf.sum(tf.math.square(slopes), tf.constant(3));
    return ofSquares(tf, squares);
  }

  private static Operand<TFloat32> ofSquares(Ops tf, Operand<TFloat32> squares) {
    Operand<TFloat32> lengths = tf.math.sqrt(tf.math.add(squares, tf.constant(LEAST)));
    return Reduce.mean(tf, tf.math.square(tf.math.sub(lengths, tf.constant(1f))));
  }
}
