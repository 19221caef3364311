package tsugiki.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Activation;
import tsugiki.graph.Conv2d;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Weights;

/**
 * The discriminator of ConSinGAN and of each of its stages (Hinz et al. 2021, section 3.2): five
 * convolutions without padding and without normalisation, which score every patch of 11×11 pixels.
 *
 * @param channels of the features; the paper's 64
 * @param layers convolutions between the first and the last; the paper's 3
 */
public record PyramidDiscriminator(int channels, int layers) {
  private static final int KERNEL = 3;
  private static final Initializer INIT = Initializer.normal(0.02f);

  /** 64 channels, 3 layers. */
  public static PyramidDiscriminator standard() {
    return new PyramidDiscriminator(64, 3);
  }

  /** The side of the patch that a score depends on, in pixels. */
  public int patch() {
    return (KERNEL - 1) * (layers + 2) + 1;
  }

  /**
   * Builds it.
   *
   * @param activation after every convolution but the last
   * @param images [N, H, W, 3] in [−1, 1], at least {@link #patch} on each side
   * @return a score per patch [N, H − patch + 1, W − patch + 1, 1], higher for real patches
   */
  public Operand<TFloat32> apply(
      Ops tf, Weights weights, Activation activation, Operand<TFloat32> images) {
    Operand<TFloat32> features = images;
    for (int layer = 0; layer <= layers; layer++) {
      Ops scope = tf.withSubScope("Conv" + layer);
      Weights place = weights.in("conv_" + layer);
      features = activation.apply(scope, place, convolution(scope, place, features, channels));
    }
    return convolution(tf.withSubScope("Score"), weights.in("score"), features, 1);
  }

  private static Operand<TFloat32> convolution(
      Ops tf, Weights place, Operand<TFloat32> x, int channels) {
    long summed = KERNEL * KERNEL * x.shape().get(3);
    return Conv2d.bias(
        tf,
        place,
        Conv2d.valid(tf, place, Kernels.PLAIN, x, channels, KERNEL, INIT),
        Initializer.uniform((float) (1 / Math.sqrt(summed))));
  }
}
