package tsugiki.recognition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import tsugiki.data.ImageSet;
import tsugiki.graph.Pixels;
import tsugiki.graph.Rotation;
import tsugiki.graph.Tensors;
import tsugiki.loss.CrossEntropy;
import tsugiki.model.FeatureNetwork;

/** Measures a feature network on held-out images: its classes, and all four turns of each image. */
final class FeatureEvaluation {
  private static final int CHUNK = 100;

  private final int side;
  private final Placeholder<TUint8> pixels;
  private final Placeholder<TInt64> labels;

  /** The shares of right answers: the classes of the upright images, then each of the turns. */
  private final List<Operand<TFloat32>> right = new ArrayList<>();

  /**
   * Builds its part of the graph.
   *
   * @param side of the images in pixels
   * @param network with its stored statistics
   */
  FeatureEvaluation(Ops tf, int side, FeatureNetwork network) {
    this.side = side;
    Shape batch = Shape.of(-1, side, side, 3);
    pixels = tf.withName("images").placeholder(TUint8.class, Placeholder.shape(batch));
    labels = tf.withName("labels").placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
    Operand<TFloat32> upright = Pixels.toFloats(tf, pixels);
    for (int quarters = 0; quarters < Rotation.TURNS; quarters++) {
      Operand<TFloat32> turned = Rotation.turned(tf, upright, quarters);
      Operand<TFloat32> features =
          network.apply(tf.withSubScope("Turned" + quarters), turned).pooled();
      if (quarters == 0) {
        right.add(CrossEntropy.accuracy(tf, network.classLogits(tf, features), labels));
      }
      right.add(
          CrossEntropy.accuracy(
              tf, network.turnLogits(tf, features), tf.constant(new long[] {quarters})));
    }
  }

  /**
   * How often the network is wrong.
   *
   * @param images any number, of the network's side; a part of them at a time is in one array
   * @param classes their classes [N]
   * @return {@code label_error}, and {@code turn_error} of all images at all four angles
   */
  Map<String, Double> errors(Session session, ImageSet images, long[] classes) {
    double[] found = new double[right.size()];
    for (int from = 0; from < classes.length; from += CHUNK) {
      int to = Math.min(classes.length, from + CHUNK);
      Session.Runner runner = session.runner();
      right.forEach(runner::fetch);
      byte[] part = images.select(IntStream.range(from, to).toArray()).pixels();
      try (TUint8 batch = Tensors.bytes(Shape.of(to - from, side, side, 3), part);
          TInt64 wanted = Tensors.longs(Arrays.copyOfRange(classes, from, to));
          Result result = runner.feed(pixels, batch).feed(labels, wanted).run()) {
        for (int i = 0; i < found.length; i++) {
          found[i] += (to - from) * (double) Tensors.scalar(result.get(i));
        }
      }
    }
    double turns = Arrays.stream(found).skip(1).average().orElseThrow();
    return new TreeMap<>(
        Map.of(
            "label_error", 1 - found[0] / classes.length,
            "turn_error", 1 - turns / classes.length));
  }
}
