package tsugiki.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Convolution of NHWC maps with a kernel [k, k, in, out], alone or fused with the doubling or
 * halving of the resolution beside it. The fused forms give what the plain pair gives, to rounding,
 * with fewer products; the kernel that is stored and trained is the 3×3 one in either form.
 */
public final class Conv2d {
  /**
   * Below this many pixels a side a fused form as one strided convolution loses: its kernel is 16
   * instead of 9 taps to read, and there are too few pixels to share it. Measured at batch 8 on two
   * cores: 4→8 pixels with 1,536 channels 307 ms plain and 388 ms fused, 16→32 pixels with 768→384
   * channels 343 and 188 ms.
   */
  public static final long FUSED_FROM_SIDE = 8;

  /**
   * Up to this many pixels a side, and from so many channels on, doubling and convolving is fastest
   * as {@link DoublingProducts}. Measured at batch 8 on two cores, forward and gradient to the
   * input, doubling and convolving / one strided convolution / products: 4→8 pixels with 1,536
   * channels 508 / 650 / 124 ms, with 512 channels 22 / 25 / 14 ms; 8→16 pixels with 1,536→768
   * channels 424 / 300 / 194 ms.
   */
  static final long PRODUCTS_TO_SIDE = 8;

  /** See {@link #PRODUCTS_TO_SIDE}. */
  static final long PRODUCTS_FROM_CHANNELS = 512;

  private static final List<Long> STRIDE_1 = List.of(1L, 1L, 1L, 1L);
  private static final List<Long> STRIDE_2 = List.of(1L, 2L, 2L, 1L);

  private Conv2d() {}

  /**
   * A convolution with stride 1 and zero padding that keeps the size, without bias.
   *
   * @param x [N, H, W, in]
   * @param out the number of channels that come out
   * @param size the kernel's side
   * @return [N, H, W, out]
   */
  public static Operand<TFloat32> same(
      Ops tf,
      Weights weights,
      Kernels kernels,
      Operand<TFloat32> x,
      long out,
      long size,
      Initializer init) {
    return convolve(tf, x, kernels.kernel(tf, weights, "kernel", shape(x, out, size), init));
  }

  /**
   * A convolution with stride 1 and no padding, without bias: both sides lose size − 1.
   *
   * @param x [N, H, W, in]
   * @param out the number of channels that come out
   * @param size the kernel's side
   * @return [N, H − size + 1, W − size + 1, out]
   */
  public static Operand<TFloat32> valid(
      Ops tf,
      Weights weights,
      Kernels kernels,
      Operand<TFloat32> x,
      long out,
      long size,
      Initializer init) {
    return tf.nn.conv2d(
        x, kernels.kernel(tf, weights, "kernel", shape(x, out, size), init), STRIDE_1, "VALID");
  }

  /**
   * Nearest-neighbour doubling and then a 3×3 convolution, without bias.
   *
   * @param x [N, H, W, in], H and W known
   * @return [N, 2H, 2W, out]
   */
  public static Operand<TFloat32> afterDoubling(
      Ops tf, Weights weights, Kernels kernels, Operand<TFloat32> x, long out, Initializer init) {
    Operand<TFloat32> kernel = kernels.kernel(tf, weights, "kernel", shape(x, out, 3), init);
    if (x.shape().get(1) <= PRODUCTS_TO_SIDE && x.shape().get(3) >= PRODUCTS_FROM_CHANNELS) {
      Operand<TFloat32> matrices =
          weights.derived(
              tf,
              "kernel",
              kernel,
              "kernel_doubling",
              Shape.of(4, 4 * x.shape().get(3), out),
              plain -> DoublingProducts.matrices(tf, plain));
      return DoublingProducts.apply(tf, x, matrices);
    }
    if (x.shape().get(1) < FUSED_FROM_SIDE) {
      return convolve(tf, Resample.doubled(tf, x), kernel);
    }
    Operand<TFloat32> fused =
        weights.derived(
            tf,
            "kernel",
            kernel,
            "kernel_doubling",
            Shape.of(4, 4, out, x.shape().get(3)),
            plain -> doublingKernel(tf, plain));
    return transposed(tf, x, fused, out);
  }

  /**
   * Doubling with zeros, each pixel in the upper left corner of four, and then a convolution,
   * without bias: 3×3 as one transposed convolution, which multiplies no zero, and 1×1 before the
   * doubling. (With AVX2 oneDNN gives a strided 1×1 convolution a wrong gradient of its kernel.)
   *
   * @param x [N, H, W, in], H and W known
   * @param out the number of channels that come out
   * @param size the kernel's side: 1 or 3
   * @return [N, 2H, 2W, out]
   */
  public static Operand<TFloat32> afterSpacing(
      Ops tf,
      Weights weights,
      Kernels kernels,
      Operand<TFloat32> x,
      long out,
      long size,
      Initializer init) {
    Operand<TFloat32> kernel = kernels.kernel(tf, weights, "kernel", shape(x, out, size), init);
    if (size == 1) {
      return Resample.spaced(tf, convolve(tf, x, kernel));
    }
    Operand<TFloat32> fused =
        weights.derived(
            tf,
            "kernel",
            kernel,
            "kernel_spacing",
            Shape.of(4, 4, out, x.shape().get(3)),
            plain -> spacingKernel(tf, plain));
    return transposed(tf, x, fused, out);
  }

  /**
   * A 3×3 convolution and then the mean of every 2×2 pixels, without bias.
   *
   * @param x [N, H, W, in], H and W even
   * @return [N, H/2, W/2, out]
   */
  public static Operand<TFloat32> beforeHalving(
      Ops tf, Weights weights, Kernels kernels, Operand<TFloat32> x, long out, Initializer init) {
    Operand<TFloat32> kernel = kernels.kernel(tf, weights, "kernel", shape(x, out, 3), init);
    if (x.shape().get(1) < FUSED_FROM_SIDE) {
      return Resample.halved(tf, convolve(tf, x, kernel));
    }
    Operand<TFloat32> fused =
        weights.derived(
            tf,
            "kernel",
            kernel,
            "kernel_halving",
            Shape.of(4, 4, x.shape().get(3), out),
            plain -> halvingKernel(tf, plain));
    return tf.nn.conv2d(x, fused, STRIDE_2, "SAME");
  }

  /**
   * A 4×4 convolution with stride 2 and zero padding, without bias: halves a map by learning how,
   * as DCGAN's and a projected discriminator's layers do. An odd side is rounded up.
   *
   * @param x [N, H, W, in]
   * @return [N, ⌈H/2⌉, ⌈W/2⌉, out]
   */
  public static Operand<TFloat32> striding(
      Ops tf, Weights weights, Kernels kernels, Operand<TFloat32> x, long out, Initializer init) {
    return striding(tf, weights, kernels, x, out, 4, init);
  }

  /** The same with a kernel of another side. */
  public static Operand<TFloat32> striding(
      Ops tf,
      Weights weights,
      Kernels kernels,
      Operand<TFloat32> x,
      long out,
      long size,
      Initializer init) {
    Operand<TFloat32> kernel = kernels.kernel(tf, weights, "kernel", shape(x, out, size), init);
    return tf.nn.conv2d(x, kernel, STRIDE_2, "SAME");
  }

  /**
   * A transposed convolution with stride 2, without bias: doubles a map by learning how, as DCGAN's
   * generator does. It is the gradient of {@link #striding} by its input, and so its kernel is
   * [size, size, out, in].
   *
   * @param x [N, H, W, in], H and W known
   * @param out the number of channels that come out
   * @param size the kernel's side, at least 2
   * @return [N, 2H, 2W, out]
   */
  public static Operand<TFloat32> transposed(
      Ops tf,
      Weights weights,
      Kernels kernels,
      Operand<TFloat32> x,
      long out,
      long size,
      Initializer init) {
    Shape shape = Shape.of(size, size, out, x.shape().get(3));
    return transposed(tf, x, kernels.kernel(tf, weights, "kernel", shape, init), out);
  }

  /** Adds a bias that starts at zero. */
  public static Operand<TFloat32> bias(Ops tf, Weights weights, Operand<TFloat32> x) {
    return bias(tf, weights, x, Initializer.zeros());
  }

  /** Adds a bias. */
  public static Operand<TFloat32> bias(
      Ops tf, Weights weights, Operand<TFloat32> x, Initializer init) {
    Shape shape = Shape.of(x.shape().get(x.shape().numDimensions() - 1));
    return tf.nn.biasAdd(x, weights.trained(tf, "bias", shape, init));
  }

  /**
   * The 4×4 kernel of the transposed convolution with stride 2 that equals doubling and then {@code
   * kernel}: the flipped kernel convolved with 2×2 ones, since each input pixel stands at four
   * places of the doubled map.
   *
   * @param kernel [3, 3, in, out]
   * @return [4, 4, out, in]
   */
  static Operand<TFloat32> doublingKernel(Ops tf, Operand<TFloat32> kernel) {
    Operand<TFloat32> flipped = tf.reverse(kernel, tf.constant(new int[] {0, 1}));
    return tf.linalg.transpose(spread(tf, flipped), tf.constant(new int[] {0, 1, 3, 2}));
  }

  /**
   * The flipped kernel, with which a transposed convolution with stride 2 equals {@code kernel} on
   * a map with zeros between the pixels: [3, 3, in, out] to [4, 4, out, in], which a row and a
   * column of zeros put in the middle of its places.
   */
  static Operand<TFloat32> spacingKernel(Ops tf, Operand<TFloat32> kernel) {
    Operand<TFloat32> flipped = tf.reverse(kernel, tf.constant(new int[] {0, 1}));
    Operand<TFloat32> centred = padded(tf, flipped, new int[][] {{0, 1}, {0, 1}, {0, 0}, {0, 0}});
    return tf.linalg.transpose(centred, tf.constant(new int[] {0, 1, 3, 2}));
  }

  /**
   * The 4×4 kernel of the convolution with stride 2 that equals {@code kernel} and then the mean of
   * 2×2 pixels.
   *
   * @param kernel [3, 3, in, out]
   * @return [4, 4, in, out]
   */
  static Operand<TFloat32> halvingKernel(Ops tf, Operand<TFloat32> kernel) {
    return tf.math.mul(spread(tf, kernel), tf.constant(0.25f));
  }

  /** The kernel convolved with 2×2 ones: [3, 3, …] to [4, 4, …], one dimension after the other. */
  private static Operand<TFloat32> spread(Ops tf, Operand<TFloat32> kernel) {
    Operand<TFloat32> rows =
        tf.math.add(
            padded(tf, kernel, new int[][] {{1, 0}, {0, 0}, {0, 0}, {0, 0}}),
            padded(tf, kernel, new int[][] {{0, 1}, {0, 0}, {0, 0}, {0, 0}}));
    return tf.math.add(
        padded(tf, rows, new int[][] {{0, 0}, {1, 0}, {0, 0}, {0, 0}}),
        padded(tf, rows, new int[][] {{0, 0}, {0, 1}, {0, 0}, {0, 0}}));
  }

  private static Operand<TFloat32> padded(Ops tf, Operand<TFloat32> x, int[][] paddings) {
    return tf.pad(x, tf.constant(paddings), tf.constant(0f));
  }

  private static Operand<TFloat32> transposed(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernel, long out) {
    int height = Math.toIntExact(2 * x.shape().get(1));
    int width = Math.toIntExact(2 * x.shape().get(2));
    Operand<TInt32> size =
        tf.concat(
            List.of(
                tf.slice(tf.shape(x), tf.constant(new int[] {0}), tf.constant(new int[] {1})),
                tf.constant(new int[] {height, width, (int) out})),
            tf.constant(0));
    Operand<TFloat32> y = tf.nn.conv2dBackpropInput(size, kernel, x, STRIDE_2, "SAME");
    return Resample.withShape(tf, y, height, width, out);
  }

  private static Operand<TFloat32> convolve(Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernel) {
    return tf.nn.conv2d(x, kernel, STRIDE_1, "SAME");
  }

  private static Shape shape(Operand<TFloat32> x, long out, long size) {
    return Shape.of(size, size, x.shape().get(3), out);
  }
}
