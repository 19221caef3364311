package tsugiki.model;

import static tsugiki.model.GeneratorLayers.INIT;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Conv2d;
import tsugiki.graph.Kernels;
import tsugiki.graph.Resample;
import tsugiki.graph.Weights;

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
    GeneratorHook hook)
    implements GeneratorArchitecture.Network {

  /** A generator with nothing added. */
  public BigGanGenerator(
      BigGanArchitecture architecture, Weights weights, Kernels kernels, BatchNorm.Settings norm) {
    this(architecture, weights, kernels, norm, GeneratorHook.NONE);
  }

  private GeneratorLayers layers() {
    return new GeneratorLayers(weights, kernels, norm, hook, architecture.compareGan() ? 0 : 1);
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> z, Operand<TFloat32> y) {
    Ops linear = tf.withSubScope("Linear");
    int first = architecture.generatorChannels(-1);
    Operand<TFloat32> x = layers().firstMap(linear, chunk(linear, z, 0), first);
    x = hook.firstMap(tf, x);
    for (int i = 0; i < architecture.blocks(); i++) {
      // The chunk of z first, as in the published weights of DeepMind.
      Operand<TFloat32> condition = GeneratorLayers.beside(tf, chunk(tf, z, i + 1), y);
      x = block(tf.withSubScope("Block" + i), i, x, condition, z);
      if (architecture.resolution(i) == architecture.attention()) {
        x = layers().attention(tf.withSubScope("Attention"), x);
      }
    }
    return layers().output(tf.withSubScope("Output"), 2 * architecture.blocks(), x);
  }

  private Operand<TFloat32> chunk(Ops tf, Operand<TFloat32> z, int i) {
    return GeneratorLayers.columns(tf, z, i * architecture.chunk(), architecture.chunk());
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
    Operand<TFloat32> shortcut =
        shortcut(tf.withSubScope("Shortcut"), block.in("shortcut"), x, out);
    return tf.math.add(Conv2d.bias(tf.withSubScope("Bias2"), block.in("conv_2"), h), shortcut);
  }

  private Operand<TFloat32> shortcut(Ops tf, Weights conv, Operand<TFloat32> x, int out) {
    if (architecture.compareGan()) {
      return Conv2d.bias(tf, conv, Conv2d.afterSpacing(tf, conv, kernels, x, out, 1, INIT));
    }
    // A 1×1 convolution commutes with doubling: at the small size it costs a quarter.
    Operand<TFloat32> small =
        Conv2d.bias(tf, conv, Conv2d.same(tf, conv, kernels, x, out, 1, INIT));
    return architecture.noise() ? Resample.smoothlyDoubled(tf, small) : Resample.doubled(tf, small);
  }

  private Operand<TFloat32> doublingConv(Ops tf, Weights conv, Operand<TFloat32> x, int out) {
    if (architecture.compareGan()) {
      return Conv2d.afterSpacing(tf, conv, kernels, x, out, 3, INIT);
    }
    return architecture.noise()
        ? Conv2d.same(tf, conv, kernels, Resample.smoothlyDoubled(tf, x), out, 3, INIT)
        : Conv2d.afterDoubling(tf, conv, kernels, x, out, INIT);
  }

  private Operand<TFloat32> site(
      Ops tf, Weights block, int index, Operand<TFloat32> x, Operand<TFloat32> y) {
    return layers().site(tf, block, index % 2 == 0 ? "norm_1" : "norm_2", index, x, y);
  }
}
