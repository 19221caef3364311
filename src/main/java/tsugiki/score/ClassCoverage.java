package tsugiki.score;

import java.util.Arrays;
import tsugiki.features.Features;

/**
 * Which classes images are of and how evenly, by a classifier: the measures of mode collapse of
 * data whose classes are its modes (Metz et al., "Unrolled Generative Adversarial Networks", ICLR
 * 2017, and Srivastava et al., "VEEGAN", NeurIPS 2017, on digits). An image counts for its
 * likeliest class, whether it looks like one or not, and a classifier that errs finds a class that
 * is not there; {@code rarest} shows by how many images.
 *
 * @param covered the number of classes with one image or more
 * @param rarest the share of the images that are of the rarest class; 1 / C where all are as many
 * @param divergence KL(p ‖ uniform) = log C + Σ p log p of the classes' shares p, in nats: 0 where
 *     all classes are as many, log C where all images are of one
 */
public record ClassCoverage(int covered, double rarest, double divergence) {
  /**
   * The coverage of images.
   *
   * @param probabilities [N, C], a row's largest is the image's class; the first of equal ones
   */
  public static ClassCoverage of(Features probabilities) {
    return ofShares(shares(probabilities));
  }

  /**
   * The coverage of classes with these shares.
   *
   * @param shares [C], not negative, with the sum 1
   */
  static ClassCoverage ofShares(double[] shares) {
    double divergence =
        Arrays.stream(shares).filter(p -> p > 0).map(p -> p * Math.log(p * shares.length)).sum();
    return new ClassCoverage(
        (int) Arrays.stream(shares).filter(p -> p > 0).count(),
        Arrays.stream(shares).min().orElseThrow(),
        // Rounding may leave less than nothing.
        Math.max(0, divergence));
  }

  /**
   * How often each class is the likeliest.
   *
   * @param probabilities [N, C]
   * @return [C], with the sum 1
   */
  public static double[] shares(Features probabilities) {
    int[] counts = new int[probabilities.dimensions()];
    for (int i = 0; i < probabilities.count(); i++) {
      int best = 0;
      for (int c = 1; c < counts.length; c++) {
        best = probabilities.get(i, c) > probabilities.get(i, best) ? c : best;
      }
      counts[best]++;
    }
    return Arrays.stream(counts).mapToDouble(n -> (double) n / probabilities.count()).toArray();
  }
}
