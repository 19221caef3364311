package tsugiki.score;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import tsugiki.features.Features;

/**
 * Doubles among images, counted for the birthday paradox test of Arora and Zhang ("Do GANs actually
 * learn the distribution? An empirical study", arXiv 1706.08224): if a generator draws one of N
 * different images, a batch of about √N has a double as likely as not. They show the {@value
 * #SHOWN} nearest pairs of a batch to a person, who says which are doubles. Here a pair is a double
 * if it is at most as far apart as the {@value #SHOWN} nearest pairs of as many real images, so
 * that real images have {@value #SHOWN} pairs by definition, and a generator that draws few images
 * again and again has thousands.
 *
 * @param threshold the distance up to which a pair is a double, Euclidean
 * @param images how many the threshold was taken from, and how many are counted
 */
public record NearPairs(double threshold, int images) {
  /** Pairs of real images that are doubles by definition, as many as the authors inspect. */
  public static final int SHOWN = 20;

  /**
   * Takes the threshold from real images.
   *
   * @param real [n, d], n ≥ 7, which have {@value #SHOWN} pairs
   * @throws tsugiki.base.BadInputException if there are fewer
   */
  public static NearPairs of(Features real) {
    real.requireCount(7, "The count of near pairs", "real images");
    double[][] nearest = new double[real.count()][];
    InnerProducts.forEachRowOfSquaredDistances(
        real,
        real,
        (row, distances) ->
            nearest[row] =
                Arrays.stream(distances, row + 1, real.count()).sorted().limit(SHOWN).toArray());
    double[] all = Arrays.stream(nearest).flatMapToDouble(Arrays::stream).sorted().toArray();
    return new NearPairs(Math.sqrt(all[SHOWN - 1]), real.count());
  }

  /**
   * The number of pairs that are doubles.
   *
   * @param generated [{@link #images}, d]
   * @return 0 to n(n − 1)/2
   */
  public int count(Features generated) {
    if (generated.count() != images) {
      throw new IllegalArgumentException(
          "%d generated and %d real images".formatted(generated.count(), images));
    }
    AtomicInteger pairs = new AtomicInteger();
    double most = threshold * threshold;
    InnerProducts.forEachRowOfSquaredDistances(
        generated,
        generated,
        (row, distances) ->
            pairs.addAndGet(
                (int) Arrays.stream(distances, row + 1, images).filter(d -> d <= most).count()));
    return pairs.get();
  }

  /**
   * The batch that has a double as likely as not, √(2 ln 2 / p) with p the share of all pairs that
   * are doubles: for small p, 1 − (1 − p)^(s(s − 1)/2) is then about one half.
   *
   * @param pairs that are doubles, as {@link #count} gives them
   * @return images; infinite without a double
   */
  public double batch(int pairs) {
    double all = images * (images - 1.0) / 2;
    return Math.sqrt(2 * Math.log(2) * all / pairs);
  }
}
