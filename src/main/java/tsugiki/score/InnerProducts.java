package tsugiki.score;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import tsugiki.features.Features;
import tsugiki.graph.Tensors;

/**
 * Inner products of every row of one set of features with every row of another, row by row, so that
 * no caller needs memory for all N × M of them.
 *
 * <p>Blocks of rows run on all cores, each a product of matrices in float64. All blocks have one
 * shape, the last ones filled up with zeros, so that every product is summed in the same order
 * wherever its rows lie: ⟨x, y⟩ and ⟨y, x⟩ are the same number, and ⟨x, x⟩ is {@link
 * #squaredNorms}. Equal images therefore have the distance 0, and not a rounding error.
 */
final class InnerProducts {
  /**
   * Rows of a block on the left. This and {@link #COLUMNS} are multiples of what the kernels of
   * every processor take at a time; what is left over they would sum in another order.
   */
  private static final int ROWS = 192;

  /** Rows of a block on the right. */
  private static final int COLUMNS = 480;

  /** Dimensions of a block; the sums of several are added up in order. */
  private static final int DEPTH = 2048;

  private InnerProducts() {}

  /** Takes one row of products. */
  interface RowVisitor {
    /**
     * Called once for every row, from several threads.
     *
     * @param row the row of the left side
     * @param products its products with all rows of the right side; the array is used by no one
     *     else, and the visitor may write to it. It may be longer than there are rows.
     */
    void visit(int row, double[] products);
  }

  /** Hands the products ⟨left[row], right[0..M)⟩ of every row to the visitor. */
  static void forEachRow(Features left, Features right, RowVisitor visitor) {
    left.requireSameDimensions(right);
    List<TFloat32> blocks = new ArrayList<>();
    try {
      for (int column = 0; column < right.count(); column += COLUMNS) {
        for (int k = 0; k < right.dimensions(); k += DEPTH) {
          blocks.add(block(right, column, COLUMNS, k));
        }
      }
      IntStream.range(0, blocks(left, ROWS))
          .parallel()
          .forEach(block -> visitBlock(left, block * ROWS, blocks, right.count(), visitor));
    } finally {
      blocks.forEach(TFloat32::close);
    }
  }

  /** ⟨x, x⟩ of every row. */
  static double[] squaredNorms(Features features) {
    double[] norms = new double[features.count()];
    IntStream.range(0, blocks(features, ROWS))
        .parallel()
        .forEach(
            block -> {
              int first = block * ROWS;
              for (int k = 0; k < features.dimensions(); k += DEPTH) {
                try (TFloat32 rows = block(features, first, ROWS, k);
                    TFloat32 columns = block(features, first, COLUMNS, k)) {
                  double[] products = MatrixProducts.of(rows, columns);
                  for (int i = 0; i < Math.min(ROWS, norms.length - first); i++) {
                    norms[first + i] += products[i * COLUMNS + i];
                  }
                }
              }
            });
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

  private static void visitBlock(
      Features left, int firstRow, List<TFloat32> right, int columns, RowVisitor visitor) {
    int rows = Math.min(ROWS, left.count() - firstRow);
    int depths = (left.dimensions() + DEPTH - 1) / DEPTH;
    double[][] products = new double[rows][right.size() / depths * COLUMNS];
    for (int depth = 0; depth < depths; depth++) {
      try (TFloat32 block = block(left, firstRow, ROWS, depth * DEPTH)) {
        for (int column = 0; column * COLUMNS < columns; column++) {
          add(MatrixProducts.of(block, right.get(column * depths + depth)), products, column);
        }
      }
    }
    for (int row = 0; row < rows; row++) {
      visitor.visit(firstRow + row, products[row]);
    }
  }

  private static void add(double[] block, double[][] products, int column) {
    for (int row = 0; row < products.length; row++) {
      for (int i = 0; i < COLUMNS; i++) {
        products[row][column * COLUMNS + i] += block[row * COLUMNS + i];
      }
    }
  }

  private static int blocks(Features features, int rows) {
    return (features.count() + rows - 1) / rows;
  }

  /** Some rows over a part of their dimensions, with zeros where there are no more rows. */
  private static TFloat32 block(Features features, int firstRow, int rows, int k) {
    int dimensions = features.dimensions();
    int depth = Math.min(DEPTH, dimensions - k);
    float[] block = new float[rows * depth];
    for (int row = 0; row < Math.min(rows, features.count() - firstRow); row++) {
      int from = Math.multiplyExact(firstRow + row, dimensions) + k;
      System.arraycopy(features.values(), from, block, row * depth, depth);
    }
    return Tensors.floats(Shape.of(rows, depth), block);
  }
}
