package tsugiki.model;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import tsugiki.graph.Bicubic;
import tsugiki.graph.Bicubic.Grid;

/** The sizes, borders and channels of the maps of a {@link PyramidNetwork}. */
final class PyramidMaps {
  private PyramidMaps() {}

  /** Enlarged by a pixel on each side. */
  static Operand<TFloat32> wider(Ops tf, Operand<TFloat32> x) {
    if (isKnown(x)) {
      return Bicubic.resize(tf, Grid.CORNERS, x, side(x, 1) + 2, side(x, 2) + 2);
    }
    Operand<TInt32> two = tf.constant(2);
    return Bicubic.resize(
        tf,
        Grid.CORNERS,
        x,
        tf.math.add(sideAsRun(tf, x, 1), two),
        tf.math.add(sideAsRun(tf, x, 2), two));
  }

  /** With zeros around. */
  static Operand<TFloat32> padded(Ops tf, Operand<TFloat32> x, int padding) {
    return tf.pad(
        x,
        tf.constant(new int[][] {{0, 0}, {padding, padding}, {padding, padding}, {0, 0}}),
        tf.constant(0f));
  }

  /** Whether height and width are known while the graph is built. */
  static boolean isKnown(Operand<TFloat32> x) {
    return x.shape().get(1) > 0 && x.shape().get(2) > 0;
  }

  /** The same map with a known number of channels, which padding by a run's numbers hides. */
  static Operand<TFloat32> withChannels(Ops tf, Operand<TFloat32> x, int channels) {
    return x.shape().isUnknown() || x.shape().get(3) < 0
        ? tf.ensureShape(x, Shape.of(-1, -1, -1, channels))
        : x;
  }

  /** A side that is known. */
  static int side(Operand<TFloat32> x, int axis) {
    return Math.toIntExact(x.shape().get(axis));
  }

  /** A side that a run alone knows. */
  static Operand<TInt32> sideAsRun(Ops tf, Operand<TFloat32> x, int axis) {
    return tf.squeeze(
        tf.slice(tf.shape(x), tf.constant(new int[] {axis}), tf.constant(new int[] {1})));
  }
}
