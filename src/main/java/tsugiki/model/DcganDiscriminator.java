package tsugiki.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Activation;
import tsugiki.graph.ActivationChoice;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Conv2d;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Weights;

/**
 * The discriminator of DCGAN (Radford et al. 2016, section 3) up to its hidden features:
 * convolutions with stride 2, all but the first with batch normalisation.
 *
 * @param architecture its shape
 * @param weights where its variables are
 * @param kernels the constraint on its kernels
 * @param norm the kind of statistics
 */
public record DcganDiscriminator(
    DcganArchitecture architecture, Weights weights, Kernels kernels, BatchNorm.Settings norm) {

  /**
   * The hidden features of images.
   *
   * @param images [N, size, size, 3] in [−1, 1]; a network for grey ones takes the mean of their
   *     channels
   * @return [N, D]: the last map, flattened
   */
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> images) {
    Activation activation =
        ActivationChoice.parse("activation", architecture.discriminatorActivation()).activation();
    Initializer init =
        architecture.deviation() > 0
            ? Initializer.normal(architecture.deviation())
            : Initializer.glorot();
    Operand<TFloat32> x =
        architecture.colours() == 1
            ? tf.math.mean(images, tf.constant(3), Mean.keepDims(true))
            : images;
    for (int i = 0; i < architecture.discriminatorChannels().size(); i++) {
      Ops scope = tf.withSubScope("Conv" + i);
      Weights place = weights.in("conv_" + i);
      int out = architecture.discriminatorChannels().get(i);
      x = Conv2d.striding(scope, place, kernels, x, out, architecture.kernel(), init);
      x =
          i == 0
              ? Conv2d.bias(scope, place, x)
              : BatchNorm.withGain(scope, place.in("norm"), norm, x).apply(scope, x);
      x = activation.apply(scope, place, x);
    }
    long features = x.shape().get(1) * x.shape().get(2) * x.shape().get(3);
    return tf.reshape(x, tf.constant(new long[] {-1, features}));
  }
}
