package tsugiki.score;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import tsugiki.base.BadInputException;
import tsugiki.features.Features;

/**
 * KMMD: square root of the biased estimate of the squared maximum mean discrepancy (Gretton et al.,
 * JMLR 13, 2012, eq. 5) with a Gaussian kernel, as in the code of Xu et al. ("An empirical study on
 * evaluation metrics of generative adversarial networks", 2018):
 *
 * <p>KMMD = √max(0, mean k(x, x') + mean k(y, y') − 2 mean k(x, y)), the means taken over all
 * pairs, those of an image with itself included, and k(x, y) = exp(−|x − y|²/(2 s σ²)), where s is
 * the mean squared distance over all pairs of real images, again each with itself included, and σ
 * is 1.
 *
 * <p>With several σ the kernel is the sum of theirs. With one σ KMMD is at most √2; the figures
 * around 3 of the adaptive point-wise paper follow an unpublished kernel and cannot be compared.
 */
public final class Kmmd {
  private Kmmd() {}

  /**
   * The figure and what it was made from.
   *
   * @param value KMMD, at least 0
   * @param biasedMmd2 the biased MMD² before the cut at 0 and the root
   * @param scale s, the mean squared real–real distance; 1 where the bandwidth is fixed
   * @param real number of real images
   * @param generated number of generated images
   * @param protocol how it was computed, in words
   */
  public record Result(
      double value, double biasedMmd2, double scale, int real, int generated, String protocol) {}

  /** KMMD with one kernel whose bandwidth comes from the real images, σ = 1. */
  public static Result of(Features real, Features generated) {
    return relative(real, generated, 1);
  }

  /**
   * KMMD with k = Σ_σ exp(−|x − y|²/(2 s σ²)), s being the mean squared real–real distance.
   *
   * @param real [m, d]
   * @param generated [n, d]
   * @param sigmas one or more factors, each above 0
   * @throws BadInputException if the dimensions differ, a factor is not above 0, or the real images
   *     are all the same (a single one, for instance), which leaves no bandwidth
   */
  public static Result relative(Features real, Features generated, double... sigmas) {
    return measure(
        real,
        generated,
        scale(real),
        sigmas,
        "exp(-|x-y|^2/(2 s sigma^2)), s = mean squared real-real distance with the diagonal");
  }

  /**
   * KMMD with k = Σ_σ exp(−|x − y|²/(2 σ²)) and bandwidths given by the caller.
   *
   * @param real [m, d]
   * @param generated [n, d]
   * @param sigmas one or more bandwidths in units of the features, each above 0
   * @throws BadInputException if the dimensions differ or a bandwidth is not above 0
   */
  public static Result fixed(Features real, Features generated, double... sigmas) {
    return measure(real, generated, 1, sigmas, "exp(-|x-y|^2/(2 sigma^2))");
  }

  /**
   * What {@link #of} gives for images that are distributed as the real ones are. It is not 0, since
   * the estimate counts the pairs of an image with itself: the mean of its square is (1 − k̄)(1/m +
   * 1/n), where k̄ is the mean of the kernel over pairs of different images. So a figure is
   * compared with that of its own numbers of images.
   *
   * @param real [m, d], m at least 2
   * @param generated n, the number of the images, at least 1
   * @return the root of that mean
   * @throws BadInputException if the real images are all the same
   * @throws IllegalArgumentException if {@code generated} is below 1
   */
  public static double ofEqual(Features real, int generated) {
    if (generated < 1) {
      throw new IllegalArgumentException(
          "KMMD of " + generated + " generated images is no number; give 1 or more");
    }
    double m = real.count();
    double all = meanOfPairs(real, real, gaussian(scale(real), new double[] {1}));
    double different = (all * m - 1) / (m - 1);
    return Math.sqrt((1 - different) * (1 / m + 1.0 / generated));
  }

  /** The mean squared distance over all pairs, those of an image with itself included. */
  private static double scale(Features real) {
    double scale = meanOfPairs(real, real, squaredDistance -> squaredDistance);
    if (scale == 0) {
      throw new BadInputException(
          "KMMD takes its bandwidth from the distances between real images, and all %d of %s are the same; give at least two different ones, or a fixed bandwidth"
              .formatted(real.count(), real.source()));
    }
    return scale;
  }

  private static Result measure(
      Features real, Features generated, double scale, double[] sigmas, String kernelText) {
    real.requireSameDimensions(generated);
    requirePositive(sigmas);
    Kernel kernel = gaussian(scale, sigmas);
    double mmd2 =
        meanOfPairs(real, real, kernel)
            + meanOfPairs(generated, generated, kernel)
            - 2 * meanOfPairs(real, generated, kernel);
    return new Result(
        Math.sqrt(Math.max(0, mmd2)),
        mmd2,
        scale,
        real.count(),
        generated.count(),
        "square root of the biased MMD^2, kernel %s%s, sigma = %s"
            .formatted(sigmas.length > 1 ? "sum of " : "", kernelText, Arrays.toString(sigmas)));
  }

  /**
   * The interval of {@link #of}.
   *
   * @param real [m, d]
   * @param generated [n, d]
   * @param figure what {@link #of} gave for the two
   * @param bootstrap how the images are drawn
   */
  public static Bootstrap.Interval interval(
      Features real, Features generated, Result figure, Bootstrap bootstrap) {
    return interval(real, generated, figure, new double[] {1}, bootstrap);
  }

  /**
   * The interval of a result with the scale that it has.
   *
   * @param sigmas those of the result
   */
  static Bootstrap.Interval interval(
      Features real, Features generated, Result figure, double[] sigmas, Bootstrap bootstrap) {
    Kernel kernel = gaussian(figure.scale(), sigmas);
    DrawnSums.Kernel rows = (left, right, visitor) -> rows(left, right, kernel, visitor);
    int[][] realWeights = bootstrap.weights(real.count(), true);
    int[][] generatedWeights = bootstrap.weights(generated.count(), false);
    double[] reals = DrawnSums.of(rows, real, real, realWeights, realWeights, true);
    double[] fakes =
        DrawnSums.of(rows, generated, generated, generatedWeights, generatedWeights, true);
    double[] crosses = DrawnSums.of(rows, real, generated, realWeights, generatedWeights, true);
    double m = real.count();
    double n = generated.count();
    double[] drawn = new double[bootstrap.draws()];
    for (int i = 0; i < drawn.length; i++) {
      double mmd2 = reals[i] / (m * m) + fakes[i] / (n * n) - 2 * crosses[i] / (m * n);
      drawn[i] = Math.sqrt(Math.max(0, mmd2));
    }
    return Bootstrap.centred(figure.value(), drawn);
  }

  private static void requirePositive(double[] sigmas) {
    boolean usable = DoubleStream.of(sigmas).allMatch(s -> s > 0 && Double.isFinite(s));
    if (sigmas.length == 0 || !usable) {
      throw new BadInputException(
          "KMMD needs one or more bandwidths above 0, and was given %s; give for instance 1"
              .formatted(Arrays.toString(sigmas)));
    }
  }

  /** A function of the squared distance of two images. */
  private interface Kernel {
    double at(double squaredDistance);
  }

  private static Kernel gaussian(double scale, double[] sigmas) {
    return squaredDistance -> {
      double sum = 0;
      for (double sigma : sigmas) {
        sum += Math.exp(-squaredDistance / (2 * scale * sigma * sigma));
      }
      return sum;
    };
  }

  private static double meanOfPairs(Features left, Features right, Kernel kernel) {
    double[] sums = new double[left.count()];
    rows(
        left,
        right,
        kernel,
        (row, values) -> sums[row] = Arrays.stream(values, 0, right.count()).sum());
    return Arrays.stream(sums).sum() / ((double) left.count() * right.count());
  }

  /** Hands every row of the kernel's values to the visitor. */
  private static void rows(
      Features left, Features right, Kernel kernel, InnerProducts.RowVisitor visitor) {
    InnerProducts.forEachRowOfSquaredDistances(
        left,
        right,
        (row, distances) -> {
          for (int column = 0; column < right.count(); column++) {
            distances[column] = kernel.at(distances[column]);
          }
          visitor.visit(row, distances);
        });
  }
}
