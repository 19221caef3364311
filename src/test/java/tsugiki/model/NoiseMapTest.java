package tsugiki.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Gradients;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.LatentDraws;

/** The noise against a few loops, and what makes it noise. */
class NoiseMapTest {
  private static final int SIDE = 6;
  private static final int CHUNK = 5;
  private static final float[] STRENGTH = {0.5f, -2f};

  @Test
  void isTheBasisWeightedByTheDirectionOfZ() {
    float[] z = LatentDraws.normal(CHUNK, 1, 3, 4);
    try (Run run = new Run(2)) {
      float[] basis = run.basis();
      float[] noise = run.noise(z);
      for (int n = 0; n < 2; n++) {
        for (int place = 0; place < SIDE * SIDE; place++) {
          double sum = 0;
          double length = 0;
          double variance = 0;
          for (int d = 0; d < CHUNK; d++) {
            double entry = basis[d * SIDE * SIDE + place];
            sum += z[n * CHUNK + d] * entry;
            length += z[n * CHUNK + d] * z[n * CHUNK + d];
            variance += entry * entry / CHUNK;
          }
          double expected = sum / Math.sqrt(length) / Math.sqrt(variance);
          for (int c = 0; c < STRENGTH.length; c++) {
            assertThat((double) noise[(n * SIDE * SIDE + place) * STRENGTH.length + c])
                .isCloseTo(STRENGTH[c] * expected, Offset.offset(1e-4));
          }
        }
      }
    }
  }

  @Test
  void hasTheSameVarianceAtEveryPlaceAndIsNoPatternOfThePixelGrid() {
    int count = 2000;
    long[] seeds = new long[count];
    Arrays.setAll(seeds, i -> i);
    try (Run run = new Run(count)) {
      float[] noise = run.noise(LatentDraws.normal(CHUNK, LatentDraws.UNTRUNCATED, seeds));
      for (int place = 0; place < SIDE * SIDE; place++) {
        double mean = 0;
        double square = 0;
        for (int n = 0; n < count; n++) {
          double value = noise[(n * SIDE * SIDE + place) * STRENGTH.length] / STRENGTH[0];
          mean += value / count;
          square += value * value / count;
        }
        assertThat(mean).isBetween(-0.1, 0.1);
        assertThat(square).isBetween(0.9, 1.1);
      }
    }
  }

  @Test
  void truncationLeavesItAsStrong() {
    float[] z = LatentDraws.normal(CHUNK, 1, 8);
    float[] small = new float[CHUNK];
    for (int i = 0; i < CHUNK; i++) {
      small[i] = z[i] / 10;
    }
    try (Run run = new Run(1)) {
      float[] noise = run.noise(z);
      float[] ofSmall = run.noise(small);
      for (int i = 0; i < noise.length; i++) {
        assertThat(ofSmall[i]).isCloseTo(noise[i], Offset.offset(1e-3f));
      }
    }
  }

  @Test
  void theStrengthsTrainAndTheBasisDoesNot() {
    try (Run run = new Run(1)) {
      assertThat(run.weights.trained()).extracting(Weight::name).containsExactly("strength");
      float[] z = LatentDraws.normal(CHUNK, 1, 8);
      float[] slopes = run.gradient(z);
      float[] noise = run.noise(z);
      for (int c = 0; c < STRENGTH.length; c++) {
        double sum = 0;
        for (int i = c; i < noise.length; i += STRENGTH.length) {
          sum += noise[i] / STRENGTH[c];
        }
        assertThat((double) slopes[c]).isCloseTo(sum, Offset.offset(1e-3));
      }
    }
  }

  /** The layer on a map of zeros. */
  private static final class Run implements AutoCloseable {
    private final Graph graph = new Graph();
    private final Session session = Sessions.open(graph);
    private final Weights weights = Weights.create(7);
    private final int count;
    private final Operand<TFloat32> z;
    private final Operand<TFloat32> noise;
    private final Operand<TFloat32> slopes;

    private Run(int count) {
      this.count = count;
      Ops tf = GraphScope.ops(graph);
      z = tf.withName("z").placeholderWithDefault(zeros(tf, CHUNK), Shape.of(count, CHUNK));
      Operand<TFloat32> x =
          tf.zeros(tf.constant(new int[] {count, SIDE, SIDE, STRENGTH.length}), TFloat32.class);
      noise = NoiseMap.added(tf, weights, x, z);
      Operand<TFloat32> sum = tf.sum(noise, tf.constant(new int[] {0, 1, 2, 3}));
      slopes = Gradients.of(tf, sum, List.of(weights.get("strength").variable())).get(0);
      WeightValues.initialise(session, weights);
      WeightValues.set(session, Map.of(weights.get("strength"), STRENGTH));
    }

    private Operand<TFloat32> zeros(Ops tf, int length) {
      return tf.zeros(tf.constant(new int[] {count, length}), TFloat32.class);
    }

    private float[] basis() {
      return WeightValues.get(session, weights.get("basis"));
    }

    private float[] noise(float[] latents) {
      return fetch(noise, latents);
    }

    private float[] gradient(float[] latents) {
      return fetch(slopes, latents);
    }

    private float[] fetch(Operand<TFloat32> what, float[] latents) {
      try (TFloat32 feed = Tensors.floats(Shape.of(count, CHUNK), latents);
          Result result = session.runner().feed(z, feed).fetch(what).run()) {
        return Tensors.toFloats((TFloat32) result.get(0));
      }
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }
}
