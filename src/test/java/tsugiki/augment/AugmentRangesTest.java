package tsugiki.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.augment.DiffAugment.Part;
import tsugiki.graph.Gradients;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Randomness;
import tsugiki.graph.Tensors;
import tsugiki.runtime.Sessions;

/**
 * How strong augmentations are, in so many images that the ends of every range are met: found from
 * what becomes of images whose change by each strength is known.
 */
class AugmentRangesTest {
  private static final int IMAGES = 4_000;

  /** Of the sharpest images, black and white noise; {@link DiffAugment} says so. */
  private static final double FURTHEST = 5;

  @Test
  void brightnessContrastAndSaturationFillTheirRanges() {
    // A grey image shows the brightness alone, black and white halves the contrast, and one colour
    // the product of saturation and contrast.
    double[] brightness = new double[IMAGES];
    double[] contrast = new double[IMAGES];
    double[] saturation = new double[IMAGES];
    float[] grey = coloured((pixel, channel) -> 0f);
    float[] halves = coloured((pixel, channel) -> pixel < 8 ? 1f : -1f);
    float[] red = coloured((pixel, channel) -> channel == 0 ? 1f : 0f);
    int length = 4 * 4 * 3;
    for (int n = 0; n < IMAGES; n++) {
      int first = n * length;
      brightness[n] = grey[first];
      contrast[n] = (halves[first] - halves[first + length - 1]) / 2;
      saturation[n] = (red[first] - red[first + 1]) / contrast[n];
    }
    fills(brightness, -0.5, 0.5);
    fills(contrast, 0.5, 1.5);
    fills(saturation, 0, 2);
  }

  @Test
  void aHoleIsHalfTheSideOrCutOffByTheBorder() {
    int side = 16;
    float[] made = run(side, new float[] {1}, (tf, x) -> augment(tf, Part.CUTOUT).of(x)).get(0);
    int[] areas = new int[IMAGES];
    for (int i = 0; i < made.length; i++) {
      assertThat(made[i]).isIn(0f, 1f);
      areas[i / (side * side * 3)] += made[i] == 0 ? 1 : 0;
    }
    // A quarter of the side is the least that its centre at a corner leaves.
    assertThat(Arrays.stream(areas).min()).hasValue(3 * side / 4 * side / 4);
    assertThat(Arrays.stream(areas).max()).hasValue(3 * side / 2 * side / 2);
  }

  @Test
  void coloursLeaveTheRangeNoFurtherThanIsSaidAndHaveFiniteGradients() {
    List<float[]> made = run(4, noise(4), (tf, x) -> augment(tf, Part.COLOR).of(x));
    double most = largest(made.get(0));
    assertThat(most).isBetween(2.0, FURTHEST);
    // What a pixel gives to all others by their mean is no more than its own.
    assertThat(largest(made.get(1))).isBetween(0.1, 2 * FURTHEST * FURTHEST);
  }

  /**
   * p = 1 in many images: every strength of ADA close to both of its ends, by itself and at once.
   */
  @Test
  void adaGivesNumbersHoweverStrongItIs() {
    int side = 4;
    List<float[]> made =
        run(
            side,
            noise(side),
            (tf, x) ->
                new AdaptiveAugment(tf.random()).apply(tf.ops(), x, tf.ops().constant(1f), "p"));
    assertThat(IntStream.range(0, IMAGES * side * side * 3))
        .allMatch(i -> Float.isFinite(made.get(0)[i]) && Float.isFinite(made.get(1)[i]));
    assertThat(largest(made.get(0))).isGreaterThan(2);
  }

  /** The operations and the random numbers of a graph. */
  private record Drawn(Ops ops, Randomness random) {}

  private interface Augmented {
    Operand<TFloat32> of(Operand<TFloat32> x);
  }

  private static Augmented augment(Drawn tf, Part part) {
    return x -> new DiffAugment(tf.random(), EnumSet.of(part)).apply(tf.ops(), x, "p");
  }

  /** What becomes of an image of 4 pixels under the colours that all calls draw alike. */
  private static float[] coloured(BiFunction<Integer, Integer, Float> image) {
    float[] one = new float[4 * 4 * 3];
    for (int i = 0; i < one.length; i++) {
      one[i] = image.apply(i / 3, i % 3);
    }
    return run(4, one, (tf, x) -> augment(tf, Part.COLOR).of(x)).get(0);
  }

  private static float[] noise(int side) {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[side * side * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextBoolean() ? 1 : -1;
    }
    return values;
  }

  private static void fills(double[] values, double from, double to) {
    double slack = (to - from) / 200;
    assertThat(Arrays.stream(values).min().orElseThrow()).isBetween(from - 1e-5, from + slack);
    assertThat(Arrays.stream(values).max().orElseThrow()).isBetween(to - slack, to + 1e-5);
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      assertThat(value).isFinite();
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /**
   * What becomes of an image in all images of a batch, and the gradient of half the sum of squares.
   *
   * @param image its samples, or one that all samples are
   */
  private static List<float[]> run(
      int side, float[] image, BiFunction<Drawn, Operand<TFloat32>, Operand<TFloat32>> augment) {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Drawn drawn = new Drawn(tf, new Randomness(tf, 1));
      int[] one = image.length == 1 ? new int[] {1, 1, 1, 1} : new int[] {1, side, side, 3};
      int[] times =
          image.length == 1 ? new int[] {IMAGES, side, side, 3} : new int[] {IMAGES, 1, 1, 1};
      Operand<TFloat32> x =
          tf.tile(tf.reshape(tf.constant(image), tf.constant(one)), tf.constant(times));
      Operand<TFloat32> shaped =
          tf.reshape(x, tf.constant(Shape.of(IMAGES, side, side, 3).asArray()));
      Operand<TFloat32> y = augment.apply(drawn, shaped);
      Operand<TFloat32> squares =
          tf.math.mul(
              tf.sum(tf.math.square(y), tf.constant(new int[] {0, 1, 2, 3})), tf.constant(0.5f));
      Operand<TFloat32> gradient = Gradients.of(tf, squares, List.of(shaped)).get(0);
      try (Session session = Sessions.open(graph);
          TInt64 step = TInt64.scalarOf(1);
          Result result =
              session.runner().feed(drawn.random().step(), step).fetch(y).fetch(gradient).run()) {
        return List.of(
            Tensors.toFloats((TFloat32) result.get(0)), Tensors.toFloats((TFloat32) result.get(1)));
      }
    }
  }
}
