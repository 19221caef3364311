package tsugiki.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Gradients;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Initializer;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Reduce;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.FeatureNetwork.Architecture;
import tsugiki.model.FeatureNetwork.Output;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

class FeatureNetworkTest {
  private static final BatchNorm.Settings STORED =
      BatchNorm.Settings.stored(FeatureNetwork.EPSILON);

  @Test
  void theStarterFitsIntoFiveMegabytesOfHalfPrecision() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(1);
      FeatureNetwork net = new FeatureNetwork(Architecture.starter(40), weights, STORED);

      Output features = net.apply(tf, images(tf, 64));

      assertThat(features.maps())
          .extracting(map -> map.shape())
          .containsExactly(
              Shape.of(2, 32, 32, 32),
              Shape.of(2, 16, 16, 64),
              Shape.of(2, 8, 8, 128),
              Shape.of(2, 4, 4, 256));
      assertThat(net.classLogits(tf, features.pooled()).shape()).isEqualTo(Shape.of(2, 40));
      assertThat(net.turnLogits(tf, features.pooled()).shape()).isEqualTo(Shape.of(2, 4));
      assertThat(weights.all().stream().mapToLong(Weight::count).sum()).isLessThan(2_500_000);
    }
  }

  @Test
  void itRunsOnHalfTheSizeToo() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      FeatureNetwork net = new FeatureNetwork(Architecture.starter(40), Weights.create(1), STORED);
      Output features = net.apply(tf, images(tf, 32));
      assertThat(features.maps().get(3).shape()).isEqualTo(Shape.of(2, 2, 2, 256));
    }
  }

  @Test
  void frozenItSeesTheSameAsWithTrainableWeights() {
    assertThat(pooled(true)).containsExactly(pooled(false), Offset.offset(1e-4f));
  }

  /** With frozen weights the fused kernels are computed once, by another path. */
  private static float[] pooled(boolean frozen) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(5, name -> !frozen);
      Output features = small(weights, STORED).apply(tf, images(tf, 32));
      WeightValues.initialise(session, weights);
      weights.derive(session);
      try (Result result = session.runner().fetch(features.pooled()).run()) {
        return Tensors.toFloats((TFloat32) result.get(0));
      }
    }
  }

  @Test
  void theLossReachesEveryTrainedWeightAndTheImage() {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(5);
      PendingUpdates statistics = new PendingUpdates();
      FeatureNetwork net =
          small(weights, BatchNorm.Settings.batch(FeatureNetwork.EPSILON, statistics));
      Operand<TFloat32> images = images(tf, 32);
      Output features = net.apply(tf, images);
      Operand<TFloat32> logits = net.classLogits(tf, features.pooled());
      Operand<TFloat32> loss = Reduce.mean(tf, tf.math.square(logits));
      WeightValues.initialise(session, weights);

      List<Operand<TFloat32>> gradients =
          Gradients.of(
              tf,
              loss,
              List.of(
                  images,
                  weights.get("stem/kernel").variable(),
                  weights.get("block_1/norm_1/gain").variable(),
                  weights.get("block_1/conv_2/kernel").variable()));

      for (Operand<TFloat32> gradient : gradients) {
        Operand<TFloat32> size = Reduce.mean(tf, tf.math.abs(gradient));
        try (Result result = session.runner().fetch(size).run()) {
          assertThat(Tensors.scalar(result.get(0))).isPositive();
        }
      }
      // Mean and variance of two normalisations in each of two blocks, and of the last one.
      assertThat(statistics.list()).hasSize(10);
    }
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> new Architecture(List.of(8, 16), List.of(1, 1), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("make no network");
  }

  private static FeatureNetwork small(Weights weights, BatchNorm.Settings norm) {
    return new FeatureNetwork(
        new Architecture(List.of(8, 16, 32), List.of(1, 1), 3), weights, norm);
  }

  private static Operand<TFloat32> images(Ops tf, long side) {
    return Initializer.normal(0.5f).build(tf, Shape.of(2, side, side, 3), 11);
  }
}
