package tsugiki.score;

import tsugiki.features.Features;

/**
 * Sums of a kernel over the pairs of images in every draw of a {@link Bootstrap}. The kernel is
 * computed once per pair and not once per draw.
 */
final class DrawnSums {
  private DrawnSums() {}

  /** Hands every row of a kernel's values, [left.count()] times [right.count()], to a visitor. */
  interface Kernel {
    void forEachRow(Features left, Features right, InnerProducts.RowVisitor visitor);
  }

  /**
   * Σ_{i,j} u_i v_j k(x_i, y_j) for every draw.
   *
   * @param leftWeights u [draws, N]
   * @param rightWeights v [draws, M]
   * @param diagonal whether the pairs of a row with the row of the same number count
   * @return [draws]
   */
  static double[] of(
      Kernel kernel,
      Features left,
      Features right,
      int[][] leftWeights,
      int[][] rightWeights,
      boolean diagonal) {
    int draws = leftWeights.length;
    double[][] rows = new double[left.count()][draws];
    kernel.forEachRow(
        left,
        right,
        (row, values) -> {
          if (!diagonal) {
            values[row] = 0;
          }
          for (int draw = 0; draw < draws; draw++) {
            int weight = leftWeights[draw][row];
            rows[row][draw] = weight == 0 ? 0 : weight * product(rightWeights[draw], values);
          }
        });
    double[] sums = new double[draws];
    // In the rows' order, so that threads do not change the rounding.
    for (double[] row : rows) {
      for (int draw = 0; draw < draws; draw++) {
        sums[draw] += row[draw];
      }
    }
    return sums;
  }

  private static double product(int[] weights, double[] values) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * values[i];
    }
    return sum;
  }
}
