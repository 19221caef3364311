package tsugiki.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.Gradients;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Randomness;
import tsugiki.graph.Tensors;
import tsugiki.runtime.Sessions;

/** What an augmentation makes of one image in all places of a large batch. */
final class ManyImages {
  private ManyImages() {}

  /** An augmentation of a batch. */
  interface Augmented {
    /** The augmented images. */
    Operand<TFloat32> of(Ops tf, Randomness random, Operand<TFloat32> x);
  }

  /**
   * The images.
   *
   * @param image its samples, or one that all samples are
   * @return row-major [images, side, side, 3]
   */
  static float[] of(int images, int side, float[] image, Augmented augment) {
    return run(images, side, image, augment, false).get(0);
  }

  /** The same, and the gradient of half the sum of squares. */
  static List<float[]> withGradient(int images, int side, float[] image, Augmented augment) {
    return run(images, side, image, augment, true);
  }

  private static List<float[]> run(
      int images, int side, float[] image, Augmented augment, boolean withGradient) {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Randomness random = new Randomness(tf, 1);
      int[] one = image.length == 1 ? new int[] {1, 1, 1, 1} : new int[] {1, side, side, 3};
      int[] times =
          image.length == 1 ? new int[] {images, side, side, 3} : new int[] {images, 1, 1, 1};
      Operand<TFloat32> x =
          tf.tile(tf.reshape(tf.constant(image), tf.constant(one)), tf.constant(times));
      Operand<TFloat32> shaped =
          tf.reshape(x, tf.constant(Shape.of(images, side, side, 3).asArray()));
      Operand<TFloat32> y = augment.of(tf, random, shaped);
      try (TInt64 step = TInt64.scalarOf(1);
          Session session = Sessions.open(graph)) {
        Session.Runner runner = session.runner().feed(random.step(), step).fetch(y);
        if (withGradient) {
          Operand<TFloat32> squares =
              tf.math.mul(
                  tf.sum(tf.math.square(y), tf.constant(new int[] {0, 1, 2, 3})),
                  tf.constant(0.5f));
          runner.fetch(Gradients.of(tf, squares, List.of(shaped)).get(0));
        }
        try (Result result = runner.run()) {
          return IntStream.range(0, withGradient ? 2 : 1)
              .mapToObj(i -> Tensors.toFloats((TFloat32) result.get(i)))
              .toList();
        }
      }
    }
  }

  /** A black image, of zeros, with one white pixel. */
  static float[] onePixel(int side, int row, int column) {
    float[] image = new float[side * side * 3];
    Arrays.fill(image, (row * side + column) * 3, (row * side + column + 1) * 3, 1f);
    return image;
  }

  /**
   * Where the white pixel of each image is, of which each has exactly one.
   *
   * @return [images][2]: row and column
   */
  static int[][] places(float[] images, int side) {
    int length = side * side * 3;
    int[][] places = new int[images.length / length][];
    for (int n = 0; n < places.length; n++) {
      float[] image = Arrays.copyOfRange(images, n * length, (n + 1) * length);
      int place =
          IntStream.range(0, side * side).filter(i -> image[3 * i] == 1).findFirst().orElse(-1);
      assertThat(place).as("image %d", n).isNotNegative();
      assertThat(image).as("image %d", n).isEqualTo(onePixel(side, place / side, place % side));
      places[n] = new int[] {place / side, place % side};
    }
    return places;
  }

  /** The least and the greatest reach the ends of a range, and nothing lies outside. */
  static void fills(double[] values, double from, double to) {
    double slack = (to - from) / 200;
    assertThat(Arrays.stream(values).min().orElseThrow()).isBetween(from - 1e-5, from + slack);
    assertThat(Arrays.stream(values).max().orElseThrow()).isBetween(to - slack, to + 1e-5);
  }
}
