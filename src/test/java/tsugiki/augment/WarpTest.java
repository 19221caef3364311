package tsugiki.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Gradients;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;
import tsugiki.runtime.Sessions;

/**
 * A warp at the ends of what ADA can draw, and beyond; ordinary ones are in LayerConformanceTest.
 */
class WarpTest {
  private static final int SIDE = 16;
  private static final int LENGTH = SIDE * SIDE * 3;

  /**
   * By image the entries of a matrix but for its last row: the image itself; half and twice the
   * size, more than any of a million draws of 2^N(0, 0.2); a stretch of four with a turn; half a
   * turn; shifts by a whole side and by ten of them.
   */
  private static final double[][] MATRICES = {
    {1, 0, 0, 0, 1, 0},
    {2, 0, 0, 0, 2, 0},
    {0.5, 0, 0, 0, 0.5, 0},
    {1.4, -1.4, 3, 0.35, 0.35, -3},
    {-1, 0, 0, 0, -1, 0},
    {1, 0, SIDE, 0, 1, -SIDE},
    {1, 0, 10 * SIDE, 0, 1, 10 * SIDE + 0.5},
  };

  /** As {@link #MATRICES}; none of these mixes rows and columns. */
  private static final double[][] STRAIGHT = {
    {1, 0, 0, 0, 1, 0},
    {-1.3, 0, 2.2, 0, 0.7, -1.6},
    {0, 1, 0, -1, 0, 0},
    {0, -0.8, 3.4, 1.5, 0, -2.7},
    {0, 2, 0.5, 2, 0, SIDE},
    {0, 1, 10 * SIDE, -1, 0, 10 * SIDE + 0.5},
    {1, 0, 10 * SIDE, 0, 1, 10 * SIDE + 0.5},
  };

  /** A way to warp a batch. */
  private interface Way {
    Operand<TFloat32> warp(Ops tf, Operand<TFloat32> x, Operand<TFloat32> inverse, SampleGrid grid);
  }

  /** Whatever it reads and weights, the weights of a pixel add up to 1. */
  @Test
  void aPlainImageStaysPlain() {
    float[] plain = new float[MATRICES.length * LENGTH];
    Arrays.fill(plain, 0.8f);
    assertThat(warped(plain).get(0)).satisfies(made -> all(made, 0.8f, 0.8f, 1e-5));
  }

  /** So the gradient of the sum of all pixels adds up to their number, image by image. */
  @Test
  void theGradientLosesNothing() {
    float[] gradient = warped(noise()).get(1);
    for (int n = 0; n < MATRICES.length; n++) {
      double sum = 0;
      for (int i = n * LENGTH; i < (n + 1) * LENGTH; i++) {
        assertThat(gradient[i]).isFinite();
        sum += gradient[i];
      }
      assertThat(sum).as("image %d", n).isCloseTo(LENGTH, within(0.01));
    }
  }

  /** The filter overshoots at edges; in no image by more than the sum of its weights' sizes. */
  @Test
  void whatLeavesTheRangeIsBounded() {
    double doubling = largestRow(Wavelet.doubling(SIDE, SIDE / 2), SIDE);
    double halving = largestRow(Wavelet.halving(SIDE), Wavelet.read(SIDE));
    double bound = doubling * doubling * halving * halving;
    assertThat(bound).isBetween(1.0, 8.0);
    all(warped(noise()).get(0), (float) -bound, (float) bound, 0);
  }

  /** Images that are not turned by a free angle may take either way. */
  @Test
  void bothWaysGiveTheSame() {
    List<float[]> one = warped(noise(), STRAIGHT, StraightWarp::apply);
    List<float[]> other = warped(noise(), STRAIGHT, FreeWarp::apply);
    for (int made = 0; made < 2; made++) {
      for (int i = 0; i < STRAIGHT.length * LENGTH; i++) {
        assertThat(one.get(made)[i])
            .as("image %d", i / LENGTH)
            .isCloseTo(other.get(made)[i], within(5e-4f));
      }
    }
  }

  /** So the cheap way is taken where it may be, and there alone. */
  @Test
  void anEntryOfEitherDiagonalMakesAMatrixFree() {
    assertThat(free(STRAIGHT)).containsOnly(false);
    double[][] mixing = new double[STRAIGHT.length][];
    for (int n = 0; n < mixing.length; n++) {
      mixing[n] = STRAIGHT[n].clone();
      mixing[n][mixing[n][0] == 0 ? 0 : 1] = 1e-8;
    }
    assertThat(free(mixing)).containsOnly(true);
  }

  private static boolean[] free(double[][] matrices) {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Operand<TBool> free = Warp.free(tf, inverse(tf, matrices));
      boolean[] values = new boolean[matrices.length];
      try (Session session = Sessions.open(graph);
          Result result = session.runner().fetch(free).run()) {
        for (int n = 0; n < values.length; n++) {
          values[n] = ((TBool) result.get(0)).getBoolean(n);
        }
      }
      return values;
    }
  }

  private static void all(float[] values, float from, float to, double tolerance) {
    for (float value : values) {
      assertThat((double) value).isBetween(from - tolerance, to + tolerance);
    }
  }

  /** The largest sum of sizes in a row. */
  private static double largestRow(float[] matrix, int columns) {
    return IntStream.range(0, matrix.length / columns)
        .mapToDouble(
            row ->
                IntStream.range(row * columns, (row + 1) * columns)
                    .mapToDouble(i -> Math.abs(matrix[i]))
                    .sum())
        .max()
        .orElseThrow();
  }

  /** Black and white: the sharpest edges. */
  private static float[] noise() {
    SplittableRandom random = new SplittableRandom(4);
    float[] values = new float[MATRICES.length * LENGTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextBoolean() ? 1 : -1;
    }
    return values;
  }

  /** The images, and the gradient of the sum of their pixels by the ones that were given. */
  private static List<float[]> warped(float[] images) {
    return warped(images, MATRICES, (tf, x, inverse, grid) -> Warp.apply(tf, x, inverse));
  }

  private static List<float[]> warped(float[] images, double[][] matrices, Way way) {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Shape shape = Shape.of(matrices.length, SIDE, SIDE, 3);
      Operand<TFloat32> x = Matrices.constant(tf, shape, images);
      Operand<TFloat32> y = way.warp(tf, x, inverse(tf, matrices), new SampleGrid(SIDE));
      Operand<TFloat32> sum = tf.sum(y, tf.constant(new int[] {0, 1, 2, 3}));
      Operand<TFloat32> gradient = Gradients.of(tf, sum, List.of(x)).get(0);
      try (Session session = Sessions.open(graph);
          Result result = session.runner().fetch(y).fetch(gradient).run()) {
        return List.of(
            Tensors.toFloats((TFloat32) result.get(0)), Tensors.toFloats((TFloat32) result.get(1)));
      }
    }
  }

  private static Operand<TFloat32> inverse(Ops tf, double[][] matrices) {
    float[] inverse = new float[9 * matrices.length];
    for (int n = 0; n < matrices.length; n++) {
      for (int i = 0; i < 6; i++) {
        inverse[9 * n + i] = (float) matrices[n][i];
      }
      inverse[9 * n + 8] = 1;
    }
    return Matrices.constant(tf, Shape.of(matrices.length, 3, 3), inverse);
  }
}
