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
import tsugiki.graph.Resample;
import tsugiki.graph.SelfAttention;
import tsugiki.graph.Weights;
import tsugiki.model.GeneratorHook.Site;

/**
 * The generator of BigGAN (Brock et al. 2019, figure 15 and table 4): hierarchical latent vector,
 * class-conditional batch normalisation, five residual blocks at 128 pixels, attention at 64.
 *
 * <p>All that the paper's generator knows of places is its first map of 4 pixels, and nearest
 * doubling repeats that map's spectrum around every multiple of its resolution. A network of few
 * channels makes its texture of these repetitions: dots at odd multiples of two cycles an image, at
 * the same pixels in all images. With {@link BigGanArchitecture#noise} maps are doubled smoothly,
 * and {@link NoiseMap} is what texture is made of.
 *
 * @param architecture its shape
 * @param weights where its variables are
 * @param kernels the constraint on its kernels: spectral normalisation while it trains, none in a
 *     frozen copy
 * @param norm the kind of statistics
 * @param hook what is added at its sites
 */
public record BigGanGenerator(
    BigGanArchitecture architecture,
    Weights weights,
    Kernels kernels,
    BatchNorm.Settings norm,
    GeneratorHook hook) {

  private static final Initializer INIT = Initializer.orthogonal(1);

  /** A generator with nothing added. */
  public BigGanGenerator(
      BigGanArchitecture architecture, Weights weights, Kernels kernels, BatchNorm.Settings norm) {
    this(architecture, weights, kernels, norm, GeneratorHook.NONE);
  }

  /**
   * Draws images.
   *
   * @param z latent vectors [N, architecture.latent()]
   * @param y class vectors [N, architecture.embedding()]
   * @return images [N, size, size, 3] in (−1, 1)
   */
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> z, Operand<TFloat32> y) {
    Operand<TFloat32> x = firstMap(tf.withSubScope("Linear"), z);
    x = hook.firstMap(tf, x);
    for (int i = 0; i < architecture.blocks(); i++) {
      x = block(tf.withSubScope("Block" + i), i, x, condition(tf, z, y, i + 1), z);
      if (architecture.resolution(i) == architecture.attention()) {
        x =
            SelfAttention.apply(
                tf.withSubScope("Attention"), weights.in("attention"), kernels, x, INIT);
      }
    }
    return output(tf.withSubScope("Output"), x);
  }

  private Operand<TFloat32> firstMap(Ops tf, Operand<TFloat32> z) {
    int channels = architecture.generatorChannels(-1);
    long side = BigGanArchitecture.FIRST_SIDE;
    Operand<TFloat32> rows =
        Dense.apply(
            tf, weights.in("linear"), kernels, chunk(tf, z, 0), side * side * channels, INIT);
    return tf.reshape(rows, tf.constant(new long[] {-1, side, side, channels}));
  }

  private Operand<TFloat32> chunk(Ops tf, Operand<TFloat32> z, int i) {
    // 32-bit positions: TensorFlow's gradient of a slice accepts no others.
    int length = architecture.chunk();
    return tf.slice(z, tf.constant(new int[] {0, i * length}), tf.constant(new int[] {-1, length}));
  }

  /** [N, chunk + embedding]: the chunk of z first, as in the published weights of DeepMind. */
  private Operand<TFloat32> condition(Ops tf, Operand<TFloat32> z, Operand<TFloat32> y, int i) {
    return tf.concat(List.of(chunk(tf, z, i), y), tf.constant(1));
  }

  /**
   * Norm, ReLU, doubling, convolution, norm, ReLU, convolution; beside it a doubled 1×1
   * convolution.
   */
  private Operand<TFloat32> block(
      Ops tf, int i, Operand<TFloat32> x, Operand<TFloat32> y, Operand<TFloat32> z) {
    Weights block = weights.in("block_" + i);
    int out = architecture.generatorChannels(i);
    Operand<TFloat32> h = site(tf.withSubScope("Norm1"), block, 2 * i, x, y);
    h = doublingConv(tf.withSubScope("Conv1"), block.in("conv_1"), tf.nn.relu(h), out);
    h = Conv2d.bias(tf.withSubScope("Bias1"), block.in("conv_1"), h);
    if (architecture.noise()) {
      Ops noise = tf.withSubScope("Noise");
      h = NoiseMap.added(noise, block.in("noise"), h, chunk(noise, z, i + 1));
    }
    h = site(tf.withSubScope("Norm2"), block, 2 * i + 1, h, y);
    h =
        Conv2d.same(
            tf.withSubScope("Conv2"), block.in("conv_2"), kernels, tf.nn.relu(h), out, 3, INIT);
    // A 1×1 convolution commutes with doubling: at the small size it costs a quarter.
    Ops side = tf.withSubScope("Shortcut");
    Operand<TFloat32> shortcut = Conv2d.same(side, block.in("shortcut"), kernels, x, out, 1, INIT);
    shortcut = Conv2d.bias(side, block.in("shortcut"), shortcut);
    shortcut =
        architecture.noise()
            ? Resample.smoothlyDoubled(side, shortcut)
            : Resample.doubled(side, shortcut);
    return tf.math.add(Conv2d.bias(tf.withSubScope("Bias2"), block.in("conv_2"), h), shortcut);
  }

  private Operand<TFloat32> doublingConv(Ops tf, Weights conv, Operand<TFloat32> x, int out) {
    return architecture.noise()
        ? Conv2d.same(tf, conv, kernels, Resample.smoothlyDoubled(tf, x), out, 3, INIT)
        : Conv2d.afterDoubling(tf, conv, kernels, x, out, INIT);
  }

  private Operand<TFloat32> site(
      Ops tf, Weights block, int index, Operand<TFloat32> x, Operand<TFloat32> y) {
    String name = index % 2 == 0 ? "norm_1" : "norm_2";
    Affine affine = BatchNorm.conditional(tf, block.in(name), kernels, norm, x, y, INIT);
    return hook.normalised(tf, describe(index, block.path() + name, x), x, affine);
  }

  private Operand<TFloat32> output(Ops tf, Operand<TFloat32> x) {
    Weights output = weights.in("output");
    Ops scope = tf.withSubScope("Norm");
    Affine affine = BatchNorm.withGain(scope, output.in("norm"), norm, x);
    Site site = describe(2 * architecture.blocks(), output.path() + "norm", x);
    Operand<TFloat32> h = tf.nn.relu(hook.normalised(scope, site, x, affine));
    Ops rgb = tf.withSubScope("Conv");
    h = Conv2d.same(rgb, output.in("conv"), kernels, h, 3, 3, INIT);
    return tf.math.tanh(Conv2d.bias(rgb, output.in("conv"), h));
  }

  private Site describe(int index, String name, Operand<TFloat32> x) {
    int channels = Math.toIntExact(x.shape().get(3));
    return new Site(
        index, name.substring(weights.path().length()), channels, (int) x.shape().get(1));
  }
}
