package tsugiki.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.graph.Gradients;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.InceptionV3.Tap;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.score.SpatialPositions;

class InceptionV3Test {
  @Test
  void mapsHaveTheSizesOfTheFrozenGraph() {
    try (Graph graph = new Graph()) {
      Weights weights = Weights.frozen();

      Map<Tap, Operand<TFloat32>> maps = maps(graph, weights, 299, Tap.MIXED_2048);

      assertThat(maps.keySet()).containsExactly(Tap.values());
      assertShape(maps, Tap.POOL_64, 73);
      assertShape(maps, Tap.CONV_192, 71);
      assertShape(maps, Tap.POOL_192, 35);
      assertShape(maps, Tap.MIXED_288, 35);
      assertShape(maps, Tap.MIXED_768, 17);
      assertShape(maps, Tap.MIXED_1280, 8);
      assertShape(maps, Tap.MIXED_2048, 8);
      // As many as the trained ones of Keras' InceptionV3 without its top, which has a shift
      // where the folded network has a bias.
      assertThat(weights.all().stream().mapToLong(Weight::count).sum()).isEqualTo(21_768_352L);
    }
  }

  /** Of a single-image distance: at 22 pixels its covariance would have one sample. */
  @ParameterizedTest
  @CsvSource({"19, 1", "22, 1", "23, 2", "26, 2", "27, 3"})
  void theSmallestImagesWithMoreThanOnePlace(int side, int places) {
    assertThat(SpatialPositions.SMALLEST_SIDE).isEqualTo(23);
    try (Graph graph = new Graph()) {
      assertShape(maps(graph, Weights.frozen(), side, Tap.CONV_192), Tap.CONV_192, places);
    }
  }

  @Test
  void nothingIsBuiltAfterTheLastTap() {
    try (Graph graph = new Graph()) {
      Weights weights = Weights.frozen();

      Map<Tap, Operand<TFloat32>> maps = maps(graph, weights, 64, Tap.POOL_192);

      assertThat(maps.keySet()).containsExactly(Tap.POOL_64, Tap.CONV_192, Tap.POOL_192);
      assertThat(weights.all()).hasSize(10);
    }
  }

  @Test
  void everyTapLeavesOnePixelOfItsSmallestImage() {
    for (Tap tap : Tap.values()) {
      try (Graph graph = new Graph()) {
        Map<Tap, Operand<TFloat32>> maps = maps(graph, Weights.frozen(), tap.smallestSide(), tap);

        assertShape(maps, tap, 1);
      }
      try (Graph graph = new Graph()) {
        assertThatThrownBy(() -> maps(graph, Weights.frozen(), tap.smallestSide() - 1, tap))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("leave nothing at " + tap);
      }
    }
  }

  @Test
  void resizingTakesPixelsFromTheCornerAsTensorFlow1Did() {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      float[] ramp = new float[2 * 2 * 3];
      Arrays.fill(ramp, 6, 12, 256);
      Operand<TFloat32> pixels = tf.reshape(tf.constant(ramp), tf.constant(Shape.of(1, 2, 2, 3)));

      try (Result result =
          session.runner().fetch(InceptionVariant.FROZEN_2015.resized(tf, pixels)).run()) {
        float[] got = Tensors.toFloats((TFloat32) result.get(0));
        // Row i lies at 2i/299 of the source, and stays at its last row from 1 on.
        assertThat(got[0]).isEqualTo(-1);
        assertThat(got[100 * 299 * 3]).isCloseTo(2 * 200 / 299f - 1, within(1e-5f));
        assertThat(got[298 * 299 * 3]).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(InceptionVariant.class)
  void gradientsReachImagesThroughEveryVariantsMeans(InceptionVariant variant) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.frozen();
      Operand<TFloat32> images = tf.fill(tf.constant(new int[] {1, 48, 40, 3}), tf.constant(0.5f));
      Operand<TFloat32> map =
          new InceptionV3(weights, variant)
              .maps(tf, variant.fromUnit(tf, images), Tap.MIXED_288)
              .get(Tap.MIXED_288);
      Operand<TFloat32> loss = tf.math.mean(map, tf.constant(new int[] {0, 1, 2, 3}));
      Operand<TFloat32> gradient = Gradients.of(tf, loss, List.of(images)).get(0);
      WeightValues.initialise(session, weights);
      try (Result result = session.runner().fetch(gradient).run()) {
        double squares = 0;
        for (float value : Tensors.toFloats((TFloat32) result.get(0))) {
          squares += value * value;
        }
        assertThat(squares).isPositive().isFinite();
      }
    }
  }

  @Test
  void anUnknownTapIsRefusedWithThoseThatExist() {
    assertThat(InceptionOutput.of("192")).isEqualTo(InceptionOutput.MEAN_192);
    assertThatThrownBy(() -> InceptionOutput.of("288"))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "tap is 288; Inception v3 has the taps 64, 192, 768, 1280, 2048, logits,"
                + " probabilities");
  }

  private static Map<Tap, Operand<TFloat32>> maps(
      Graph graph, Weights weights, long side, Tap last) {
    Ops tf = GraphScope.ops(graph);
    Placeholder<TFloat32> images =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, side, side, 3)));
    return new InceptionV3(weights).maps(tf, images, last);
  }

  private static void assertShape(Map<Tap, Operand<TFloat32>> maps, Tap tap, long side) {
    assertThat(maps.get(tap).shape().asArray())
        .as(tap.toString())
        .containsExactly(-1, side, side, tap.channels());
  }
}
