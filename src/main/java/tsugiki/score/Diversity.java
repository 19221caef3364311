package tsugiki.score;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tsugiki.features.Features;

/**
 * How varied images are, by two measures that fall to nothing when a generator draws the same image
 * whatever it is given. The variance alone hardly falls when it draws a few images again and again,
 * one per class, say; the spacing does.
 */
public final class Diversity {
  /** The name of {@link #ratio} among metrics. */
  public static final String VARIANCE = "diversity";

  /** The name of {@link #spacing} among metrics. */
  public static final String SPACING = "spacing";

  /** The name of {@link #pairwise} among metrics. */
  public static final String PAIRWISE = "pairwise";

  private Diversity() {}

  /**
   * Both measures by their names.
   *
   * @param real [n, d], n ≥ 2
   * @param generated [n, d]
   * @throws tsugiki.base.BadInputException if a side has a single image, or the dimensions differ
   */
  public static Map<String, Double> of(Features real, Features generated) {
    Map<String, Double> measures = new LinkedHashMap<>();
    measures.put(VARIANCE, ratio(real, generated));
    measures.put(SPACING, spacing(real, generated));
    return measures;
  }

  /**
   * The variety of generated images over that of real ones, tr Σ(generated) / tr Σ(real).
   *
   * @param real [m, d], m ≥ 2
   * @param generated [n, d], n ≥ 2
   * @return 1 for as varied ones, 0 where all generated images are alike
   * @throws tsugiki.base.BadInputException if a side has a single image, or the dimensions differ
   */
  public static double ratio(Features real, Features generated) {
    real.requireSameDimensions(generated);
    real.requireCount(2, "diversity");
    generated.requireCount(2, "diversity");
    return variance(generated) / variance(real);
  }

  /**
   * How far generated images are from one another over how far real ones are: the mean distance to
   * the nearest other image. It depends on the number of images, which therefore has to be the
   * same.
   *
   * @param real [n, d], n ≥ 2
   * @param generated [n, d]
   * @return 1 for as different ones, 0 where every generated image has a double
   * @throws tsugiki.base.BadInputException if a side has a single image, or the dimensions differ
   */
  public static double spacing(Features real, Features generated) {
    real.requireSameDimensions(generated);
    real.requireCount(2, "diversity");
    if (real.count() != generated.count()) {
      throw new IllegalArgumentException(
          "%d generated and %d real images".formatted(generated.count(), real.count()));
    }
    return nearest(generated) / nearest(real);
  }

  /**
   * The mean distance of two generated images over that of two real ones.
   *
   * @param real [m, d], m ≥ 2
   * @param generated [n, d], n ≥ 2
   * @return 1 for as different ones, 0 where all generated images are alike
   * @throws tsugiki.base.BadInputException if a side has a single image, or the dimensions differ
   */
  public static double pairwise(Features real, Features generated) {
    real.requireSameDimensions(generated);
    real.requireCount(2, PAIRWISE);
    generated.requireCount(2, PAIRWISE);
    return meanDistance(generated) / meanDistance(real);
  }

  private static double meanDistance(Features features) {
    int n = features.count();
    double[] sums = new double[n];
    InnerProducts.forEachRowOfSquaredDistances(
        features,
        features,
        (row, distances) -> sums[row] = Arrays.stream(distances, row + 1, n).map(Math::sqrt).sum());
    // In the rows' order, so that threads do not change the rounding.
    return Arrays.stream(sums).sum() / (n * (n - 1.0) / 2);
  }

  private static double nearest(Features features) {
    return Arrays.stream(Neighbours.squaredRadii(features, 1))
        .map(Math::sqrt)
        .average()
        .orElseThrow();
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
