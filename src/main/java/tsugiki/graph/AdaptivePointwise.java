package tsugiki.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The adaptive grouped point-wise layer (Takeda and Yanai): at every pixel
 *
 * <pre>  x_adapt = W(z)·x + b(z)</pre>
 *
 * directly after a batch normalisation and before its ReLU. W mixes the channels within groups of
 * g; W and b of one layer come from one dense layer on the whole latent vector z, which starts at W
 * = I and b = 0 for every z, so that a network with these layers starts as the network without
 * them.
 *
 * <p>g = 1 is the channel-wise scale and shift, g = C the full mixing of all channels; the paper's
 * ratios 2, 4 and 8 count W's entries against those of g = 1.
 */
public final class AdaptivePointwise {
  /**
   * The widest tile of channels that one matrix product spans. Groups of 2 to 8 channels are too
   * small for a matrix product, so a tile's groups are laid on the diagonal of one matrix; a wider
   * tile multiplies more zeros, a narrower one is moved in smaller pieces.
   *
   * <p>Measured by {@code bench layer}, batch 8, two cores, forward and the gradients of x, W and
   * b, g = 8, the least of six in turns, ms:
   *
   * <pre>
   *   map            g = 1   tile 8   tile 32   tile 96   tile 192   tile C
   *   4 px  1,536      0.6      1.7       2.1       4.5        7.6     67.5
   *   8 px  1,536      1.0      4.0       5.6       7.5       18.1    108.7
   *   16 px   768      2.8      7.1       8.7      14.6       18.9     48.7
   *   32 px   384      6.7     18.5      18.0      22.7       31.9     45.2
   *   64 px   192     13.4     33.6      33.0      36.2       43.5     43.5
   *   128 px   96     20.1     71.2      49.2      44.3          –     44.3
   * </pre>
   *
   * <p>32 is the best single choice for g = 2 and 4 as well. The eleven sites of BigGAN-128 sum to
   * 231 ms with it and to 255 ms with 96; with g = 1 to 89 ms.
   */
  static final long TILE = 32;

  private AdaptivePointwise() {}

  /**
   * The matrices and offsets that one layer makes of z.
   *
   * @param matrices W [N, C/g, g, g], indexed [image, group, channel in, channel out]
   * @param offsets b [N, C]
   */
  public record Mixing(Operand<TFloat32> matrices, Operand<TFloat32> offsets) {}

  /**
   * The dense layer z ↦ (W, b).
   *
   * @param z [N, D]
   * @param channels C
   * @param group g, which divides C
   * @return W = I and b = 0 before training
   * @throws IllegalArgumentException if g does not divide C
   */
  public static Mixing mixing(
      Ops tf, Weights weights, Operand<TFloat32> z, long channels, long group) {
    if (group < 1 || channels % group != 0) {
      throw new IllegalArgumentException(
          "groups of " + group + " channels do not divide " + channels + " channels");
    }
    long entries = channels * group;
    Variable<TFloat32> kernel =
        weights.trained(
            tf, "kernel", Shape.of(z.shape().get(1), entries + channels), Initializer.zeros());
    Variable<TFloat32> bias =
        weights.trained(
            tf,
            "bias",
            Shape.of(entries + channels),
            Initializer.values(identity(channels, group)));
    Operand<TFloat32> dense = tf.nn.biasAdd(tf.linalg.matMul(z, kernel), bias);
    Operand<TFloat32> w = columns(tf, dense, 0, entries);
    Operand<TFloat32> b = columns(tf, dense, entries, channels);
    long[] shape = {-1, channels / group, group, group};
    return new Mixing(tf.reshape(w, tf.constant(shape)), b);
  }

  /**
   * The normalisation's own affine map and then the layer, in one pass over the feature map: W(s·x
   * + t) + b = (W·diag(s))·x + (W·t + b).
   *
   * @param x [N, H, W, C], not normalised
   * @param affine the map of the normalisation before the layer
   * @return [N, H, W, C]
   */
  public static Operand<TFloat32> apply(Ops tf, Mixing mixing, Affine affine, Operand<TFloat32> x) {
    long group = mixing.matrices().shape().get(2);
    return apply(tf, mixing, affine, x, tile(x.shape().get(3), group));
  }

  /**
   * The same with tiles of a chosen width, for measurements.
   *
   * @param tile channels that one matrix product spans: a multiple of g that divides C
   */
  public static Operand<TFloat32> apply(
      Ops tf, Mixing mixing, Affine affine, Operand<TFloat32> x, long tile) {
    long groups = mixing.matrices().shape().get(1);
    long group = mixing.matrices().shape().get(2);
    Operand<TFloat32> scale =
        tf.reshape(affine.scale(), tf.constant(new long[] {-1, groups, group, 1}));
    Operand<TFloat32> shift =
        tf.reshape(affine.shift(), tf.constant(new long[] {-1, groups, group, 1}));
    Operand<TFloat32> matrices = tf.math.mul(mixing.matrices(), scale);
    Operand<TFloat32> moved = tf.sum(tf.math.mul(mixing.matrices(), shift), tf.constant(2));
    Operand<TFloat32> offsets =
        tf.math.add(
            tf.reshape(moved, tf.constant(new long[] {-1, groups * group})), mixing.offsets());
    Operand<TFloat32> mixed =
        group == 1
            ? tf.math.mul(x, tf.reshape(matrices, tf.constant(new long[] {-1, 1, 1, groups})))
            : product(tf, matrices, x, tile);
    return tf.math.add(mixed, Affine.perPixel(tf, offsets));
  }

  /**
   * Multiplies every pixel's channels, tile by tile, with the block-diagonal matrix of the tile's
   * groups.
   */
  static Operand<TFloat32> product(
      Ops tf, Operand<TFloat32> matrices, Operand<TFloat32> x, long tile) {
    long pixels = x.shape().get(1) * x.shape().get(2);
    long channels = x.shape().get(3);
    long tiles = channels / tile;
    Operand<TFloat32> blocks = blockDiagonal(tf, matrices, tile);
    Operand<TFloat32> mixed;
    if (tiles == 1) {
      // The only case that needs no transposition of the map.
      Operand<TFloat32> rows = tf.reshape(x, tf.constant(new long[] {-1, pixels, channels}));
      Operand<TFloat32> square = tf.reshape(blocks, tf.constant(new long[] {-1, tile, tile}));
      mixed = tf.train.batchMatMul(rows, square, TFloat32.class);
    } else {
      Operand<TInt32> swap = tf.constant(new int[] {0, 2, 1, 3});
      Operand<TFloat32> rows = tf.reshape(x, tf.constant(new long[] {-1, pixels, tiles, tile}));
      Operand<TFloat32> byTile = tf.linalg.transpose(rows, swap);
      mixed = tf.linalg.transpose(tf.train.batchMatMul(byTile, blocks, TFloat32.class), swap);
    }
    return tf.reshape(
        mixed, tf.constant(new long[] {-1, x.shape().get(1), x.shape().get(2), channels}));
  }

  /**
   * [N, C/g, g, g] to [N, C/tile, tile, tile] with the groups of a tile along the diagonal and
   * zeros elsewhere.
   */
  static Operand<TFloat32> blockDiagonal(Ops tf, Operand<TFloat32> matrices, long tile) {
    long groups = matrices.shape().get(1);
    long group = matrices.shape().get(2);
    long inTile = tile / group;
    long tiles = groups / inTile;
    if (inTile == 1) {
      return matrices;
    }
    Operand<TFloat32> rows =
        tf.reshape(matrices, tf.constant(new long[] {-1, tiles, inTile, group, 1, group}));
    Operand<TFloat32> eye =
        tf.reshape(
            tf.constant(Shape.of(inTile, inTile), DataBuffers.of(identityMatrix((int) inTile))),
            tf.constant(new long[] {1, 1, inTile, 1, inTile, 1}));
    return tf.reshape(tf.math.mul(rows, eye), tf.constant(new long[] {-1, tiles, tile, tile}));
  }

  /**
   * The widest tile of whole groups that divides the channels and is no wider than {@link #TILE}.
   */
  static long tile(long channels, long group) {
    long best = group;
    for (long tile = group; tile <= Math.max(TILE, group); tile += group) {
      if (channels % tile == 0) {
        best = tile;
      }
    }
    return best;
  }

  /** The dense layer's bias at the start: W = I for every group, then b = 0. */
  private static float[] identity(long channels, long group) {
    float[] values = new float[Math.toIntExact(channels * (group + 1))];
    for (int c = 0; c < channels; c++) {
      values[Math.toIntExact(c * group + c % group)] = 1;
    }
    return values;
  }

  private static float[] identityMatrix(int size) {
    float[] values = new float[size * size];
    for (int i = 0; i < size; i++) {
      values[i * size + i] = 1;
    }
    return values;
  }

  private static Operand<TFloat32> columns(Ops tf, Operand<TFloat32> x, long from, long count) {
    // 32-bit positions: TensorFlow's gradient of a slice accepts no others.
    int[] begin = {0, Math.toIntExact(from)};
    int[] size = {-1, Math.toIntExact(count)};
    return tf.slice(x, tf.constant(begin), tf.constant(size));
  }
}
