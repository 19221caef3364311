package tsugiki.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Affine;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Conv2d;
import tsugiki.graph.Dense;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.SelfAttention;
import tsugiki.graph.Weights;
import tsugiki.model.GeneratorHook.Site;

/**
 * The layers that BigGAN and BigGAN-deep have in common: the first map, normalisations with their
 * hook, attention, and the output.
 *
 * @param weights where the generator's variables are
 * @param kernels the constraint on its kernels
 * @param norm the kind of statistics
 * @param hook what is added at its sites
 * @param gain the constant in the gain of a conditional normalisation
 */
record GeneratorLayers(
    Weights weights, Kernels kernels, BatchNorm.Settings norm, GeneratorHook hook, float gain) {

  static final Initializer INIT = Initializer.orthogonal(1);

  /** With the paper's gain, 1 + W·y. */
  GeneratorLayers(Weights weights, Kernels kernels, BatchNorm.Settings norm, GeneratorHook hook) {
    this(weights, kernels, norm, hook, 1);
  }

  /** The first map [N, 4, 4, channels], a dense layer of the input [N, D]. */
  Operand<TFloat32> firstMap(Ops tf, Operand<TFloat32> input, int channels) {
    long side = BigGanArchitecture.FIRST_SIDE;
    Operand<TFloat32> rows =
        Dense.apply(tf, weights.in("linear"), kernels, input, side * side * channels, INIT);
    return tf.reshape(rows, tf.constant(new long[] {-1, side, side, channels}));
  }

  /** Self-attention. */
  Operand<TFloat32> attention(Ops tf, Operand<TFloat32> x) {
    return SelfAttention.apply(tf, weights.in("attention"), kernels, x, INIT);
  }

  /**
   * A conditional normalisation with what the hook adds.
   *
   * @param block the weights of the block
   * @param name of the normalisation in it
   * @param index of the site
   * @param y the condition [N, D]
   */
  Operand<TFloat32> site(
      Ops tf, Weights block, String name, int index, Operand<TFloat32> x, Operand<TFloat32> y) {
    Affine affine = BatchNorm.conditional(tf, block.in(name), kernels, norm, x, y, gain, INIT);
    return hook.normalised(tf, describe(index, block.path() + name, x), x, affine);
  }

  /** The last normalisation, ReLU, convolution and tanh: images [N, H, W, 3]. */
  Operand<TFloat32> output(Ops tf, int index, Operand<TFloat32> x) {
    Weights output = weights.in("output");
    Ops scope = tf.withSubScope("Norm");
    Affine affine = BatchNorm.withGain(scope, output.in("norm"), norm, x);
    Site site = describe(index, output.path() + "norm", x);
    Operand<TFloat32> h = tf.nn.relu(hook.normalised(scope, site, x, affine));
    Ops rgb = tf.withSubScope("Conv");
    h = Conv2d.same(rgb, output.in("conv"), kernels, h, 3, 3, INIT);
    return tf.math.tanh(Conv2d.bias(rgb, output.in("conv"), h));
  }

  /** The entries of each row from {@code start} on: [N, D] to [N, length]. */
  static Operand<TFloat32> columns(Ops tf, Operand<TFloat32> x, int start, int length) {
    // 32-bit positions: TensorFlow's gradient of a slice accepts no others.
    return tf.slice(x, tf.constant(new int[] {0, start}), tf.constant(new int[] {-1, length}));
  }

  /** Both next to each other: [N, D] and [N, E] to [N, D + E]. */
  static Operand<TFloat32> beside(Ops tf, Operand<TFloat32> first, Operand<TFloat32> second) {
    return tf.concat(List.of(first, second), tf.constant(1));
  }

  private Site describe(int index, String name, Operand<TFloat32> x) {
    int channels = Math.toIntExact(x.shape().get(3));
    return new Site(
        index, name.substring(weights.path().length()), channels, (int) x.shape().get(1));
  }
}
