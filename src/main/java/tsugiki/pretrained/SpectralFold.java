package tsugiki.pretrained;

/**
 * The division of a published kernel by its largest singular value, as the network that it comes
 * from does it in every call: one power iteration from the stored vector (Miyato et al. 2018,
 * algorithm 1), in double precision.
 */
final class SpectralFold {
  private SpectralFold() {}

  /**
   * Divides a matrix.
   *
   * @param matrix [rows, columns] in row-major order
   * @param u the stored vector, of as many numbers as there are columns
   * @param epsilon the least length that a vector is divided by
   * @return the quotient
   */
  static float[] ofColumns(float[] matrix, float[] u, float epsilon) {
    double[] v = unit(timesColumns(matrix, doubles(u)), epsilon);
    double[] product = timesRows(matrix, v, u.length);
    return quotient(matrix, dot(product, unit(product.clone(), epsilon)));
  }

  /** The same with a vector of as many numbers as there are rows. */
  static float[] ofRows(float[] matrix, float[] u, float epsilon) {
    double[] v = unit(timesRows(matrix, doubles(u), matrix.length / u.length), epsilon);
    double[] product = timesColumns(matrix, v);
    return quotient(matrix, dot(product, unit(product.clone(), epsilon)));
  }

  /** M·x. */
  private static double[] timesColumns(float[] matrix, double[] x) {
    double[] product = new double[matrix.length / x.length];
    for (int row = 0, at = 0; row < product.length; row++) {
      double sum = 0;
      for (double factor : x) {
        sum += factor * matrix[at++];
      }
      product[row] = sum;
    }
    return product;
  }

  /** xᵀ·M. */
  private static double[] timesRows(float[] matrix, double[] x, int columns) {
    double[] product = new double[columns];
    int at = 0;
    for (double factor : x) {
      for (int column = 0; column < columns; column++) {
        product[column] += factor * matrix[at++];
      }
    }
    return product;
  }

  private static double[] unit(double[] x, float epsilon) {
    double length = Math.max(Math.sqrt(dot(x, x)), epsilon);
    for (int i = 0; i < x.length; i++) {
      x[i] /= length;
    }
    return x;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static float[] quotient(float[] matrix, double sigma) {
    float[] result = new float[matrix.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) (matrix[i] / sigma);
    }
    return result;
  }

  private static double[] doubles(float[] x) {
    double[] result = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      result[i] = x[i];
    }
    return result;
  }
}
