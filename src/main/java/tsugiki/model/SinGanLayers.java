package tsugiki.model;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Activation;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Weights;

/**
 * The convolutions that the generator and the discriminator of a stage of SinGAN have in common
 * (Shaham et al. 2019, supplement): 3×3 without padding, each with batch normalisation but the
 * last.
 *
 * @param channels of the features of the first four stages; the paper's 32. Every fourth stage has
 *     twice as many as the one before, up to 128
 * @param count convolutions of a stage, the last one with them; the paper's 5
 */
public record SinGanLayers(int channels, int count) {
  private static final int STAGES_ALIKE = 4;
  private static final int MOST = 128;

  /** 32 channels, 5 convolutions. */
  public static SinGanLayers standard() {
    return new SinGanLayers(32, 5);
  }

  /** The channels of a stage's features. */
  public int channelsOf(int stage) {
    long doubled = (long) channels << Math.min(stage / STAGES_ALIKE, Integer.SIZE);
    return (int) Math.min(doubled, Math.max(channels, MOST));
  }

  /** The side of the patch that a number after the last convolution depends on, in pixels. */
  public int patch() {
    return (PyramidConv.KERNEL - 1) * count + 1;
  }

  /** The features after all convolutions but the last. */
  Operand<TFloat32> features(
      Ops tf,
      Weights weights,
      int stage,
      Activation activation,
      Optional<BatchNorm.Settings> norm,
      Operand<TFloat32> input) {
    Operand<TFloat32> features = input;
    for (int layer = 0; layer < count - 1; layer++) {
      Ops scope = tf.withSubScope("Conv" + layer);
      Weights place = weights.in("conv_" + layer);
      features = PyramidConv.layer(scope, place, norm, activation, features, channelsOf(stage));
    }
    return features;
  }
}
