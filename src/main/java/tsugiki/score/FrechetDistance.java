package tsugiki.score;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ojalgo.matrix.decomposition.Cholesky;
import org.ojalgo.matrix.decomposition.Eigenvalue;
import org.ojalgo.matrix.decomposition.SingularValue;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;
import tsugiki.BadInputException;

/**
 * Squared Fréchet distance of two normal distributions (Dowson and Landau, 1982), which on the
 * pool_3 features of the 2015 Inception network is the FID (Heusel et al., NeurIPS 2017):
 *
 * <p>|μ₁ − μ₂|² + Tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½), with Σ = Σ_i (x_i − μ)(x_i − μ)ᵀ/(N − 1).
 *
 * <p>With Σ₁ = AAᵀ and Σ₂ = BBᵀ, Tr (Σ₁Σ₂)^½ is the sum of the singular values of AᵀB, whatever the
 * factors. Where there are fewer images than dimensions, the centred features themselves are the
 * factors: that takes N₁ × N₂ numbers instead of D × D and loses nothing to the singular
 * covariances, so nothing is added to their diagonals. The result is cut at 0.
 */
public final class FrechetDistance {
  /** The share of the largest eigenvalue up to which a negative one is float32's rounding. */
  private static final double NEGLIGIBLE = 1e-4;

  private FrechetDistance() {}

  /**
   * The distance, its parts, and what it was made from.
   *
   * @param value the squared distance, at least 0
   * @param meanTerm |μ₁ − μ₂|²
   * @param covarianceTerm Tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½)
   * @param real number of real images; 0 where that is not known
   * @param generated number of generated images; 0 where that is not known
   * @param protocol how it was reckoned, in words
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
   * The distance of two normal distributions. For D = 2,048 it takes about 9 s of processor time,
   * and more where a covariance is singular, whose eigenvectors are then needed.
   *
   * @throws BadInputException if the dimensions differ, or a covariance has a negative eigenvalue
   */
  public static Result between(GaussianStatistics real, GaussianStatistics generated) {
    requireSameDimensions(real, generated);
    List<MatrixStore<Double>> factors =
        List.of(real, generated).parallelStream().map(FrechetDistance::factor).toList();
    double root = traceOfRoot(factors.get(0), factors.get(1));
    double traces = real.trace() + generated.trace();
    return result(
        squaredDistance(real.mean(), generated.mean()),
        traces - 2 * root,
        real.count(),
        generated.count(),
        real.dimensions());
  }

  /** The path of few images: the factors are the centred features over √(N − 1). */
  static Result fromImages(Features real, Features generated) {
    double[] realMean = Centering.mean(real, 0, real.count());
    double[] generatedMean = Centering.mean(generated, 0, generated.count());
    R064Store realFactor = imageFactor(real, realMean);
    R064Store generatedFactor = imageFactor(generated, generatedMean);
    double root = traceOfRoot(realFactor, generatedFactor);
    double traces =
        sumOfSquares(realFactor.toRawCopy1D()) + sumOfSquares(generatedFactor.toRawCopy1D());
    return result(
        squaredDistance(realMean, generatedMean),
        traces - 2 * root,
        real.count(),
        generated.count(),
        real.dimensions());
  }

  /** [D, N]; in ojAlgo's column order that is the layout of the features. */
  private static R064Store imageFactor(Features features, double[] mean) {
    double[] centred = Centering.centred(features, 0, features.count(), mean);
    double divisor = Math.sqrt(features.count() - 1.0);
    for (int i = 0; i < centred.length; i++) {
      centred[i] /= divisor;
    }
    return R064Store.wrap(centred, features.dimensions());
  }

  /** A with AAᵀ = Σ: Cholesky's where Σ is positive definite, else from its eigenvectors. */
  private static MatrixStore<Double> factor(GaussianStatistics statistics) {
    int size = statistics.dimensions();
    R064Store matrix = R064Store.wrap(statistics.covariance(), size);
    Cholesky<Double> cholesky = Cholesky.R064.make(size, size);
    return cholesky.decompose(matrix) && cholesky.isSPD()
        ? cholesky.getL()
        : eigenFactor(matrix, statistics.source());
  }

  /** The columns of V √Λ whose eigenvalues are more than rounding. */
  private static MatrixStore<Double> eigenFactor(R064Store matrix, String source) {
    Eigenvalue<Double> eigen = Eigenvalue.R064.make(matrix, true);
    eigen.decompose(matrix);
    double[] values = diagonal(eigen.getD());
    double largest = DoubleStream.of(values).map(Math::abs).max().orElseThrow();
    double smallest = DoubleStream.of(values).min().orElseThrow();
    if (smallest < -NEGLIGIBLE * largest) {
      throw new BadInputException(
          "%s has a covariance with the negative eigenvalue %s; compute the statistics again"
              .formatted(source, smallest));
    }
    double rounding = values.length * Math.ulp(largest);
    int[] kept = IntStream.range(0, values.length).filter(i -> values[i] > rounding).toArray();
    R064Store factor = R064Store.FACTORY.make(values.length, kept.length);
    for (int j = 0; j < kept.length; j++) {
      double root = Math.sqrt(values[kept[j]]);
      for (int i = 0; i < values.length; i++) {
        factor.set(i, j, root * eigen.getV().doubleValue(i, kept[j]));
      }
    }
    return factor;
  }

  private static double[] diagonal(MatrixStore<Double> matrix) {
    return IntStream.range(0, matrix.getRowDim())
        .mapToDouble(i -> matrix.doubleValue(i, i))
        .toArray();
  }

  /** The sum of the singular values of AᵀB, which is Tr (AAᵀBBᵀ)^½. */
  private static double traceOfRoot(MatrixStore<Double> a, MatrixStore<Double> b) {
    if (a.getColDim() == 0 || b.getColDim() == 0) {
      return 0;
    }
    // Multiplying with a transposed view takes ojAlgo ten times as long as with a copy of it.
    MatrixStore<Double> cross = a.transpose().collect(R064Store.FACTORY).multiply(b);
    SingularValue<Double> decomposition = SingularValue.R064.make(cross);
    decomposition.computeValuesOnly(cross);
    return decomposition.getTraceNorm();
  }

  private static void requireSameDimensions(GaussianStatistics real, GaussianStatistics generated) {
    if (real.dimensions() != generated.dimensions()) {
      throw new BadInputException(
          "%s has %d dimensions and %s has %d; take both from the same network and tap"
              .formatted(
                  real.source(), real.dimensions(), generated.source(), generated.dimensions()));
    }
  }

  private static double sumOfSquares(double[] values) {
    return DoubleStream.of(values).map(value -> value * value).sum();
  }

  private static double squaredDistance(double[] left, double[] right) {
    double[] difference = new double[left.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = left[i] - right[i];
    }
    return sumOfSquares(difference);
  }

  private static Result result(
      double meanTerm, double covarianceTerm, long real, long generated, int dimensions) {
    return new Result(
        Math.max(0, meanTerm + covarianceTerm),
        meanTerm,
        covarianceTerm,
        real,
        generated,
        "|mu1 - mu2|^2 + Tr(S1 + S2 - 2 (S1 S2)^(1/2)), covariances with N - 1, %d dimensions"
            .formatted(dimensions));
  }
}
