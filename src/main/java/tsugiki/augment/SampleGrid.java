package tsugiki.augment;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Where a {@link Warp} reads: among the samples of the doubled resolution, with half a side of
 * continuation on either side of the image. Along a side, a place is a number from 0 for the first
 * of these samples to ½ for the last, so that mirroring is a distance from whole numbers.
 *
 * @param side of the images in pixels
 */
record SampleGrid(int side) {
  /** How many samples there are along a side. */
  int fine() {
    return 2 * (side + 2 * margin());
  }

  /** How many samples of the result halving reads along a side. */
  int read() {
    return Wavelet.read(side);
  }

  /** The matrix that makes the samples of a side's pixels: [fine, side]. */
  float[] doubling() {
    return Wavelet.doubling(side, margin());
  }

  /** The matrix that makes a side's pixels of the samples of the result: [side, read]. */
  float[] halving() {
    return Wavelet.halving(side);
  }

  /** How much a place grows per pixel: by two samples. */
  float pixel() {
    return 1f / (fine() - 1);
  }

  /** The place of the image's centre. */
  float centre() {
    return (fine() / 2f - 1) / (2 * (fine() - 1));
  }

  /** How far a sample that halving reads lies from the centre, in pixels. */
  float fromCentre(int sample) {
    return Wavelet.firstRead() + (sample - side) / 2f;
  }

  /** Places mirrored into their range: beyond 0 and ½ they run back. */
  static Operand<TFloat32> mirrored(Ops tf, Operand<TFloat32> places) {
    return tf.math.abs(tf.math.sub(places, tf.math.round(places)));
  }

  private int margin() {
    return (side + 1) / 2;
  }
}
