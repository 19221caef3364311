package tsugiki.single;

import tsugiki.single.HandPyramid.Plane;

/**
 * Batch normalisation of a map as plain loops.
 *
 * @param mean of every channel
 * @param variance of every channel
 */
record HandNorm(double[] mean, double[] variance) {
  private static final double EPSILON = 1e-5;

  /** The statistics of a map itself. */
  static HandNorm of(Plane map) {
    int pixels = map.height() * map.width();
    HandNorm norm = new HandNorm(new double[map.channels()], new double[map.channels()]);
    for (int c = 0; c < map.channels(); c++) {
      for (int p = 0; p < pixels; p++) {
        norm.mean[c] += map.data()[p * map.channels() + c] / pixels;
      }
      for (int p = 0; p < pixels; p++) {
        norm.variance[c] += Math.pow(map.data()[p * map.channels() + c] - norm.mean[c], 2) / pixels;
      }
    }
    return norm;
  }

  /** Normalises a map in its place. */
  void apply(Plane map, double[] gain, double[] bias) {
    for (int i = 0; i < map.data().length; i++) {
      int c = i % map.channels();
      double unit = (map.data()[i] - mean[c]) / Math.sqrt(variance[c] + EPSILON);
      map.data()[i] = gain[c] * unit + bias[c];
    }
  }
}
