package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.augment.Augmentation;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Randomness;
import tsugiki.graph.Tensors;
import tsugiki.runtime.Sessions;

/** zCR by hand, where images are latent vectors. */
class ConsistencyTest {
  private static final int BATCH = 512;
  private static final int LATENT = 6;
  private static final float NOISE = 0.07f;

  @Test
  void neighboursLieAtTheNoisesDistanceAndDifferencesAreSquared() {
    GanOptions options =
        TinyGan.options(SupervisionOptions.defaults())
            .withBatch(BATCH)
            .withAugment(Set.of(Augmentation.ZCR));
    assertThat(options.augmentation().latentNoise()).isEqualTo(NOISE);
    Map<String, Operand<TFloat32>> outputs = new LinkedHashMap<>();
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Randomness random = new Randomness(tf, 1);
      TrainedGenerator generator =
          new TrainedGenerator(
              tf, options, new Bare(), random, TrainingLabels.of(TinyGan.smallImages()));
      Operand<TFloat32> z = generator.images();
      Operand<TFloat32> near = generator.neighbours().orElseThrow();
      new Consistency(options, random, outputs)
          .ofLatents(tf, z, near, sums(tf, z), ConsistencyTest::sums);
      try (Session session = Sessions.open(graph);
          TInt64 step = TInt64.scalarOf(1);
          Result result =
              session
                  .runner()
                  .feed(random.step(), step)
                  .fetch(z)
                  .fetch(near)
                  .fetch(outputs.get("distance_latent"))
                  .fetch(outputs.get("consistency_latent"))
                  .run()) {
        check(floats(result, 0), floats(result, 1), floats(result, 2)[0], floats(result, 3)[0]);
      }
    }
  }

  private static float[] floats(Result result, int index) {
    return Tensors.toFloats((TFloat32) result.get(index));
  }

  private static void check(float[] z, float[] near, float distance, float consistency) {
    double squares = 0;
    double squaresOfScores = 0;
    for (int n = 0; n < BATCH; n++) {
      double sum = 0;
      for (int i = n * LATENT; i < (n + 1) * LATENT; i++) {
        squares += Math.pow(near[i] - z[i], 2);
        sum += near[i] - z[i];
      }
      squaresOfScores += sum * sum;
    }
    squares /= BATCH * LATENT;
    assertThat(Math.sqrt(squares)).isCloseTo(NOISE, within(0.05 * NOISE));
    assertThat((double) distance).isCloseTo(squares, withinPercentage(0.1));
    assertThat((double) consistency).isCloseTo(squaresOfScores / BATCH, withinPercentage(0.1));
  }

  /** Scores images by the sum of their samples. */
  private static Operand<TFloat32> sums(Ops tf, Operand<TFloat32> images) {
    return tf.sum(images, tf.constant(new int[] {1, 2, 3}));
  }

  /** A generator whose images are its latent vectors [N, 1, 1, latent]. */
  private static final class Bare implements GanNetworks {
    @Override
    public Operand<TFloat32> images(
        Ops tf, Layers layers, Operand<TFloat32> z, Operand<TInt64> labels) {
      return tf.reshape(z, tf.constant(new long[] {-1, 1, 1, LATENT}));
    }

    @Override
    public int latentSize() {
      return LATENT;
    }

    @Override
    public List<Operand<TFloat32>> features(Ops tf, Layers layers, Operand<TFloat32> images) {
      throw new UnsupportedOperationException("nothing is trained");
    }

    @Override
    public boolean spectralNorm() {
      return false;
    }

    @Override
    public Record architecture() {
      throw new UnsupportedOperationException("nothing is trained");
    }

    @Override
    public int imageSize() {
      return 1;
    }

    @Override
    public String kind() {
      return "bare";
    }

    @Override
    public boolean conditional() {
      return false;
    }
  }
}
