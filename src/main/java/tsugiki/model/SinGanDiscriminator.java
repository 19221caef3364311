package tsugiki.model;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Activation;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Weights;

/**
 * The discriminator of a stage of SinGAN (Shaham et al. 2019, section 3.1): the generator's
 * convolutions with a score at the end, which scores every patch of 11×11 pixels.
 *
 * @param layers its convolutions
 */
public record SinGanDiscriminator(SinGanLayers layers) {
  /**
   * Builds it.
   *
   * @param stage whose number of channels it has
   * @param activation after every convolution but the last
   * @param norm batch normalisation after every convolution but the last; the paper has it
   * @param images [N, H, W, 3] in [−1, 1], at least a patch on each side
   * @return a score per patch [N, H − patch + 1, W − patch + 1, 1], higher for real patches
   */
  public Operand<TFloat32> apply(
      Ops tf,
      Weights weights,
      int stage,
      Activation activation,
      Optional<BatchNorm.Settings> norm,
      Operand<TFloat32> images) {
    Operand<TFloat32> features = layers.features(tf, weights, stage, activation, norm, images);
    return PyramidConv.valid(tf.withSubScope("Score"), weights.in("score"), features, 1);
  }
}
