package tsugiki.score;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tsugiki.base.BadInputException;
import tsugiki.features.Features;

/**
 * Mean and covariance of features, as files of reference statistics hold them ({@code mu} and
 * {@code sigma}).
 */
public final class GaussianStatistics {
  private final String source;
  private final long count;
  private final double[] mean;
  private final double[] covariance;

  private GaussianStatistics(String source, long count, double[] mean, double[] covariance) {
    this.source = source;
    this.count = count;
    this.mean = mean;
    this.covariance = covariance;
  }

  /**
   * Copies and checks given statistics.
   *
   * @param source the file they come from, as errors shall name it
   * @param count number of images behind them; 0 where that is not known
   * @param mean [D]
   * @param covariance [D, D] in row-major order, symmetric, made with the divisor N − 1
   * @throws BadInputException if the covariance is no symmetric D × D matrix, or a number is not
   *     finite
   */
  public static GaussianStatistics of(
      String source, long count, double[] mean, double[] covariance) {
    if (mean.length == 0 || covariance.length != (long) mean.length * mean.length) {
      throw new BadInputException(
          "%s has a mean of %d and a covariance of %d numbers; give [D] and [D, D]"
              .formatted(source, mean.length, covariance.length));
    }
    if (!allFinite(mean) || !allFinite(covariance)) {
      throw new BadInputException(
          source + " holds a number that is not finite; compute the statistics again");
    }
    requireSymmetry(source, covariance, mean.length);
    return new GaussianStatistics(source, count, mean.clone(), covariance.clone());
  }

  /**
   * Statistics of features.
   *
   * @throws BadInputException if there are fewer than two images
   */
  public static GaussianStatistics of(Features features) {
    features.requireCount(2, "A covariance");
    return new MomentSums(features.dimensions()).add(features).statistics(features.source());
  }

  private static boolean allFinite(double[] values) {
    return DoubleStream.of(values).allMatch(Double::isFinite);
  }

  private static void requireSymmetry(String source, double[] matrix, int size) {
    double largest = 0;
    for (int i = 0; i < size; i++) {
      largest = Math.max(largest, Math.abs(matrix[i * size + i]));
    }
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        if (Math.abs(matrix[i * size + j] - matrix[j * size + i]) > 1e-6 * largest) {
          throw new BadInputException(
              "%s has a covariance that is not symmetric at [%d, %d]; compute the statistics again"
                  .formatted(source, i, j));
        }
      }
    }
  }

  /** Where the statistics come from, as errors name it. */
  public String source() {
    return source;
  }

  /** Number of images behind them; 0 where that is not known. */
  public long count() {
    return count;
  }

  /** D. */
  public int dimensions() {
    return mean.length;
  }

  /** A copy of the mean, [D]. */
  public double[] mean() {
    return mean.clone();
  }

  /** A copy of the covariance, [D, D] in row-major order. */
  public double[] covariance() {
    return covariance.clone();
  }

  /** The sum of the variances. */
  double trace() {
    return IntStream.range(0, mean.length).mapToDouble(i -> covariance[i * mean.length + i]).sum();
  }
}
