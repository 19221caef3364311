package tsugiki.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Activation;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.GraphScope;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;

/** The networks of SinGAN. */
class SinGanTest {
  private static final SinGanLayers LAYERS = SinGanLayers.standard();
  private static final Activation LEAKY = Activation.leakyRelu(0.2f);

  /** Per stage: three convolutions N→N, one 3→N, gains and shifts, and the last one. */
  @ParameterizedTest
  @CsvSource({"0, 32", "3, 32", "4, 64", "7, 64", "8, 128", "11, 128", "40, 128"})
  void channelsDoubleEveryFourStages(int stage, int channels) {
    assertThat(LAYERS.channelsOf(stage)).isEqualTo(channels);
    int features = 27 * channels + channels + 3 * (9 * channels * channels + channels);
    int norms = 4 * 2 * channels;
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(1);
      PendingUpdates updates = new PendingUpdates();
      Optional<BatchNorm.Settings> norm = Optional.of(BatchNorm.Settings.image(1e-5f, updates));
      Operand<TFloat32> image =
          new SinGanGenerator(LAYERS, weights.in("g"), LEAKY, any -> norm)
              .next(tf, stage, filled(tf, 12, 14, 3), filled(tf, 15, 18, 3), tf.constant(0.1f));
      assertThat(image.shape()).isEqualTo(Shape.of(1, 15, 18, 3));
      assertThat(count(weights.in("g"))).isEqualTo(features + norms + 27L * channels + 3);
      // A running mean and a running variance for each of four normalisations.
      assertThat(updates.list()).hasSize(8);
      Operand<TFloat32> scores =
          new SinGanDiscriminator(LAYERS)
              .apply(tf, weights.in("d"), stage, LEAKY, norm, filled(tf, 15, 18, 3));
      assertThat(LAYERS.patch()).isEqualTo(11);
      assertThat(scores.shape()).isEqualTo(Shape.of(1, 5, 8, 1));
      assertThat(count(weights.in("d"))).isEqualTo(features + norms + 9L * channels + 1);
    }
  }

  private static long count(Weights weights) {
    return weights.trained().stream().mapToLong(Weight::count).sum();
  }

  private static Operand<TFloat32> filled(Ops tf, int height, int width, int channels) {
    return tf.fill(tf.constant(new int[] {1, height, width, channels}), tf.constant(0.5f));
  }
}
