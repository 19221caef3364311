package tsugiki.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.augment.DiffAugment.Part;
import tsugiki.graph.Gradients;
import tsugiki.graph.Randomness;
import tsugiki.graph.Reduce;
import tsugiki.graph.Tensors;
import tsugiki.runtime.Sessions;

/** Each part against a loop over pixels that is given the same random numbers. */
class DiffAugmentTest {
  private static final int N = 6;
  private static final int SIDE = 16;
  private static final Shape SHAPE = Shape.of(N, SIDE, SIDE, 3);

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Randomness random = new Randomness(tf, 5);
  private final Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(SHAPE));
  private final float[] images = noise();

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void colourIsBrightnessThenSaturationThenContrast() {
    float[] brightness = draw(random.uniform(tf, "p brightness", Shape.of(N, 1, 1, 1)));
    float[] saturation = draw(random.uniform(tf, "p saturation", Shape.of(N, 1, 1, 1)));
    float[] contrast = draw(random.uniform(tf, "p contrast", Shape.of(N, 1, 1, 1)));
    double[] expected = new double[images.length];
    int length = SIDE * SIDE * 3;
    for (int n = 0; n < N; n++) {
      double level = 0;
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        int at = n * length + pixel * 3;
        double grey = (images[at] + images[at + 1] + images[at + 2]) / 3.0 + brightness[n] - 0.5;
        for (int c = 0; c < 3; c++) {
          double bright = images[at + c] + brightness[n] - 0.5;
          expected[at + c] = grey + (bright - grey) * saturation[n] * 2;
          level += expected[at + c] / length;
        }
      }
      for (int i = n * length; i < (n + 1) * length; i++) {
        expected[i] = level + (expected[i] - level) * (contrast[n] + 0.5);
      }
    }
    assertThat(asDoubles(augmented(Part.COLOR))).containsExactly(expected, within(1e-5));
  }

  @Test
  void translationMovesPixelsAndFillsWithZero() {
    float[] out = augmented(Part.TRANSLATION);
    assertThat(out).containsExactly(translated(images, shifts("down"), shifts("right"), 1));
  }

  @Test
  void translationReachesAnEighthBothWaysAndNoFurther() {
    int least = 9;
    int most = -9;
    for (long step = 0; step < 40; step++) {
      for (long shift : shifts("down", step)) {
        least = (int) Math.min(least, shift);
        most = (int) Math.max(most, shift);
      }
    }
    assertThat(least).isEqualTo(-SIDE / 8);
    assertThat(most).isEqualTo(SIDE / 8);
  }

  @Test
  void cutoutZeroesOneSquareOfHalfTheSideCutAtTheBorder() {
    float[] out = augmented(Part.CUTOUT);
    long[] rows = integers("p row", Shape.of(N, 1), SIDE + 1);
    long[] columns = integers("p column", Shape.of(N, 1), SIDE + 1);
    for (int i = 0; i < out.length; i++) {
      int n = i / (SIDE * SIDE * 3);
      boolean hole = inHole(i / (SIDE * 3) % SIDE, rows[n]) && inHole(i / 3 % SIDE, columns[n]);
      assertThat(out[i]).as("value %d", i).isEqualTo(hole ? 0 : images[i]);
    }
  }

  private static boolean inHole(int place, long centre) {
    return place >= centre - SIDE / 4 && place < centre + SIDE / 4;
  }

  /** The gradient of a sum weighted with the images is the weights, shifted back. */
  @Test
  void theGradientOfATranslationIsTheTranslationBack() {
    Operand<TFloat32> y = new DiffAugment(random, Set.of(Part.TRANSLATION)).apply(tf, x, "p");
    Operand<TFloat32> sum = Reduce.sum(tf, tf.math.mul(y, tf.stopGradient(x)));
    float[] gradient = run(Gradients.of(tf, sum, List.of(x)).get(0), 0);
    assertThat(gradient).containsExactly(translated(images, shifts("down"), shifts("right"), -1));
  }

  @ParameterizedTest
  @EnumSource(Part.class)
  void everyPartLetsTheGradientThrough(Part part) {
    Operand<TFloat32> y = new DiffAugment(random, Set.of(part)).apply(tf, x, "p");
    Operand<TFloat32> sum = Reduce.sum(tf, tf.math.square(y));
    float[] gradient = run(Gradients.of(tf, sum, List.of(x)).get(0), 0);
    int moved = 0;
    for (float entry : gradient) {
      moved += entry == 0 ? 0 : 1;
    }
    assertThat(moved).isGreaterThan(gradient.length / 2);
  }

  @ParameterizedTest
  @EnumSource(Part.class)
  void randomnessIsKeyedByStepAndPurpose(Part part) {
    DiffAugment augment = new DiffAugment(random, Set.of(part));
    Operand<TFloat32> real = augment.apply(tf, x, "real");
    Operand<TFloat32> fake = augment.apply(tf, x, "fake");
    assertThat(run(real, 4)).isEqualTo(run(real, 4)).isNotEqualTo(run(real, 5));
    assertThat(run(real, 4)).isNotEqualTo(run(fake, 4));
  }

  @Test
  void everyImageDrawsItsOwn() {
    assertThat(shifts("down")).isNotEqualTo(new long[N]).satisfies(DiffAugmentTest::differ);
  }

  private static void differ(long[] values) {
    assertThat(Arrays.stream(values).distinct().count()).isGreaterThan(1);
  }

  @Test
  void noPartsChangeNothing() {
    DiffAugment none = new DiffAugment(random, EnumSet.noneOf(Part.class));
    assertThat(none.apply(tf, x, "p")).isSameAs(x);
  }

  private float[] augmented(Part part) {
    return run(new DiffAugment(random, Set.of(part)).apply(tf, x, "p"), 0);
  }

  /** out[y][x] = in[y + down][x + right], as the shift matrices have it, or backwards. */
  private static float[] translated(float[] in, long[] down, long[] right, int direction) {
    float[] out = new float[in.length];
    for (int i = 0; i < in.length; i++) {
      int n = i / (SIDE * SIDE * 3);
      long row = i / (SIDE * 3) % SIDE + direction * down[n];
      long column = i / 3 % SIDE + direction * right[n];
      if (row >= 0 && row < SIDE && column >= 0 && column < SIDE) {
        out[i] = in[(int) (((n * SIDE + row) * SIDE + column) * 3) + i % 3];
      }
    }
    return out;
  }

  private long[] shifts(String direction) {
    return shifts(direction, 0);
  }

  private long[] shifts(String direction, long step) {
    int reach = SIDE / 8;
    long[] shifts = integers("p " + direction, Shape.of(N, 1, 1), 2 * reach + 1, step);
    for (int i = 0; i < shifts.length; i++) {
      shifts[i] -= reach;
    }
    return shifts;
  }

  private long[] integers(String purpose, Shape shape, long bound) {
    return integers(purpose, shape, bound, 0);
  }

  private long[] integers(String purpose, Shape shape, long bound, long step) {
    Operand<TFloat32> drawn =
        tf.dtypes.cast(random.integers(tf, purpose, shape, bound), TFloat32.class);
    float[] values = run(drawn, step);
    long[] whole = new long[values.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = (long) values[i];
    }
    return whole;
  }

  private float[] draw(Operand<TFloat32> operand) {
    return run(operand, 0);
  }

  private float[] run(Operand<TFloat32> operand, long step) {
    try (Session session = Sessions.open(graph);
        TFloat32 feed = Tensors.floats(SHAPE, images);
        TInt64 key = TInt64.scalarOf(step);
        Result result =
            session.runner().feed(x, feed).feed(random.step(), key).fetch(operand).run()) {
      return Tensors.toFloats((TFloat32) result.get(0));
    }
  }

  private static float[] noise() {
    SplittableRandom random = new SplittableRandom(2);
    float[] values = new float[(int) SHAPE.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  private static double[] asDoubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
