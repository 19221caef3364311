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
 * The generator of BigGAN-deep (Brock et al. 2019, figure 16 and appendix B): the whole latent
 * vector beside the class's conditions the first layer and every block; blocks are bottlenecks of
 * four convolutions, and the path past a block carries the map itself, without the channels that
 * the block no longer has.
 *
 * @param architecture its shape
 * @param weights where its variables are
 * @param kernels the constraint on its kernels
 * @param norm the kind of statistics
 * @param hook what is added at its sites
 */
record BigGanDeepGenerator(
    BigGanDeepArchitecture architecture,
    Weights weights,
    Kernels kernels,
    BatchNorm.Settings norm,
    GeneratorHook hook)
    implements GeneratorArchitecture.Network {

  private GeneratorLayers layers() {
    return new GeneratorLayers(weights, kernels, norm, hook);
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> z, Operand<TFloat32> y) {
    Operand<TFloat32> condition = GeneratorLayers.beside(tf, z, y);
    Operand<TFloat32> x =
        layers().firstMap(tf.withSubScope("Linear"), condition, architecture.channels(-1));
    x = hook.firstMap(tf, x);
    for (int i = 0; i < architecture.blocks(); i++) {
      x = block(tf.withSubScope("Block" + i), i, x, condition);
      if (architecture.doubles(i) && architecture.resolution(i) == architecture.attention()) {
        x = layers().attention(tf.withSubScope("Attention"), x);
      }
    }
    int last = BigGanDeepArchitecture.SITES * architecture.blocks();
    return layers().output(tf.withSubScope("Output"), last, x);
  }

  /**
   * Norm, ReLU, convolution, four times; the resolution is doubled before the second one. What
   * passes the block by drops its last channels, and is doubled too.
   */
  private Operand<TFloat32> block(Ops tf, int i, Operand<TFloat32> x, Operand<TFloat32> y) {
    long out = architecture.channels(i);
    long inner = x.shape().get(3) / BigGanDeepArchitecture.BOTTLENECK;
    Operand<TFloat32> h = x;
    for (int part = 1; part <= BigGanDeepArchitecture.SITES; part++) {
      h = convolved(tf, i, part, h, y, part == BigGanDeepArchitecture.SITES ? out : inner);
    }
    Ops past = tf.withSubScope("Past");
    Operand<TFloat32> kept = firstChannels(past, x, out);
    return tf.math.add(h, architecture.doubles(i) ? Resample.doubled(past, kept) : kept);
  }

  private Operand<TFloat32> convolved(
      Ops tf, int i, int part, Operand<TFloat32> x, Operand<TFloat32> y, long out) {
    Weights block = weights.in("block_" + i);
    Weights conv = block.in("conv_" + part);
    int site = BigGanDeepArchitecture.SITES * i + part - 1;
    Operand<TFloat32> h =
        tf.nn.relu(
            layers().site(tf.withSubScope("Norm" + part), block, "norm_" + part, site, x, y));
    Ops scope = tf.withSubScope("Conv" + part);
    boolean wide = part == 2 || part == 3;
    h =
        part == 2 && architecture.doubles(i)
            ? Conv2d.afterDoubling(scope, conv, kernels, h, out, INIT)
            : Conv2d.same(scope, conv, kernels, h, out, wide ? 3 : 1, INIT);
    return Conv2d.bias(scope, conv, h);
  }

  private static Operand<TFloat32> firstChannels(Ops tf, Operand<TFloat32> x, long count) {
    if (x.shape().get(3) == count) {
      return x;
    }
    return tf.slice(
        x,
        tf.constant(new int[] {0, 0, 0, 0}),
        tf.constant(new int[] {-1, -1, -1, Math.toIntExact(count)}));
  }
}
