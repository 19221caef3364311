package tsugiki.score;

import java.util.Arrays;

/** Means and variances of many entries over parts of a sample (Chan, Golub and LeVeque 1983). */
public final class RunningMoments {
  private final double[] means;
  private final double[] squares;
  private long count;

  /** Begins with an empty sample. */
  public RunningMoments(int entries) {
    means = new double[entries];
    squares = new double[entries];
  }

  /**
   * Adds a part.
   *
   * @param n its size, at least 1
   * @param partMeans its means by entry
   * @param partVariances its variances by entry, over n
   */
  public void add(int n, float[] partMeans, float[] partVariances) {
    long total = count + n;
    for (int i = 0; i < means.length; i++) {
      double gap = partMeans[i] - means[i];
      squares[i] += (double) partVariances[i] * n + gap * gap * count * n / total;
      means[i] += gap * n / total;
    }
    count = total;
  }

  /** The mean over the entries of their standard deviations over the whole sample. */
  public double meanDeviation() {
    return Arrays.stream(squares).map(sum -> Math.sqrt(sum / count)).average().orElse(0);
  }
}
