package tsugiki.augmentation;

import java.util.Arrays;

/**
 * Spearman's rank correlation: the correlation of the ranks, equal values sharing their mean rank.
 */
final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * The correlation of two orders of the same things.
   *
   * @param a one value per thing, two or more
   * @param b the same number
   * @return from −1 to 1; NaN where all values of one side are equal
   */
  static double of(double[] a, double[] b) {
    if (a.length != b.length || a.length < 2) {
      throw new IllegalArgumentException(a.length + " and " + b.length + " values");
    }
    double[] first = ranks(a);
    double[] second = ranks(b);
    double mean = (a.length + 1) / 2.0;
    double product = 0;
    double squares = 0;
    double others = 0;
    for (int i = 0; i < a.length; i++) {
      product += (first[i] - mean) * (second[i] - mean);
      squares += (first[i] - mean) * (first[i] - mean);
      others += (second[i] - mean) * (second[i] - mean);
    }
    return squares == 0 || others == 0 ? Double.NaN : product / Math.sqrt(squares * others);
  }

  /**
   * The ranks of values, 1 for the smallest.
   *
   * @return [N]; equal values have the mean of their ranks
   */
  static double[] ranks(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] ranks = new double[values.length];
    for (int i = 0; i < ranks.length; i++) {
      int below = 0;
      int equal = 0;
      for (double other : sorted) {
        below += other < values[i] ? 1 : 0;
        equal += other == values[i] ? 1 : 0;
      }
      ranks[i] = below + (equal + 1) / 2.0;
    }
    return ranks;
  }
}
