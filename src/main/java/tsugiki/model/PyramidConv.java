package tsugiki.model;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Activation;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Conv2d;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Weights;

/** The 3×3 convolutions of the networks of one image, each with its bias. */
final class PyramidConv {
  /** The side of all kernels. */
  static final int KERNEL = 3;

  private static final Initializer INIT = Initializer.normal(0.02f);

  private PyramidConv() {}

  /**
   * Without padding.
   *
   * @param x [N, H, W, C]
   * @return [N, H − 2, W − 2, channels]
   */
  static Operand<TFloat32> valid(Ops tf, Weights place, Operand<TFloat32> x, int channels) {
    return bias(tf, place, x, Conv2d.valid(tf, place, Kernels.PLAIN, x, channels, KERNEL, INIT));
  }

  /**
   * With zeros around.
   *
   * @param x [N, H, W, C]
   * @return [N, H, W, channels]
   */
  static Operand<TFloat32> same(Ops tf, Weights place, Operand<TFloat32> x, int channels) {
    return bias(tf, place, x, Conv2d.same(tf, place, Kernels.PLAIN, x, channels, KERNEL, INIT));
  }

  /**
   * A layer: without padding, normalised or not, and activated.
   *
   * @param x [N, H, W, C]
   * @return [N, H − 2, W − 2, channels]
   */
  static Operand<TFloat32> layer(
      Ops tf,
      Weights place,
      Optional<BatchNorm.Settings> norm,
      Activation activation,
      Operand<TFloat32> x,
      int channels) {
    return activated(tf, place, norm, activation, valid(tf, place, x, channels));
  }

  /** What comes after a convolution: normalisation, where there is one, and the activation. */
  static Operand<TFloat32> activated(
      Ops tf,
      Weights place,
      Optional<BatchNorm.Settings> norm,
      Activation activation,
      Operand<TFloat32> convolved) {
    Operand<TFloat32> normalised =
        norm.map(
                settings ->
                    BatchNorm.withGain(tf, place.in("norm"), settings, convolved)
                        .apply(tf, convolved))
            .orElse(convolved);
    return activation.apply(tf, place, normalised);
  }

  /** PyTorch's start of a bias: uniform in ±1/√(numbers that a sum is over). */
  private static Operand<TFloat32> bias(
      Ops tf, Weights place, Operand<TFloat32> input, Operand<TFloat32> convolved) {
    long summed = KERNEL * KERNEL * input.shape().get(3);
    return Conv2d.bias(tf, place, convolved, Initializer.uniform((float) (1 / Math.sqrt(summed))));
  }
}
