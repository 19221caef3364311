package tsugiki.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The power of images by frequency, under a Hann window: |Σ w(y) w(x) I(y, x) exp(−2πi (fy + gx) /
 * side)|², the mean over images and channels. As two matrix products, since TensorFlow's transform
 * has no gradient in Java.
 */
public final class PowerSpectrum {
  private PowerSpectrum() {}

  /** How many columns {@link #of} has: the other frequencies have the power of these. */
  public static int columns(int side) {
    return side / 2 + 1;
  }

  /**
   * The spectrum.
   *
   * @param images [N, side, side, C], side and C known
   * @return [side, side / 2 + 1]: row f has f cycles per image downwards (those over side / 2 are f
   *     − side), column g has g cycles to the right
   */
  public static Operand<TFloat32> of(Ops tf, Operand<TFloat32> images) {
    int side = (int) images.shape().get(2);
    long channels = images.shape().get(3);
    int columns = columns(side);
    Operand<TFloat32> lines =
        tf.reshape(images, tf.constant(new long[] {-1, side, side * channels}));
    Operand<TFloat32> down = tf.train.batchMatMul(waves(tf, side, side), lines, TFloat32.class);
    Operand<TFloat32> pixels = tf.reshape(down, tf.constant(new long[] {-1, side, channels}));
    Operand<TFloat32> across =
        tf.train.batchMatMul(waves(tf, columns, side), pixels, TFloat32.class);
    Operand<TFloat32> parts =
        tf.reshape(across, tf.constant(new long[] {-1, 2, side, 2, columns, channels}));
    Operand<TFloat32> real = tf.math.sub(part(tf, parts, 0, 0), part(tf, parts, 1, 1));
    Operand<TFloat32> imaginary = tf.math.add(part(tf, parts, 0, 1), part(tf, parts, 1, 0));
    Operand<TFloat32> power = tf.math.add(tf.math.square(real), tf.math.square(imaginary));
    return tf.math.mean(power, tf.constant(new int[] {0, 1, 3, 5}));
  }

  /** One of the products of cosines (0) and sines (1), [N, 1, side, 1, columns, C]. */
  private static Operand<TFloat32> part(Ops tf, Operand<TFloat32> parts, int down, int across) {
    return tf.slice(
        parts,
        tf.constant(new int[] {0, down, 0, across, 0, 0}),
        tf.constant(new int[] {-1, 1, -1, 1, -1, -1}));
  }

  /** Cosines of the frequencies under the window, and below them sines [2·count, side]. */
  private static Operand<TFloat32> waves(Ops tf, int count, int side) {
    float[] waves = new float[2 * count * side];
    for (int f = 0; f < count; f++) {
      for (int x = 0; x < side; x++) {
        double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * (x + 0.5) / side);
        double angle = 2 * Math.PI * f * x / side;
        waves[f * side + x] = (float) (window * Math.cos(angle));
        waves[(count + f) * side + x] = (float) (window * Math.sin(angle));
      }
    }
    return tf.reshape(tf.constant(waves), tf.constant(new long[] {2L * count, side}));
  }
}
