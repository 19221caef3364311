package tsugiki.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
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
import tsugiki.graph.GraphScope;
import tsugiki.graph.Randomness;
import tsugiki.graph.Tensors;
import tsugiki.runtime.Sessions;

/** What differentiable augmentation draws; its values and gradients are in LayerConformanceTest. */
class DiffAugmentTest {
  private static final int N = 6;
  private static final int SIDE = 16;
  private static final Shape SHAPE = Shape.of(N, SIDE, SIDE, 3);
  private static final int MANY = 400;

  private final Graph graph = new Graph();
  private final Ops tf = GraphScope.ops(graph);
  private final Randomness random = new Randomness(tf, 5);
  private final Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(SHAPE));
  private final float[] images = noise((int) SHAPE.size());

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void translationReachesAnEighthBothWaysAndNoFurther() {
    // At 40 pixels a ninth or a seventh would be rounded to other shifts.
    int side = 40;
    int middle = side / 2;
    float[] moved = many(Part.TRANSLATION, side, ManyImages.onePixel(side, middle, middle));
    int[][] places = ManyImages.places(moved, side);
    for (int direction = 0; direction < 2; direction++) {
      int along = direction;
      assertThat(Arrays.stream(places).mapToInt(place -> place[along] - middle).distinct().sorted())
          .containsExactly(-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5);
    }
    // Of 11 · 11 shifts: down and to the right they are drawn apart.
    assertThat(Arrays.stream(places).map(Arrays::toString).distinct().count()).isGreaterThan(100);
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

  /** One image many times: what becomes of it differs. */
  @ParameterizedTest
  @EnumSource(Part.class)
  void everyImageDrawsItsOwn(Part part) {
    float[] made = many(part, SIDE, noise(SIDE * SIDE * 3));
    Set<Integer> different = new HashSet<>();
    for (int n = 0; n < MANY; n++) {
      different.add(
          Arrays.hashCode(
              Arrays.copyOfRange(made, n * SIDE * SIDE * 3, (n + 1) * SIDE * SIDE * 3)));
    }
    // There are 25 shifts, and 17 · 17 places of the hole.
    assertThat(different).hasSizeGreaterThan(20);
  }

  @Test
  void noPartsChangeNothing() {
    DiffAugment none = new DiffAugment(random, EnumSet.noneOf(Part.class));
    assertThat(none.apply(tf, x, "p")).isSameAs(x);
  }

  @ParameterizedTest
  @EnumSource(Part.class)
  void imagesOfAnotherShapeAreRefused(Part part) {
    DiffAugment augment = new DiffAugment(random, Set.of(part));
    for (Shape shape :
        List.of(
            Shape.of(N, SIDE, SIDE, 1),
            Shape.of(N, SIDE, SIDE / 2, 3),
            Shape.of(SIDE, SIDE, 3),
            Shape.of(-1, SIDE, SIDE, 3),
            Shape.unknown())) {
      Operand<TFloat32> other = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
      assertThatThrownBy(() -> augment.apply(tf, other, "p"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[N, S, S, 3]")
          .hasMessageEndingWith("was given " + shape);
    }
  }

  private static float[] many(Part part, int side, float[] image) {
    return ManyImages.of(
        MANY,
        side,
        image,
        (tf, random, x) -> new DiffAugment(random, Set.of(part)).apply(tf, x, "p"));
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

  private static float[] noise(int count) {
    SplittableRandom random = new SplittableRandom(2);
    float[] values = new float[count];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }
}
