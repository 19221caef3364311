package tsugiki.score;

import java.util.List;
import tsugiki.base.BadInputException;
import tsugiki.features.Features;

/**
 * Squared Fréchet distance of two normal distributions (Dowson and Landau, 1982), which on the
 * pool_3 features of the 2015 Inception network is the FID (Heusel et al., NeurIPS 2017):
 *
 * <p>|μ₁ − μ₂|² + Tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½), with Σ = Σ_i (x_i − μ)(x_i − μ)ᵀ/(N − 1).
 *
 * <p>With Σ₁ = AᵀA and Σ₂ = BᵀB, Tr (Σ₁Σ₂)^½ is the sum of the singular values of ABᵀ, whatever the
 * factors. Where there are fewer images than dimensions, the centred features themselves are the
 * factors: that takes N₁ × N₂ numbers instead of D × D and loses nothing to the singular
 * covariances, so nothing is added to their diagonals. The result is cut at 0.
 */
public final class FrechetDistance {
  private FrechetDistance() {}

  /**
   * The distance, its parts, and what it was made from.
   *
   * @param value the squared distance, at least 0
   * @param meanTerm |μ₁ − μ₂|²
   * @param covarianceTerm Tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½)
   * @param real number of real images; 0 where that is not known
   * @param generated number of generated images; 0 where that is not known
   * @param protocol how it was computed, in words
   */
  public record Result(
      double value,
      double meanTerm,
      double covarianceTerm,
      long real,
      long generated,
      String protocol) {}

  /**
   * The distance of two sets of features, on the cheaper of the two paths.
   *
   * @param real [N₁, D], N₁ ≥ 2
   * @param generated [N₂, D], N₂ ≥ 2
   * @throws BadInputException if a side has a single image, or the dimensions differ
   */
  public static Result between(Features real, Features generated) {
    real.requireSameDimensions(generated);
    real.requireCount(2, "FID");
    generated.requireCount(2, "FID");
    long pairs = (long) real.count() * generated.count();
    boolean fewImages = pairs < (long) real.dimensions() * real.dimensions();
    return fewImages
        ? fromImages(real, generated)
        : between(GaussianStatistics.of(real), GaussianStatistics.of(generated));
  }

  /**
   * The distance of two normal distributions. For D = 2,048 it takes about 4 s of processor time.
   *
   * @throws BadInputException if the dimensions differ, or a covariance has a negative eigenvalue
   */
  public static Result between(GaussianStatistics real, GaussianStatistics generated) {
    List<Part> parts = List.of(real, generated).parallelStream().map(Part::of).toList();
    return between(parts.get(0), parts.get(1));
  }

  /**
   * The distance of images from a normal distribution, such as one out of a file of reference
   * statistics.
   *
   * @param images [N, D], N ≥ 2
   * @throws BadInputException if there is a single image, the dimensions differ, or the covariance
   *     has a negative eigenvalue
   */
  public static Result between(Features images, GaussianStatistics reference) {
    images.requireCount(2, "FID", "images");
    boolean fewImages = images.count() < images.dimensions();
    Part ofImages = fewImages ? Part.ofFew(images) : Part.of(GaussianStatistics.of(images));
    return between(ofImages, Part.of(reference));
  }

  /** The interval of {@link #between(Features, Features)}, whose work it does once per draw. */
  static Bootstrap.Interval interval(
      Features real, Features generated, Result figure, Bootstrap bootstrap) {
    int[][] realRows = bootstrap.rows(real.count(), true);
    int[][] generatedRows = bootstrap.rows(generated.count(), false);
    double[] drawn = new double[bootstrap.draws()];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = between(real.select(realRows[i]), generated.select(generatedRows[i])).value();
    }
    return Bootstrap.centred(figure.value(), drawn);
  }

  /** The path of few images: the factors are the centred features over √(N − 1). */
  static Result fromImages(Features real, Features generated) {
    return between(Part.ofFew(real), Part.ofFew(generated));
  }

  /** What the distance needs of a side; the factor is the dear part. */
  private record Part(
      String source, long count, double[] mean, double trace, CovarianceFactor factor) {
    static Part of(GaussianStatistics statistics) {
      return new Part(
          statistics.source(),
          statistics.count(),
          statistics.mean(),
          statistics.trace(),
          CovarianceFactor.of(statistics));
    }

    static Part ofFew(Features images) {
      double[] mean = Centering.mean(images, 0, images.count());
      CovarianceFactor factor = CovarianceFactor.of(images, mean);
      return new Part(images.source(), images.count(), mean, factor.trace(), factor);
    }
  }

  private static Result between(Part real, Part generated) {
    Features.requireSameDimensions(
        real.source(), real.mean().length, generated.source(), generated.mean().length);
    double root = real.factor().traceOfRoot(generated.factor());
    double meanTerm = squaredDistance(real.mean(), generated.mean());
    double covarianceTerm = real.trace() + generated.trace() - 2 * root;
    return new Result(
        Math.max(0, meanTerm + covarianceTerm),
        meanTerm,
        covarianceTerm,
        real.count(),
        generated.count(),
        "|mu1 - mu2|^2 + Tr(S1 + S2 - 2 (S1 S2)^(1/2)), covariances with N - 1, %d dimensions"
            .formatted(real.mean().length));
  }

  private static double squaredDistance(double[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += (left[i] - right[i]) * (left[i] - right[i]);
    }
    return sum;
  }
}
