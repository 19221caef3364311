package tsugiki.augment;

/**
 * Doubling and halving of the resolution by the orthogonal low-pass filter "sym6" (Daubechies'
 * least asymmetric wavelet of 12 taps), as matrices along one side of an image. Halving undoes
 * doubling exactly. The image is continued by mirroring at its outermost pixels.
 */
final class Wavelet {
  /** The filter, normalised to the sum √2. */
  private static final double[] SYM6 = {
    0.015404109327027373,
    0.0034907120842174702,
    -0.11799011114819057,
    -0.048311742585633,
    0.4910559419267466,
    0.787641141030194,
    0.3379294217276218,
    -0.07263752278646252,
    -0.021060292512300564,
    0.04472490177066578,
    0.0017677118642428036,
    -0.007800708325034148
  };

  private Wavelet() {}

  /**
   * The matrix that doubles a side and continues it.
   *
   * @param side of the image in pixels
   * @param margin how many pixels it is continued on either side
   * @return [2·(side + 2·margin), side]; the sample in row k lies at the place (k + 1)/2 − margin,
   *     counted from the image's border
   */
  static float[] doubling(int side, int margin) {
    int rows = 2 * (side + 2 * margin);
    float[] matrix = new float[rows * side];
    for (int k = 0; k < rows; k++) {
      for (int t = 0; t < SYM6.length; t++) {
        int place = k + t - SYM6.length / 2;
        if (Math.floorMod(place, 2) == 0) {
          int pixel = mirrored(Math.floorDiv(place, 2) - margin, side);
          matrix[k * side + pixel] += (float) (Math.sqrt(2) * SYM6[SYM6.length - 1 - t]);
        }
      }
    }
    return matrix;
  }

  /** How many samples of the double resolution halving reads for a side. */
  static int read(int side) {
    return 2 * (side - 1) + SYM6.length;
  }

  /** Where the first of them lies, counted from the image's border in pixels. */
  static float firstRead() {
    return 1 - SYM6.length / 4f;
  }

  /**
   * The matrix that halves a side.
   *
   * @param side of the image in pixels
   * @return [side, {@link #read}]
   */
  static float[] halving(int side) {
    int columns = read(side);
    float[] matrix = new float[side * columns];
    for (int i = 0; i < side; i++) {
      for (int t = 0; t < SYM6.length; t++) {
        matrix[i * columns + 2 * i + t] = (float) (SYM6[t] / Math.sqrt(2));
      }
    }
    return matrix;
  }

  /** The pixel that continues a side at an index before 0 or after its end. */
  private static int mirrored(int index, int side) {
    if (side == 1) {
      return 0;
    }
    int period = 2 * (side - 1);
    int place = Math.floorMod(index, period);
    return Math.min(place, period - place);
  }
}
