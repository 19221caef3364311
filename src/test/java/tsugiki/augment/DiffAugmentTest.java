package tsugiki.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
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
import tsugiki.graph.GraphScope;
import tsugiki.graph.Randomness;
import tsugiki.graph.Tensors;
import tsugiki.runtime.Sessions;

/** What differentiable augmentation draws; its values and gradients are in LayerConformanceTest. */
class DiffAugmentTest {
  private static final int N = 6;
  private static final int SIDE = 16;
  private static final Shape SHAPE = Shape.of(N, SIDE, SIDE, 3);

  private final Graph graph = new Graph();
  private final Ops tf = GraphScope.ops(graph);
  private final Randomness random = new Randomness(tf, 5);
  private final Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(SHAPE));
  private final float[] images = noise();

  @AfterEach
  void close() {
    graph.close();
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
}
