package tsugiki.score;

import tsugiki.features.Features;

/** Means of features, and features less their mean, in float64. */
final class Centering {
  private Centering() {}

  /** The mean of some rows, [D]. */
  static double[] mean(Features features, int firstRow, int rows) {
    int dimensions = features.dimensions();
    float[] values = features.values();
    double[] mean = new double[dimensions];
    for (int row = firstRow; row < firstRow + rows; row++) {
      for (int k = 0; k < dimensions; k++) {
        mean[k] += values[row * dimensions + k];
      }
    }
    for (int k = 0; k < dimensions; k++) {
      mean[k] /= rows;
    }
    return mean;
  }

  /** Some rows less a mean, [rows, D] in row-major order. */
  static double[] centred(Features features, int firstRow, int rows, double[] mean) {
    int dimensions = features.dimensions();
    float[] values = features.values();
    double[] centred = new double[Math.multiplyExact(rows, dimensions)];
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < dimensions; k++) {
        centred[row * dimensions + k] = values[(firstRow + row) * dimensions + k] - mean[k];
      }
    }
    return centred;
  }
}
