package tsugiki.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Conv2d;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Resample;
import tsugiki.graph.SelfAttention;
import tsugiki.graph.Weights;

/**
 * The discriminator of BigGAN up to its hidden features; {@link ProjectionHead} makes a score of
 * them.
 *
 * @param architecture its shape
 * @param weights where its variables are
 * @param kernels the constraint on its kernels
 */
public record BigGanDiscriminator(
    BigGanArchitecture architecture, Weights weights, Kernels kernels) {

  private static final Initializer INIT = Initializer.orthogonal(1);

  /**
   * The hidden features of images.
   *
   * @param images [N, size, size, 3] in [−1, 1]
   * @return hidden features [N, C]: the last map after a ReLU, summed over its pixels
   */
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> images) {
    Operand<TFloat32> x =
        architecture.compareGan()
            ? tf.math.mul(tf.math.add(images, tf.constant(1f)), tf.constant(0.5f))
            : images;
    for (int i = 0; i < architecture.discriminatorMultipliers().size(); i++) {
      x = block(tf.withSubScope("Block" + i), i, x);
      if (architecture.attention() > 0 && x.shape().get(1) == architecture.attention()) {
        x =
            SelfAttention.apply(
                tf.withSubScope("Attention"), weights.in("attention"), kernels, x, INIT);
      }
    }
    return tf.sum(tf.nn.relu(x), tf.constant(new int[] {1, 2}));
  }

  private Operand<TFloat32> block(Ops tf, int i, Operand<TFloat32> x) {
    Weights block = weights.in("block_" + i);
    int out = architecture.discriminatorChannels(i);
    boolean halve = i < architecture.halvings();
    // The first block sees the image itself, which a ReLU would cut in half.
    Operand<TFloat32> h = i == 0 ? x : tf.nn.relu(x);
    Ops first = tf.withSubScope("Conv1");
    h = Conv2d.same(first, block.in("conv_1"), kernels, h, out, 3, INIT);
    h = tf.nn.relu(Conv2d.bias(first, block.in("conv_1"), h));
    Ops second = tf.withSubScope("Conv2");
    h =
        halve
            ? Conv2d.beforeHalving(second, block.in("conv_2"), kernels, h, out, INIT)
            : Conv2d.same(second, block.in("conv_2"), kernels, h, out, 3, INIT);
    h = Conv2d.bias(second, block.in("conv_2"), h);
    if (architecture.compareGan() && x.shape().get(3) == out) {
      return h;
    }
    return tf.math.add(h, shortcut(tf.withSubScope("Shortcut"), block, x, out, halve));
  }

  /**
   * The mean of 2×2 pixels and a 1×1 convolution, which commute; the identity where nothing
   * changes.
   */
  private Operand<TFloat32> shortcut(
      Ops tf, Weights block, Operand<TFloat32> x, int out, boolean halve) {
    Operand<TFloat32> small = halve ? Resample.halved(tf, x) : x;
    if (!halve && x.shape().get(3) == out) {
      return small;
    }
    Weights shortcut = block.in("shortcut");
    return Conv2d.bias(tf, shortcut, Conv2d.same(tf, shortcut, kernels, small, out, 1, INIT));
  }
}
