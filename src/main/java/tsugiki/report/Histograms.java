package tsugiki.report;

import java.util.Arrays;
import org.tensorflow.proto.HistogramProto;

/**
 * Histograms as TensorFlow's summaries hold them: bucket limits grow by a factor of 1.1 from 1e-12
 * to 1e20 on both sides of zero, so that weights and gradients of any magnitude fall into buckets
 * ten per cent wide.
 */
final class Histograms {
  private static final double SMALLEST = 1e-12;
  private static final double LARGEST = 1e20;
  private static final double GROWTH = 1.1;
  private static final double[] LIMITS = limits();

  private Histograms() {}

  /**
   * Counts values into buckets. Bucket i holds values from limit i−1 (included) to limit i
   * (excluded). Of a run of empty buckets only the last is kept.
   *
   * @param values finite numbers, possibly none
   * @return the histogram, with the values' minimum, maximum, number, sum and sum of squares
   * @throws IllegalArgumentException when a value is infinite or not a number
   */
  static HistogramProto of(float[] values) {
    double[] counts = new double[LIMITS.length];
    double sum = 0;
    double sumSquares = 0;
    double min = Double.MAX_VALUE;
    double max = -Double.MAX_VALUE;
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("value " + i + " of a histogram is " + value);
      }
      counts[bucket(value)]++;
      sum += value;
      sumSquares += value * value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    HistogramProto.Builder histogram =
        HistogramProto.newBuilder()
            .setNum(values.length)
            .setSum(sum)
            .setSumSquares(sumSquares)
            .setMin(min)
            .setMax(max);
    addBuckets(histogram, counts);
    return histogram.build();
  }

  private static void addBuckets(HistogramProto.Builder histogram, double[] counts) {
    for (int i = 0; i < counts.length; i++) {
      boolean insideEmptyRun = counts[i] == 0 && i + 1 < counts.length && counts[i + 1] == 0;
      if (!insideEmptyRun) {
        histogram.addBucketLimit(LIMITS[i]).addBucket(counts[i]);
      }
    }
  }

  private static int bucket(double value) {
    // Adding 0.0 turns −0.0, which binary search would put below zero's own limit, into 0.0.
    int found = Arrays.binarySearch(LIMITS, value + 0.0);
    return found >= 0 ? found + 1 : -found - 1;
  }

  private static double[] limits() {
    // Repeated multiplication, not powers: TensorFlow's own limits carry the same rounding.
    double[] positive = new double[1000];
    int n = 0;
    for (double limit = SMALLEST; limit < LARGEST; limit *= GROWTH) {
      positive[n++] = limit;
    }
    positive[n++] = Double.MAX_VALUE;
    double[] limits = new double[2 * n + 1];
    for (int i = 0; i < n; i++) {
      limits[n - 1 - i] = -positive[i];
      limits[n + 1 + i] = positive[i];
    }
    return limits;
  }
}
