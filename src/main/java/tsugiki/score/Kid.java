package tsugiki.score;

import java.util.Arrays;
import java.util.Random;
import tsugiki.base.BadInputException;
import tsugiki.features.Features;

/**
 * Kernel Inception Distance (Bińkowski et al., "Demystifying MMD GANs", ICLR 2018): the unbiased
 * estimate of the squared maximum mean discrepancy with the kernel k(x, y) = (⟨x, y⟩/d + 1)³, d
 * being the number of dimensions:
 *
 * <p>MMD² = Σ_{i≠j} k(x_i, x_j)/(m(m−1)) + Σ_{i≠j} k(y_i, y_j)/(n(n−1)) − 2 Σ_{i,j} k(x_i,
 * y_j)/(mn).
 *
 * <p>Being unbiased, it may come out below zero. The name KID is for the pool_3 features of the
 * 2015 Inception network; features of other networks give another figure.
 */
public final class Kid {
  private Kid() {}

  /**
   * KID of all samples.
   *
   * @param value the unbiased MMD²
   * @param real number of real images
   * @param generated number of generated images
   * @param protocol how it was computed, in words
   */
  public record Result(double value, int real, int generated, String protocol) {}

  /**
   * KID over subsets.
   *
   * @param mean mean of the subsets' unbiased MMD²
   * @param deviation their population standard deviation
   * @param subsets number of subsets
   * @param size images of either side in a subset
   * @param seed what the subsets were drawn with
   * @param real number of real images to draw from
   * @param generated number of generated images to draw from
   * @param protocol how it was computed, in words
   */
  public record SubsetResult(
      double mean,
      double deviation,
      int subsets,
      int size,
      long seed,
      int real,
      int generated,
      String protocol) {}

  /**
   * KID of all samples at once.
   *
   * @param real [m, d], m ≥ 2
   * @param generated [n, d], n ≥ 2
   * @throws BadInputException if a side has a single image, or the dimensions differ
   */
  public static Result allSamples(Features real, Features generated) {
    return new Result(
        unbiasedMmd2(real, generated),
        real.count(),
        generated.count(),
        "unbiased MMD^2, kernel (x.y/d + 1)^3, d = %d, all samples".formatted(real.dimensions()));
  }

  /**
   * Mean and deviation of KID over random subsets, each drawn without replacement from either side
   * (real first), as the authors and torch-fidelity do; their usual choice is 100 subsets of 1,000.
   *
   * @param real [m, d]
   * @param generated [n, d]
   * @param subsets how many, at least 1
   * @param size images of either side in a subset, from 2 to min(m, n)
   * @param seed the same seed draws the same subsets
   * @throws BadInputException if a number is out of its range, or the dimensions differ
   */
  public static SubsetResult subsets(
      Features real, Features generated, int subsets, int size, long seed) {
    int most = Math.min(real.count(), generated.count());
    if (subsets < 1 || size < 2 || size > most) {
      throw new BadInputException(
          "KID over %d subsets of %d images cannot be had from %d real and %d generated images; take at least 1 subset of 2 to %d images, or all samples"
              .formatted(subsets, size, real.count(), generated.count(), most));
    }
    Random random = new Random(seed);
    double[] values = new double[subsets];
    for (int i = 0; i < subsets; i++) {
      Features realPart = real.select(Draws.withoutReplacement(real.count(), size, random));
      Features fakePart =
          generated.select(Draws.withoutReplacement(generated.count(), size, random));
      values[i] = unbiasedMmd2(realPart, fakePart);
    }
    MeanDeviation figure = MeanDeviation.of(values);
    return new SubsetResult(
        figure.mean(),
        figure.deviation(),
        subsets,
        size,
        seed,
        real.count(),
        generated.count(),
        "unbiased MMD^2, kernel (x.y/d + 1)^3, d = %d, %d subsets of %d without replacement, seed %d, mean and population deviation"
            .formatted(real.dimensions(), subsets, size, seed));
  }

  private static double unbiasedMmd2(Features real, Features generated) {
    real.requireSameDimensions(generated);
    real.requireCount(2, "KID");
    generated.requireCount(2, "KID");
    double m = real.count();
    double n = generated.count();
    return sumWithoutDiagonal(real) / (m * (m - 1))
        + sumWithoutDiagonal(generated) / (n * (n - 1))
        - 2 * sum(real, generated) / (m * n);
  }

  /**
   * The interval of {@link #allSamples}. Pairs of an image with its own copy in a draw are left
   * out, as pairs of an image with itself always are.
   *
   * @param real [m, d], m ≥ 2
   * @param generated [n, d], n ≥ 2
   * @param bootstrap how the images are drawn
   */
  public static Bootstrap.Interval interval(
      Features real, Features generated, Bootstrap bootstrap) {
    int[][] realWeights = bootstrap.weights(real.count(), true);
    int[][] generatedWeights = bootstrap.weights(generated.count(), false);
    double[] reals = DrawnSums.of(Kid::rows, real, real, realWeights, realWeights, false);
    double[] fakes =
        DrawnSums.of(Kid::rows, generated, generated, generatedWeights, generatedWeights, false);
    double[] crosses =
        DrawnSums.of(Kid::rows, real, generated, realWeights, generatedWeights, true);
    double pairs = (double) real.count() * generated.count();
    double[] drawn = new double[bootstrap.draws()];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] =
          reals[i] / differentPairs(realWeights[i])
              + fakes[i] / differentPairs(generatedWeights[i])
              - 2 * crosses[i] / pairs;
    }
    return Bootstrap.percentiles(drawn);
  }

  /** Ordered pairs of drawn images that are not the same image; at least 1, should all be one. */
  private static double differentPairs(int[] weights) {
    double count = 0;
    double same = 0;
    for (int weight : weights) {
      count += weight;
      same += (double) weight * weight;
    }
    return Math.max(1, count * count - same);
  }

  private static double sum(Features left, Features right) {
    double[] rows = new double[left.count()];
    rows(left, right, (row, kernel) -> rows[row] = sum(kernel, 0, right.count()));
    return Arrays.stream(rows).sum();
  }

  private static double sumWithoutDiagonal(Features features) {
    double[] rows = new double[features.count()];
    rows(
        features,
        features,
        (row, kernel) -> rows[row] = sum(kernel, 0, row) + sum(kernel, row + 1, features.count()));
    return Arrays.stream(rows).sum();
  }

  /** Hands every row of the kernel's values to the visitor. */
  private static void rows(Features left, Features right, InnerProducts.RowVisitor visitor) {
    int dimensions = left.dimensions();
    InnerProducts.forEachRow(
        left,
        right,
        (row, products) -> {
          for (int column = 0; column < right.count(); column++) {
            double base = products[column] / dimensions + 1;
            products[column] = base * base * base;
          }
          visitor.visit(row, products);
        });
  }

  private static double sum(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum;
  }
}
