package tsugiki.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Kernels;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weights;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

class PatchDiscriminatorTest {
  @ParameterizedTest
  @CsvSource({"64, 16", "32, 16", "16, 16", "8, 4"})
  void givesAFewScoresWhateverTheSize(int side, int places) {
    assertThat(scores(noise(side), side)).hasSize(places);
  }

  @Test
  void aPixelCountsInThePlacesAroundIt() {
    int side = 64;
    float[] images = noise(side);
    float[] before = scores(images, side);
    images[0] += 1;
    float[] after = scores(images, side);
    // A place covers 16 pixels, and what its scores see beyond is less than another place.
    int beyond = PatchDiscriminator.FIELD / 2;
    assertThat(beyond).isLessThan(16);
    for (int i = 0; i < before.length; i++) {
      if (i == 0) {
        assertThat(after[i]).isNotEqualTo(before[i]);
      } else if (i % 4 > 1 || i / 4 > 1) {
        assertThat(after[i]).isEqualTo(before[i]);
      }
    }
  }

  @Test
  void tellsAPatternOfSinglePixelsFromItsMean() {
    int side = 32;
    float[] dots = new float[side * side * 3];
    for (int i = 0; i < dots.length; i++) {
      int pixel = i / 3;
      dots[i] = (pixel / side + pixel % side) % 2 == 0 ? 0.5f : -0.5f;
    }
    assertThat(scores(dots, side)).isNotEqualTo(scores(new float[side * side * 3], side));
  }

  private static float[] noise(int side) {
    SplittableRandom random = new SplittableRandom(2);
    float[] images = new float[side * side * 3];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextDouble(-1, 1);
    }
    return images;
  }

  private static float[] scores(float[] image, int side) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Placeholder<TFloat32> images =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, side, side, 3)));
      Weights weights = Weights.create(5);
      Operand<TFloat32> scores =
          new PatchDiscriminator(weights, Kernels.PLAIN, 4).apply(tf, images);
      WeightValues.initialise(session, weights);
      try (TFloat32 feed = Tensors.floats(Shape.of(1, side, side, 3), image);
          Result result = session.runner().feed(images, feed).fetch(scores).run()) {
        return Tensors.toFloats((TFloat32) result.get(0));
      }
    }
  }
}
