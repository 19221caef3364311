package tsugiki.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A point-wise layer of low rank that mixes all channels, to be added to {@link AdaptivePointwise},
 * which mixes within groups: at every pixel
 *
 * <pre>  U(z)·V(z)ᵀ·x</pre>
 *
 * with U and V of shape [C, R], each made by a dense layer of z. U starts at 0 for every z, so that
 * the layer adds nothing before training, and V at random (as Hu et al. 2022 start their matrices
 * of low rank).
 */
public final class LowRankPointwise {
  private LowRankPointwise() {}

  /**
   * What is added to the grouped layer's result.
   *
   * @param z latent vectors [N, D]
   * @param rank R, at least 1
   * @param affine the map of the normalisation before the layer
   * @param x [N, H, W, C], not normalised
   * @return [N, H, W, C]
   */
  public static Operand<TFloat32> apply(
      Ops tf, Weights weights, Operand<TFloat32> z, long rank, Affine affine, Operand<TFloat32> x) {
    long channels = x.shape().get(3);
    long pixels = x.shape().get(1) * x.shape().get(2);
    float deviation = (float) (1 / Math.sqrt(channels));
    Operand<TFloat32> down =
        matrices(tf, weights.in("down"), z, channels, rank, Initializer.normal(deviation));
    Operand<TFloat32> up = matrices(tf, weights.in("up"), z, channels, rank, Initializer.zeros());
    // Vᵀ(s·x + t) = (V·diag(s))ᵀ·x + Vᵀt: the normalisation costs no pass over the map.
    Operand<TFloat32> scaled = tf.math.mul(down, perChannel(tf, affine.scale(), channels));
    Operand<TFloat32> shifts = tf.math.mul(down, perChannel(tf, affine.shift(), channels));
    Operand<TFloat32> offset = tf.expandDims(tf.sum(shifts, tf.constant(1)), tf.constant(1));
    Operand<TFloat32> rows = tf.reshape(x, tf.constant(new long[] {-1, pixels, channels}));
    Operand<TFloat32> narrow =
        tf.math.add(tf.train.batchMatMul(rows, scaled, TFloat32.class), offset);
    Operand<TFloat32> swapped = tf.linalg.transpose(up, tf.constant(new int[] {0, 2, 1}));
    Operand<TFloat32> wide = tf.train.batchMatMul(narrow, swapped, TFloat32.class);
    return tf.reshape(
        wide, tf.constant(new long[] {-1, x.shape().get(1), x.shape().get(2), channels}));
  }

  /** The matrix that a dense layer makes of each z [N, C, R]. */
  private static Operand<TFloat32> matrices(
      Ops tf, Weights weights, Operand<TFloat32> z, long channels, long rank, Initializer start) {
    Shape kernel = Shape.of(z.shape().get(1), channels * rank);
    Operand<TFloat32> dense =
        tf.nn.biasAdd(
            tf.linalg.matMul(z, weights.trained(tf, "kernel", kernel, Initializer.zeros())),
            weights.trained(tf, "bias", Shape.of(channels * rank), start));
    return tf.reshape(dense, tf.constant(new long[] {-1, channels, rank}));
  }

  private static Operand<TFloat32> perChannel(Ops tf, Operand<TFloat32> x, long channels) {
    return tf.reshape(x, tf.constant(new long[] {-1, channels, 1}));
  }
}
