package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

class ParametricSoftsignTest {
  private static final float[] XS = {
    -1e30f, -1e10f, -1000, -10, -1, -0.3f, -1e-3f, -1e-20f, 0, 1e-20f, 1e-3f, 0.5f, 7, 1e10f, 1e30f
  };

  /** The function and its derivatives for each of {@link #XS}. */
  private record Curve(float[] values, float[] slopes, float[] byAlpha) {}

  @ParameterizedTest
  @ValueSource(floats = {-50, -20, -8, -1, 0, 0.5f, 3, 12, 20, 50})
  void hasTheClosedFormsValuesAndDerivatives(float alpha) {
    Curve curve = curve(alpha);
    for (int i = 0; i < XS.length; i++) {
      double x = XS[i];
      double bounded = Math.max(-20, Math.min(20, alpha));
      double e = Math.exp(bounded);
      double sum = e + Math.abs(x);
      double inside = Math.abs(alpha) > 20 ? 0 : 1;
      // Where |x|·e^−α is too large for the processor's reciprocal, −e^α counts as 0.
      double slack = Math.abs(x) / e > 1e29 ? e : 1e-30;
      close(curve.values[i], x >= 0 ? x : e * x / sum, slack, x);
      // Two terms as large as e^α / (e^α + |x|) cancel in the slope.
      // Far below 0, where its square is none, one of them is left, and α gets no gradient.
      double term = e / sum;
      boolean far = term * term < 1e-36;
      double cancelled = slack + (far ? 1 : 1e-6) * term;
      close(curve.slopes[i], x >= 0 ? 1 : e * e / sum / sum, cancelled, x);
      close(curve.byAlpha[i], x >= 0 ? 0 : -inside * e * (x / sum) * (x / sum), far ? e : slack, x);
    }
  }

  @Test
  void becomesTheReluForLowAlpha() {
    Curve curve = curve(-50);
    for (int i = 0; i < XS.length; i++) {
      assertThat(curve.values[i]).isCloseTo(Math.max(XS[i], 0), Offset.offset(1e-8f));
    }
  }

  @Test
  void becomesTheIdentityForHighAlpha() {
    Curve curve = curve(50);
    for (int i = 0; i < XS.length; i++) {
      if (XS[i] >= -1000) {
        float tolerance = 3e-6f * Math.abs(XS[i]);
        assertThat(curve.values[i]).isCloseTo(XS[i], Offset.offset(tolerance));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {-50, -5, 0, 5, 50})
  void isSmoothAtZero(float alpha) {
    Curve curve = curve(alpha);
    int zero = IntStream.range(0, XS.length).filter(i -> XS[i] == 0).findFirst().orElseThrow();
    assertThat(curve.values[zero]).isZero();
    for (int i = zero - 1; i <= zero + 1; i++) {
      assertThat(curve.slopes[i]).as("slope at %s", XS[i]).isCloseTo(1, Offset.offset(1e-6f));
    }
  }

  /** The function in double precision. */
  static double closedForm(double x, double alpha) {
    return x >= 0 ? x : Math.exp(alpha) * x / (Math.exp(alpha) - x);
  }

  /** Every pair of x and α from −30 to 30: single precision against numeric differences. */
  @Test
  void agreesWithNumericDifferencesFromMinus30To30() {
    Grid grid = Grid.in(TFloat32.class);
    for (int i = 0; i < Grid.SIZE; i++) {
      double x = Grid.x(i);
      double alpha = Math.max(-20, Math.min(20, Grid.alpha(i)));
      double h = 1e-5;
      // At 0 the function turns within e^α, which may be less than h; from above its slope is 1.
      double below = x == 0 ? 0 : h;
      double slope = (closedForm(x + h, alpha) - closedForm(x - below, alpha)) / (h + below);
      double byAlpha =
          Math.abs(Grid.alpha(i)) > 20
              ? 0
              : (closedForm(x, alpha + h) - closedForm(x, alpha - h)) / (2 * h);
      String place = "x %s, α %s".formatted(x, Grid.alpha(i));
      near(grid.values[i], closedForm(x, alpha), 1e-9, place);
      // What α is cut off beyond ±20 is less than single precision shows.
      near(grid.values[i], closedForm(x, Grid.alpha(i)), 3e-6, place);
      near(grid.slopes[i], slope, 2e-5, place);
      near(grid.byAlpha[i], byAlpha, 1e-6, place);
    }
  }

  @Test
  void isFiniteInBfloat16() {
    Grid grid = Grid.in(TBfloat16.class);
    for (int i = 0; i < Grid.SIZE; i++) {
      double expected = closedForm(Grid.x(i), Grid.alpha(i));
      String place = "x %s, α %s".formatted(Grid.x(i), Grid.alpha(i));
      assertThat((double) grid.values[i])
          .as(place)
          .isCloseTo(expected, Offset.offset(0.05 * Math.abs(expected) + 1e-6));
      assertThat(grid.slopes[i]).as(place).isFinite();
      assertThat(grid.byAlpha[i]).as(place).isFinite();
    }
  }

  private static void near(float actual, double expected, double slack, String place) {
    assertThat((double) actual)
        .as(place)
        .isCloseTo(expected, Offset.offset(1e-5 * Math.abs(expected) + slack));
  }

  /** The function and both derivatives at every pair of x and α from −30 to 30 in steps of 1.5. */
  private record Grid(float[] values, float[] slopes, float[] byAlpha) {
    private static final int SIDE = 41;
    private static final int SIZE = SIDE * SIDE;

    static double x(int i) {
      return -30 + 1.5 * (i % SIDE);
    }

    static double alpha(int i) {
      return -30 + 1.5 * (i / SIDE);
    }

    /** Computed in one precision; the derivatives are of the sum of all values. */
    static <T extends TFloating> Grid in(Class<T> type) {
      float[] xs = new float[SIZE];
      float[] alphas = new float[SIZE];
      for (int i = 0; i < SIZE; i++) {
        xs[i] = (float) x(i);
        alphas[i] = (float) alpha(i);
      }
      try (Graph graph = new Graph();
          Session session = Sessions.open(graph)) {
        Ops tf = GraphScope.ops(graph);
        Operand<TFloat32> x = tf.constant(xs);
        Operand<TFloat32> alpha = tf.constant(alphas);
        Operand<TFloat32> y =
            tf.dtypes.cast(
                ParametricSoftsign.apply(tf, tf.dtypes.cast(x, type), tf.dtypes.cast(alpha, type)),
                TFloat32.class);
        Session.Runner runner = session.runner().fetch(y);
        Gradients.of(tf, tf.sum(y, tf.constant(0)), List.of(x, alpha)).forEach(runner::fetch);
        try (Result result = runner.run()) {
          return new Grid(
              Tensors.toFloats((TFloat32) result.get(0)),
              Tensors.toFloats((TFloat32) result.get(1)),
              Tensors.toFloats((TFloat32) result.get(2)));
        }
      }
    }
  }

  private static void close(float actual, double expected, double slack, double x) {
    assertThat((double) actual)
        .as("at %s", x)
        .isCloseTo(expected, Offset.offset(2e-6 * Math.abs(expected) + slack));
  }

  private static Curve curve(float alpha) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(0);
      Operand<TFloat32> x = tf.constant(XS);
      Operand<TFloat32> y = ParametricSoftsign.ofLayer(tf, weights, x, 0);
      Operand<TFloat32> alphas = weights.get("alpha").variable();
      Session.Runner runner = session.runner().fetch(y);
      runner.fetch(Gradients.of(tf, tf.sum(y, tf.constant(0)), List.of(x)).get(0));
      for (int i = 0; i < XS.length; i++) {
        Operand<TFloat32> one = tf.slice(y, tf.constant(new int[] {i}), tf.constant(new int[] {1}));
        Operand<TFloat32> scalar = tf.reshape(one, tf.constant(new int[0]));
        runner.fetch(Gradients.of(tf, scalar, List.of(alphas)).get(0));
      }
      WeightValues.set(session, weights.get("alpha"), new float[] {alpha});
      try (Result result = runner.run()) {
        float[] byAlpha = new float[XS.length];
        for (int i = 0; i < XS.length; i++) {
          byAlpha[i] = Tensors.scalar(result.get(i + 2));
        }
        return new Curve(
            Tensors.toFloats((TFloat32) result.get(0)),
            Tensors.toFloats((TFloat32) result.get(1)),
            byAlpha);
      }
    }
  }
}
