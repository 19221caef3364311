package tsugiki.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Embedding;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;

class BigGanTest {
  /** The counts that the paper's authors and two re-implementations agree on. */
  @Test
  void hasThePapersParameterCountsAt128Pixels() {
    BigGanArchitecture architecture = BigGanArchitecture.standard(128, 96, 1000);
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Weights generator = Weights.create(0).in("generator");
      Operand<TInt64> classes = tf.constant(new long[] {0, 1});
      Operand<TFloat32> y =
          Embedding.apply(
              tf, generator.in("classes"), Kernels.PLAIN, classes, 1000, 128, Initializer.zeros());
      Operand<TFloat32> z =
          tf.fill(tf.constant(new int[] {2, architecture.latent()}), tf.constant(0f));
      Operand<TFloat32> images =
          new BigGanGenerator(
                  architecture, generator, Kernels.PLAIN, BatchNorm.Settings.stored(1e-5f))
              .apply(tf.withSubScope("Generator"), z, y);
      Weights discriminator = Weights.create(0).in("discriminator");
      Operand<TFloat32> hidden =
          new BigGanDiscriminator(architecture, discriminator, Kernels.PLAIN)
              .apply(tf.withSubScope("Discriminator"), images);
      ProjectionHead.apply(
          tf.withSubScope("Head"),
          discriminator.in("head"),
          Kernels.PLAIN,
          hidden,
          ClassVectors.ofLabels(classes, 1000));

      assertThat(images.shape().asArray()).containsExactly(2, 128, 128, 3);
      assertThat(count(generator)).isEqualTo(70_433_988);
      assertThat(count(discriminator)).isEqualTo(87_982_370);
    }
  }

  private static long count(Weights weights) {
    return weights.trained().stream().mapToLong(Weight::count).sum();
  }
}
