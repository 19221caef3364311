package tsugiki.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The map x ↦ scale·x + shift of every channel: what a normalisation, its gain and bias, and the
 * bias of the convolution before it come to. Composing these small tensors first and touching the
 * feature map once is most of the difference between our step and a plain one.
 *
 * @param scale [C], or [N, C] where it differs by image
 * @param shift the same
 */
public record Affine(Operand<TFloat32> scale, Operand<TFloat32> shift) {
  /** This map and then x ↦ gain·x + bias, each [C] or [N, C]. */
  public Affine then(Ops tf, Operand<TFloat32> gain, Operand<TFloat32> bias) {
    return new Affine(tf.math.mul(scale, gain), tf.math.add(tf.math.mul(shift, gain), bias));
  }

  /** The map of a feature map [N, H, W, C]. */
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
    return tf.math.add(tf.math.mul(x, perPixel(tf, scale)), perPixel(tf, shift));
  }

  /** A [C] or [N, C] tensor in a form that broadcasts over pixels. */
  static Operand<TFloat32> perPixel(Ops tf, Operand<TFloat32> x) {
    if (x.shape().numDimensions() == 1) {
      return x;
    }
    return tf.reshape(x, tf.constant(new long[] {-1, 1, 1, x.shape().get(1)}));
  }
}
