package tsugiki.study;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean and its 95 % confidence interval by Student's t: mean ± t(0.975, n − 1) · s / √n, s² being
 * the sample's variance (divisor n − 1).
 *
 * @param mean of the values
 * @param margin half the width of the interval; NaN for one value
 * @param count n, at least 1
 */
public record MeanInterval(double mean, double margin, int count) {
  private static final double QUANTILE = 0.975;

  /**
   * The interval of values that are drawn from one normal distribution.
   *
   * @param values one or more
   */
  public static MeanInterval of(double... values) {
    int n = values.length;
    double mean = Arrays.stream(values).average().orElseThrow();
    if (n == 1) {
      return new MeanInterval(mean, Double.NaN, 1);
    }
    double t = TDistribution.of(n - 1).inverseCumulativeProbability(QUANTILE);
    return new MeanInterval(mean, t * deviation(values) / Math.sqrt(n), n);
  }

  /**
   * The sample's standard deviation s.
   *
   * @param values two or more
   */
  static double deviation(double... values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }

  /** The lower end. */
  public double low() {
    return mean - margin;
  }

  /** The upper end. */
  public double high() {
    return mean + margin;
  }
}
