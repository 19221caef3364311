package tsugiki.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Floats;
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
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.Vgg16.Layer;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

class Vgg16Test {
  @Test
  void tenMapsOfThePerceptualLoss() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.frozen();

      Map<Layer, Operand<TFloat32>> maps =
          new Vgg16(weights).maps(tf, zeros(tf, 32), Layer.CONV4_3);

      assertThat(maps).hasSize(10).doesNotContainKey(Layer.CONV5_1);
      assertThat(maps.get(Layer.CONV1_1).shape()).isEqualTo(Shape.of(1, 32, 32, 64));
      assertThat(maps.get(Layer.CONV2_2).shape()).isEqualTo(Shape.of(1, 16, 16, 128));
      assertThat(maps.get(Layer.CONV3_1).shape()).isEqualTo(Shape.of(1, 8, 8, 256));
      assertThat(maps.get(Layer.CONV4_3).shape()).isEqualTo(Shape.of(1, 4, 4, 512));
      assertThat(weights.all()).extracting(Weight::name).contains("conv4_3/kernel", "conv1_1/bias");
    }
  }

  @Test
  void theWholeNetworkHasThePublishedNumberOfWeights() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.frozen();
      new Vgg16(weights).maps(tf, zeros(tf, 32), Layer.CONV5_3);
      assertThat(weights.all().stream().mapToLong(Weight::count).sum()).isEqualTo(14_714_688);
    }
  }

  @Test
  void theNetworkSeesBlueFirstWithoutTheMean() {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      // 255 red, 127.5 green, 0 blue.
      Operand<TFloat32> pixel =
          tf.reshape(tf.constant(new float[] {1, 0, -1}), tf.constant(Shape.of(1, 1, 1, 3)));
      try (Result result = session.runner().fetch(Vgg16.Input.CAFFE.of(tf, pixel)).run()) {
        assertThat(Tensors.toFloats((TFloat32) result.get(0)))
            .containsExactly(
                new float[] {-103.939f, 127.5f - 116.779f, 255 - 123.68f}, Offset.offset(1e-4f));
      }
    }
  }

  @Test
  void torchvisionSeesRedFirstByMeanAndDeviation() {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      // 1 red, 0.5 green, 0 blue where 1 is white.
      Operand<TFloat32> pixel =
          tf.reshape(tf.constant(new float[] {1, 0, -1}), tf.constant(Shape.of(1, 1, 1, 3)));
      try (Result result =
          session
              .runner()
              .fetch(Vgg16.Input.TORCHVISION.of(tf, pixel))
              .fetch(Vgg16.Input.LPIPS.of(tf, pixel))
              .run()) {
        float[] wanted = {(1 - 0.485f) / 0.229f, (0.5f - 0.456f) / 0.224f, -0.406f / 0.225f};
        float[] lpips = {1.030f / 0.458f, 0.088f / 0.448f, (-1 + 0.188f) / 0.450f};
        assertThat(Tensors.toFloats((TFloat32) result.get(0)))
            .containsExactly(wanted, Offset.offset(1e-5f));
        assertThat(Tensors.toFloats((TFloat32) result.get(1)))
            .containsExactly(lpips, Offset.offset(1e-5f));
      }
    }
  }

  @Test
  void theDenseLayersHaveThePublishedNumberOfWeights() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.frozen();
      Vgg16 network = new Vgg16(weights);
      Operand<TFloat32> last =
          network.maps(tf, zeros(tf, Vgg16.SIDE), Layer.CONV5_3).get(Layer.CONV5_3);
      assertThat(Vgg16.pooledFeatures(tf, last).shape()).isEqualTo(Shape.of(1, 512));
      assertThat(network.denseFeatures(tf, last).shape()).isEqualTo(Shape.of(1, 4096));
      // All of the network has 138,357,544 with the last layer's 4,097,000.
      assertThat(weights.all().stream().mapToLong(Weight::count).sum())
          .isEqualTo(138_357_544 - 4_097_000);
    }
  }

  @Test
  void mapsAreTakenAfterTheRelu() {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.frozen();
      Operand<TFloat32> map =
          new Vgg16(weights).maps(tf, zeros(tf, 4), Layer.CONV2_1).get(Layer.CONV2_1);
      WeightValues.initialise(session, weights);
      try (Result result = session.runner().fetch(map).run()) {
        float[] values = Tensors.toFloats((TFloat32) result.get(0));
        // Random kernels make half of the sums negative, which the ReLU sets to zero.
        assertThat(values).hasSize(2 * 2 * 128);
        // Compared as numbers: some kernels' ReLU gives −0.0, which the boxed 0.0 is not equal to.
        long zeros =
            Floats.asList(values).stream().filter(value -> value.floatValue() == 0).count();
        assertThat(zeros).isBetween(values.length / 4L, values.length * 3 / 4L);
        assertThat(Floats.asList(values)).noneMatch(value -> value.floatValue() < 0);
        assertThat(Floats.max(values)).isPositive();
      }
    }
  }

  private static Operand<TFloat32> zeros(Ops tf, long side) {
    return tf.zeros(tf.constant(Shape.of(1, side, side, 3)), TFloat32.class);
  }
}
