package tsugiki.model;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Activation;
import tsugiki.graph.Weights;

/**
 * The discriminator of ConSinGAN and of each of its stages (Hinz et al. 2021, section 3.2): five
 * convolutions without padding and without normalisation, which score every patch of 11×11 pixels.
 *
 * @param channels of the features; the paper's 64
 * @param layers convolutions between the first and the last; the paper's 3
 */
public record PyramidDiscriminator(int channels, int layers) {
  /** 64 channels, 3 layers. */
  public static PyramidDiscriminator standard() {
    return new PyramidDiscriminator(64, 3);
  }

  /** The side of the patch that a score depends on, in pixels. */
  public int patch() {
    return (PyramidConv.KERNEL - 1) * (layers + 2) + 1;
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
      features = PyramidConv.layer(scope, place, Optional.empty(), activation, features, channels);
    }
    return PyramidConv.valid(tf.withSubScope("Score"), weights.in("score"), features, 1);
  }
}
