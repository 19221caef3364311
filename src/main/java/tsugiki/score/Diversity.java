package tsugiki.score;

/**
 * How varied images are: the sum of their features' variances, which falls to nothing when a
 * generator draws the same image whatever it is given.
 */
public final class Diversity {
  private Diversity() {}

  /**
   * The variety of generated images over that of real ones, tr Σ(generated) / tr Σ(real).
   *
   * @param real [m, d], m ≥ 2
   * @param generated [n, d], n ≥ 2
   * @return 1 for as varied ones, 0 where all generated images are alike
   * @throws tsugiki.BadInputException if a side has a single image, or the dimensions differ
   */
  public static double ratio(Features real, Features generated) {
    real.requireSameDimensions(generated);
    real.requireCount(2, "diversity");
    generated.requireCount(2, "diversity");
    return variance(generated) / variance(real);
  }

  private static double variance(Features features) {
    double sum = 0;
    for (int d = 0; d < features.dimensions(); d++) {
      double[] column = new double[features.count()];
      for (int i = 0; i < column.length; i++) {
        column[i] = features.get(i, d);
      }
      double deviation = MeanDeviation.of(column).deviation();
      sum += deviation * deviation;
    }
    return sum;
  }
}
