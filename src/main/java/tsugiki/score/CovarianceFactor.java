package tsugiki.score;

import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.Cholesky;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.linalg.SelfAdjointEig;
import org.tensorflow.op.linalg.Svd;
import org.tensorflow.types.TFloat64;
import tsugiki.base.BadInputException;
import tsugiki.features.Features;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;
import tsugiki.runtime.Sessions;

/**
 * R with RᵀR = Σ for a covariance Σ, by TensorFlow's float64 kernels: its blocked decompositions
 * take a third of the time of Java's own.
 *
 * @param values R [rows, dimensions] in row-major order
 * @param rows the covariance's rank where that is below D, else D
 * @param dimensions D
 */
record CovarianceFactor(double[] values, int rows, int dimensions) {
  /** The share of the largest eigenvalue up to which a negative one is float32's rounding. */
  private static final double NEGLIGIBLE = 1e-4;

  /** The centred features over √(N − 1), [N, D], which need no decomposition. */
  static CovarianceFactor of(Features features, double[] mean) {
    double[] centred = Centering.centred(features, 0, features.count(), mean);
    double divisor = Math.sqrt(features.count() - 1.0);
    for (int i = 0; i < centred.length; i++) {
      centred[i] /= divisor;
    }
    return new CovarianceFactor(centred, features.count(), features.dimensions());
  }

  /**
   * Cholesky's factor where Σ is positive definite, else that of its eigenvectors.
   *
   * @throws BadInputException if the covariance has a negative eigenvalue
   */
  static CovarianceFactor of(GaussianStatistics statistics) {
    double[] covariance = statistics.covariance();
    int size = statistics.dimensions();
    return cholesky(covariance, size)
        .orElseGet(() -> fromEigenvectors(covariance, size, statistics.source()));
  }

  private static Optional<CovarianceFactor> cholesky(double[] covariance, int size) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph);
        TFloat64 feed = Tensors.doubles(Shape.of(size, size), covariance)) {
      Ops tf = GraphScope.ops(graph);
      Placeholder<TFloat64> matrix = tf.placeholder(TFloat64.class);
      Operand<TFloat64> factor =
          tf.linalg.transpose(Cholesky.create(tf.scope(), matrix), tf.constant(new int[] {1, 0}));
      try (Result result = session.runner().feed(matrix, feed).fetch(factor).run()) {
        double[] values = Tensors.toDoubles((TFloat64) result.get(0));
        // A pivot as small as rounding stands for a singular matrix and would be noise under a
        // root.
        double[] pivots = IntStream.range(0, size).mapToDouble(i -> values[i * size + i]).toArray();
        double largest = DoubleStream.of(pivots).max().orElseThrow();
        double rounding = size * Math.ulp(largest * largest);
        return DoubleStream.of(pivots).allMatch(pivot -> pivot * pivot > rounding)
            ? Optional.of(new CovarianceFactor(values, size, size))
            : Optional.empty();
      }
    } catch (TFInvalidArgumentException notPositiveDefinite) {
      return Optional.empty();
    }
  }

  /** The rows of √Λ Vᵀ whose eigenvalues are more than rounding. */
  private static CovarianceFactor fromEigenvectors(double[] covariance, int size, String source) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph);
        TFloat64 feed = Tensors.doubles(Shape.of(size, size), covariance)) {
      Ops tf = GraphScope.ops(graph);
      Placeholder<TFloat64> matrix = tf.placeholder(TFloat64.class);
      SelfAdjointEig<TFloat64> eigen = SelfAdjointEig.create(tf.scope(), matrix);
      try (Result result =
          session.runner().feed(matrix, feed).fetch(eigen.e()).fetch(eigen.v()).run()) {
        double[] values = Tensors.toDoubles((TFloat64) result.get(0));
        double[] vectors = Tensors.toDoubles((TFloat64) result.get(1));
        double largest = DoubleStream.of(values).map(Math::abs).max().orElseThrow();
        double smallest = DoubleStream.of(values).min().orElseThrow();
        if (smallest < -NEGLIGIBLE * largest) {
          throw new BadInputException(
              "%s has a covariance with the negative eigenvalue %s; compute the statistics again"
                  .formatted(source, smallest));
        }
        double rounding = size * Math.ulp(largest);
        int[] kept = IntStream.range(0, size).filter(i -> values[i] > rounding).toArray();
        double[] factor = new double[kept.length * size];
        for (int row = 0; row < kept.length; row++) {
          double root = Math.sqrt(values[kept[row]]);
          for (int i = 0; i < size; i++) {
            factor[row * size + i] = root * vectors[i * size + kept[row]];
          }
        }
        return new CovarianceFactor(factor, kept.length, size);
      }
    }
  }

  /** Tr (Σ₁Σ₂)^½, the sum of the singular values of R₁R₂ᵀ. */
  double traceOfRoot(CovarianceFactor other) {
    if (rows == 0 || other.rows == 0) {
      return 0;
    }
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph);
        TFloat64 own = Tensors.doubles(Shape.of(rows, dimensions), values);
        TFloat64 others = Tensors.doubles(Shape.of(other.rows, dimensions), other.values)) {
      Ops tf = GraphScope.ops(graph);
      Placeholder<TFloat64> left = tf.placeholder(TFloat64.class);
      Placeholder<TFloat64> right = tf.placeholder(TFloat64.class);
      Svd<TFloat64> svd =
          tf.linalg.svd(
              tf.linalg.matMul(left, right, MatMul.transposeB(true)), Svd.computeUv(false));
      try (Result result =
          session.runner().feed(left, own).feed(right, others).fetch(svd.s()).run()) {
        return DoubleStream.of(Tensors.toDoubles((TFloat64) result.get(0))).sum();
      }
    }
  }

  /** Tr Σ. */
  double trace() {
    return DoubleStream.of(values).map(value -> value * value).sum();
  }
}
