package tsugiki.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Non-local attention as in SAGAN (Zhang et al. 2019) and BigGAN: every pixel asks all 2×2-pooled
 * pixels. Queries and keys have C/8 channels, values C/2; γ starts at 0, so that the layer starts
 * as the identity.
 */
public final class SelfAttention {
  private SelfAttention() {}

  /**
   * The layer γ·o(softmax(θ φᵀ) g) + x; no convolution has a bias.
   *
   * @param x [N, H, W, C], H and W even and known, C divisible by 8
   * @return [N, H, W, C]
   * @throws IllegalArgumentException if H or W is odd, or C not divisible by 8
   */
  public static Operand<TFloat32> apply(
      Ops tf, Weights weights, Kernels kernels, Operand<TFloat32> x, Initializer init) {
    long height = x.shape().get(1);
    long width = x.shape().get(2);
    long channels = x.shape().get(3);
    if (height % 2 != 0 || width % 2 != 0 || channels % 8 != 0) {
      throw new IllegalArgumentException(
          "attention needs even sides and channels in eights, not a map " + x.shape());
    }
    long keys = height * width / 4;
    Operand<TFloat32> theta = project(tf, weights, kernels, x, "theta", channels / 8, init);
    Operand<TFloat32> phi = pool(tf, project(tf, weights, kernels, x, "phi", channels / 8, init));
    Operand<TFloat32> g = pool(tf, project(tf, weights, kernels, x, "g", channels / 2, init));
    // Channels before keys: with keys first, the gradients of φ and g would be products with the
    // transposed scores, the largest tensor here, at a fifth of the speed.
    Operand<TFloat32> scores =
        tf.train.batchMatMul(
            rows(tf, theta, height * width, channels / 8),
            columns(tf, phi, keys, channels / 8),
            TFloat32.class);
    Operand<TFloat32> mixed =
        tf.train.batchMatMul(
            tf.nn.softmax(scores),
            columns(tf, g, keys, channels / 2),
            TFloat32.class,
            BatchMatMul.adjY(true));
    Operand<TFloat32> map =
        tf.reshape(mixed, tf.constant(new long[] {-1, height, width, channels / 2}));
    Operand<TFloat32> o = project(tf, weights, kernels, map, "o", channels, init);
    Variable<TFloat32> gamma = weights.trained(tf, "gamma", Shape.scalar(), Initializer.zeros());
    return tf.math.add(tf.math.mul(o, gamma), x);
  }

  private static Operand<TFloat32> project(
      Ops tf,
      Weights weights,
      Kernels kernels,
      Operand<TFloat32> x,
      String name,
      long out,
      Initializer init) {
    return Conv2d.same(tf.withSubScope(name), weights.in(name), kernels, x, out, 1, init);
  }

  private static Operand<TFloat32> pool(Ops tf, Operand<TFloat32> x) {
    Operand<TInt32> two = tf.constant(new int[] {1, 2, 2, 1});
    return tf.nn.maxPool(x, two, two, "VALID");
  }

  private static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> x, long pixels, long channels) {
    return tf.reshape(x, tf.constant(new long[] {-1, pixels, channels}));
  }

  /** [N, channels, pixels]. */
  private static Operand<TFloat32> columns(
      Ops tf, Operand<TFloat32> x, long pixels, long channels) {
    return tf.linalg.transpose(rows(tf, x, pixels, channels), tf.constant(new int[] {0, 2, 1}));
  }
}
