package tsugiki.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How often each class comes: shares that are 0 or more and sum to 1. Immutable. */
public final class ClassShares {
  /** Shares may miss 1 by this much. */
  private static final double TOLERANCE = 1e-3;

  private final double[] shares;

  private ClassShares(double[] shares) {
    double sum = Arrays.stream(shares).sum();
    if (!(Math.abs(sum - 1) <= TOLERANCE) || !Arrays.stream(shares).allMatch(s -> s >= 0)) {
      throw new IllegalArgumentException(
          "the shares of the classes sum to %s, and each has to be 0 or more".formatted(sum));
    }
    this.shares = shares;
  }

  /**
   * Shares that are known.
   *
   * @param shares [C]
   * @throws IllegalArgumentException if one is negative, or their sum is not 1
   */
  public static ClassShares of(double... shares) {
    return new ClassShares(shares.clone());
  }

  /** Every class alike. */
  public static ClassShares uniform(int classes) {
    double[] shares = new double[classes];
    Arrays.fill(shares, 1.0 / classes);
    return new ClassShares(shares);
  }

  /** As often as labels name them. */
  public static ClassShares ofLabels(int[] labels, int classes) {
    double[] shares = new double[classes];
    Arrays.stream(labels).forEach(c -> shares[c] += 1.0 / labels.length);
    return new ClassShares(shares);
  }

  /** The number of classes. */
  public int classes() {
    return shares.length;
  }

  /** A copy [C]. */
  public double[] toArray() {
    return shares.clone();
  }

  /**
   * The share of each class by its name.
   *
   * @param names [C], in the order of the classes
   */
  public Map<String, Double> byName(List<String> names) {
    Map<String, Double> byName = new LinkedHashMap<>();
    for (int c = 0; c < shares.length; c++) {
      byName.put(names.get(c), shares[c]);
    }
    return byName;
  }

  /** Whether every class comes alike. */
  public boolean isUniform() {
    return Arrays.stream(shares).allMatch(share -> share == 1.0 / shares.length);
  }

  /**
   * Labels that follow the shares as closely as so many can, mixed as evenly as possible: at every
   * place the class that is furthest behind its share.
   *
   * @return [count]
   */
  public long[] spread(int count) {
    int[] given = new int[shares.length];
    long[] spread = new long[count];
    for (int i = 0; i < count; i++) {
      int most = 0;
      for (int c = 1; c < shares.length; c++) {
        if (shares[c] * (i + 1) - given[c] > shares[most] * (i + 1) - given[most]) {
          most = c;
        }
      }
      given[most]++;
      spread[i] = most;
    }
    return spread;
  }
}
