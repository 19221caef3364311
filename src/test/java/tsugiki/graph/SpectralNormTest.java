package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class SpectralNormTest {
  private static final int ROWS = 18;
  private static final int COLUMNS = 4;

  /** The normalised kernel itself, not settled. */
  private static final LayerCase KERNEL =
      new LayerCase(
          "SpectralNorm.kernel",
          "alone",
          List.of(),
          0,
          LayerCase.STEP,
          (tf, w, u, in) ->
              new SpectralNorm(u)
                  .kernel(tf, w, "kernel", Shape.of(3, 3, 2, COLUMNS), Initializer.normal(1)),
          null);

  @Test
  void theLargestSingularValueBecomesOneInManySteps() {
    try (LayerRun run = new LayerRun(KERNEL, 5, name -> true)) {
      double before = Loops.largestSingularValue(run.output());
      run.settle(300);
      double after = Loops.largestSingularValue(run.output());
      assertThat(after).isCloseTo(1, Offset.offset(1e-5));
      assertThat(before).as("a stale u underestimates").isGreaterThan(1.001);
    }
  }

  @Test
  void aStepIsOnePowerIterationFromTheStoredVector() {
    try (LayerRun run = new LayerRun(KERNEL, 5, name -> true)) {
      Map<String, Values> weights = run.numbers();
      Iteration iteration = new Iteration(weights.get("kernel"), weights.get("kernel_u"));
      Values expected = weights.get("kernel").map(value -> value / iteration.sigma);
      assertClose(run.output().data(), expected.data());
      run.settle(1);
      assertClose(run.numbers().get("kernel_u").data(), iteration.u);
    }
  }

  /** Miyato et al. 2018, equation 12, away from the settled state where it shows. */
  @Test
  void theGradientHoldsTheVectorsFixed() {
    try (LayerRun run = new LayerRun(KERNEL, 5, name -> true)) {
      Map<String, Values> weights = run.numbers();
      Values kernel = weights.get("kernel");
      Iteration iteration = new Iteration(kernel, weights.get("kernel_u"));
      float[] direction = new float[ROWS * COLUMNS];
      double along = 0;
      for (int i = 0; i < direction.length; i++) {
        direction[i] = (float) Math.sin(i);
        along += direction[i] * kernel.data()[i];
      }
      double[] expected = new double[direction.length];
      for (int i = 0; i < expected.length; i++) {
        double bySigma = iteration.v[i / COLUMNS] * iteration.u[i % COLUMNS];
        expected[i] = (direction[i] - along / iteration.sigma * bySigma) / iteration.sigma;
      }
      assertClose(run.gradients(direction).get(0).data(), expected);
    }
  }

  @Test
  void aKernelAskedForTwiceIsIteratedOnce() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      PendingUpdates updates = new PendingUpdates();
      SpectralNorm norm = new SpectralNorm(updates);
      Weights weights = Weights.create(1);
      Operand<TFloat32> first = norm.kernel(tf, weights, "k", Shape.of(2, 3), Initializer.ones());
      Operand<TFloat32> second = norm.kernel(tf, weights, "k", Shape.of(2, 3), Initializer.ones());
      assertThat(first).isSameAs(second);
      assertThat(updates.list()).hasSize(1);
      assertThat(weights.trained()).extracting(Weight::name).containsExactly("k");
    }
  }

  /** One power iteration in plain loops. */
  private static final class Iteration {
    private final double[] v = new double[ROWS];
    private final double[] u = new double[COLUMNS];
    private double sigma;

    Iteration(Values kernel, Values stored) {
      double[] w = kernel.data();
      for (int i = 0; i < w.length; i++) {
        v[i / COLUMNS] += w[i] * stored.data()[i % COLUMNS];
      }
      scale(v);
      for (int i = 0; i < w.length; i++) {
        u[i % COLUMNS] += w[i] * v[i / COLUMNS];
      }
      scale(u);
      for (int i = 0; i < w.length; i++) {
        sigma += v[i / COLUMNS] * w[i] * u[i % COLUMNS];
      }
    }

    private static void scale(double[] x) {
      double length = Loops.length(x);
      for (int i = 0; i < x.length; i++) {
        x[i] /= length + SpectralNorm.EPSILON;
      }
    }
  }

  private static void assertClose(double[] actual, double[] expected) {
    assertThat(actual).containsExactly(expected, Offset.offset(1e-5));
  }
}
