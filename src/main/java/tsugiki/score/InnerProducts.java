package tsugiki.score;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Inner products of every row of one set of features with every row of another, row by row, so that
 * nobody needs memory for all N × M of them.
 *
 * <p>Blocks of rows run on all cores. Every single product is summed in float64 over the dimensions
 * from first to last, so it depends neither on the blocks nor on the threads; ⟨x, y⟩ and ⟨y, x⟩ are
 * the same number, and ⟨x, x⟩ is exactly {@link #squaredNorms}. Equal images therefore have the
 * distance 0, and not a rounding error.
 */
final class InnerProducts {
  /** Rows of the left side that share one packed panel of the right side. */
  private static final int ROWS = 64;

  /** Rows of the right side in one panel. */
  private static final int COLUMNS = 64;

  /** Dimensions in one panel: 64 × 256 float64 are 128 KiB, which stay in the second cache. */
  private static final int DEPTH = 256;

  private InnerProducts() {}

  /** Takes one row of products. */
  interface RowVisitor {
    /**
     * Called once for every row, from several threads.
     *
     * @param row the row of the left side
     * @param products its products with all rows of the right side; the array is used again after
     *     the call, and the visitor may write to it. It may be longer than there are rows.
     */
    void visit(int row, double[] products);
  }

  /** Hands the products ⟨left[row], right[0..M)⟩ of every row to the visitor. */
  static void forEachRow(Features left, Features right, RowVisitor visitor) {
    left.requireSameDimensions(right);
    int blocks = (left.count() + ROWS - 1) / ROWS;
    IntStream.range(0, blocks)
        .parallel()
        .forEach(block -> visitBlock(left, right, block * ROWS, visitor));
  }

  /** ⟨x, x⟩ of every row. */
  static double[] squaredNorms(Features features) {
    int dimensions = features.dimensions();
    float[] values = features.values();
    double[] norms = new double[features.count()];
    for (int row = 0; row < norms.length; row++) {
      double sum = 0;
      for (int k = 0; k < dimensions; k++) {
        double value = values[row * dimensions + k];
        sum += value * value;
      }
      norms[row] = sum;
    }
    return norms;
  }

  /**
   * Hands the squared Euclidean distances of every row of the left side from all rows of the right
   * side to the visitor: |x|² + |y|² − 2⟨x, y⟩, never below 0.
   */
  static void forEachRowOfSquaredDistances(Features left, Features right, RowVisitor visitor) {
    double[] leftNorms = squaredNorms(left);
    double[] rightNorms = squaredNorms(right);
    forEachRow(
        left,
        right,
        (row, products) -> {
          for (int column = 0; column < rightNorms.length; column++) {
            double distance = leftNorms[row] + rightNorms[column] - 2 * products[column];
            products[column] = Math.max(0, distance);
          }
          visitor.visit(row, products);
        });
  }

  private static void visitBlock(Features left, Features right, int firstRow, RowVisitor visitor) {
    int rows = Math.min(ROWS, left.count() - firstRow);
    int paddedColumns = (right.count() + COLUMNS - 1) / COLUMNS * COLUMNS;
    double[][] products = new double[rows][paddedColumns];
    double[] panel = new double[DEPTH * COLUMNS];
    for (int column = 0; column < right.count(); column += COLUMNS) {
      for (int k = 0; k < left.dimensions(); k += DEPTH) {
        int depth = Math.min(DEPTH, left.dimensions() - k);
        pack(right, column, k, depth, panel);
        for (int row = 0; row < rows; row++) {
          int from = (firstRow + row) * left.dimensions() + k;
          accumulate(left.values(), from, depth, panel, products[row], column);
        }
      }
    }
    for (int row = 0; row < rows; row++) {
      visitor.visit(firstRow + row, products[row]);
    }
  }

  /** Lays right[column + j, k + i] at panel[i, j], with zeros where there are no more rows. */
  private static void pack(Features right, int column, int k, int depth, double[] panel) {
    Arrays.fill(panel, 0);
    int columns = Math.min(COLUMNS, right.count() - column);
    for (int j = 0; j < columns; j++) {
      int from = (column + j) * right.dimensions() + k;
      for (int i = 0; i < depth; i++) {
        panel[i * COLUMNS + j] = right.values()[from + i];
      }
    }
  }

  /** Adds one row's products over a part of its dimensions; four at once save loads of the sum. */
  private static void accumulate(
      float[] row, int from, int depth, double[] panel, double[] sums, int column) {
    int i = 0;
    for (; i + 4 <= depth; i += 4) {
      double x0 = row[from + i];
      double x1 = row[from + i + 1];
      double x2 = row[from + i + 2];
      double x3 = row[from + i + 3];
      int p = i * COLUMNS;
      for (int j = 0; j < COLUMNS; j++) {
        sums[column + j] =
            sums[column + j]
                + x0 * panel[p + j]
                + x1 * panel[p + COLUMNS + j]
                + x2 * panel[p + 2 * COLUMNS + j]
                + x3 * panel[p + 3 * COLUMNS + j];
      }
    }
    for (; i < depth; i++) {
      double x = row[from + i];
      for (int j = 0; j < COLUMNS; j++) {
        sums[column + j] += x * panel[i * COLUMNS + j];
      }
    }
  }
}
