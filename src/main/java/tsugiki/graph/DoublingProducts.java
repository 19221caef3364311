package tsugiki.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Nearest-neighbour doubling and then a 3×3 convolution as four products of two matrices. A pixel
 * of the result sees 2×2 pixels of x, and which kernel they meet depends on whether its row and its
 * column are even or odd: 16 products an input pixel instead of 36, as in the strided form of
 * {@link Conv2d}, and the kernels are multiplied by as they lie in memory. A convolution brings its
 * kernel, a variable, into another order in every run; with few pixels and many channels that is
 * most of its time.
 */
final class DoublingProducts {
  private DoublingProducts() {}

  /**
   * The layer.
   *
   * @param x [N, H, W, in], H, W and in known
   * @param matrices of {@link #matrices}
   * @return [N, 2H, 2W, out]
   */
  static Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x, Operand<TFloat32> matrices) {
    long height = x.shape().get(1);
    long width = x.shape().get(2);
    long out = matrices.shape().get(2);
    Operand<TFloat32> padded = padded(tf, x);
    List<Operand<TFloat32>> products = new ArrayList<>();
    for (int parity = 0; parity < 4; parity++) {
      Operand<TFloat32> rows = rows(tf, padded, x.shape(), parity / 2, parity % 2);
      products.add(tf.linalg.matMul(rows, matrix(tf, matrices, parity)));
    }
    // [row parity, column parity, N, H, W, out] to [N, H, row parity, W, column parity, out]
    Operand<TFloat32> byParity =
        tf.reshape(tf.stack(products), tf.constant(new long[] {2, 2, -1, height, width, out}));
    Operand<TFloat32> woven =
        tf.linalg.transpose(byParity, tf.constant(new int[] {2, 3, 0, 4, 1, 5}));
    return tf.reshape(woven, tf.constant(new long[] {-1, 2 * height, 2 * width, out}));
  }

  /**
   * The four 2×2 kernels of {@link #apply}: at an even row the first of the kernel's rows meets the
   * row of x above, the other two the same one; at an odd row the first two meet the same one, the
   * last the row below; and the columns likewise.
   *
   * @param kernel [3, 3, in, out]
   * @return [4, 4·in, out], indexed [2·(row is odd) + (column is odd), patch, out]
   */
  static Operand<TFloat32> matrices(Ops tf, Operand<TFloat32> kernel) {
    List<Operand<TFloat32>> matrices = new ArrayList<>();
    for (Operand<TFloat32> rows : halves(tf, kernel, 0)) {
      for (Operand<TFloat32> taps : halves(tf, rows, 1)) {
        matrices.add(tf.reshape(taps, tf.constant(new long[] {-1, kernel.shape().get(3)})));
      }
    }
    return tf.stack(matrices);
  }

  /** [k₀, k₁ + k₂] and [k₀ + k₁, k₂] along a dimension of length 3. */
  private static List<Operand<TFloat32>> halves(Ops tf, Operand<TFloat32> kernel, int axis) {
    List<Operand<TFloat32>> k = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int[] begin = {0, 0, 0, 0};
      int[] size = {-1, -1, -1, -1};
      begin[axis] = i;
      size[axis] = 1;
      k.add(tf.slice(kernel, tf.constant(begin), tf.constant(size)));
    }
    return List.of(
        tf.concat(List.of(k.get(0), tf.math.add(k.get(1), k.get(2))), tf.constant(axis)),
        tf.concat(List.of(tf.math.add(k.get(0), k.get(1)), k.get(2)), tf.constant(axis)));
  }

  private static Operand<TFloat32> matrix(Ops tf, Operand<TFloat32> matrices, int index) {
    Shape shape = matrices.shape();
    int[] size = {1, Math.toIntExact(shape.get(1)), Math.toIntExact(shape.get(2))};
    Operand<TFloat32> one =
        tf.slice(matrices, tf.constant(new int[] {index, 0, 0}), tf.constant(size));
    return tf.reshape(one, tf.constant(new long[] {shape.get(1), shape.get(2)}));
  }

  private static Operand<TFloat32> padded(Ops tf, Operand<TFloat32> x) {
    return tf.pad(x, tf.constant(new int[][] {{0, 0}, {1, 1}, {1, 1}, {0, 0}}), tf.constant(0f));
  }

  /** For every pixel of x the 2×2 pixels of the padded map from there on: [N·H·W, 4·in]. */
  private static Operand<TFloat32> rows(
      Ops tf, Operand<TFloat32> padded, Shape x, int top, int left) {
    int[] size = {
      -1, Math.toIntExact(x.get(1)), Math.toIntExact(x.get(2)), Math.toIntExact(x.get(3))
    };
    List<Operand<TFloat32>> taps = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int[] begin = {0, top + i / 2, left + i % 2, 0};
      taps.add(tf.slice(padded, tf.constant(begin), tf.constant(size)));
    }
    return tf.reshape(tf.concat(taps, tf.constant(3)), tf.constant(new long[] {-1, 4 * x.get(3)}));
  }
}
