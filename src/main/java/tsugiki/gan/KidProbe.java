package tsugiki.gan;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;
import tsugiki.exchange.FrozenNetwork;
import tsugiki.graph.Pixels;
import tsugiki.graph.Sessions;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weights;
import tsugiki.score.Features;
import tsugiki.score.Kid;

/**
 * A score during a training: the kernel distance ({@link Kid}) of generated images to training
 * images on the deepest map that a frozen network gives for images of this size, as the mean over
 * the map's pixels. It compares trainings on the same data; it is no published KID.
 */
final class KidProbe implements AutoCloseable {
  private static final int BATCH = 50;

  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TUint8> images;
  private final Operand<TFloat32> features;
  private final int size;
  private final int classes;
  private final Features real;

  /**
   * Makes it, and takes the training images' features.
   *
   * @param network whose maps are compared
   * @param data the training images; the probe draws its own from them
   * @param count images on either side; with fewer training images than this, all of them
   * @param seed which training images
   * @param settings of the session
   * @throws tsugiki.BadInputException if the network's weights are missing
   */
  KidProbe(FrozenNetwork network, ImageSet data, int count, long seed, Sessions.Settings settings) {
    size = data.size();
    classes = data.classNames().size();
    Ops tf = Ops.create(graph);
    Shape shape = Shape.of(-1, size, size, 3);
    images = tf.withName("images").placeholder(TUint8.class, Placeholder.shape(shape));
    Weights weights = Weights.frozen().in("network");
    List<Operand<TFloat32>> maps = network.maps(tf, weights, Pixels.toFloats(tf, images));
    features = tf.math.mean(maps.get(maps.size() - 1), tf.constant(new int[] {1, 2}));
    session = Sessions.open(graph, settings);
    network.fill(session, weights);
    int drawn = Math.min(count, data.count());
    // The first batch of an epoch is a draw without replacement.
    ImageSet some = data.select(new Batches(data, drawn, seed).indices(0));
    real = features("the training images", some.pixels());
  }

  /**
   * Scores a generator.
   *
   * @return the score by its name, which says how many features it is taken over
   */
  Map<String, Double> score(GanTraining training) {
    long[] labels = IntStream.range(0, real.count()).mapToLong(i -> i % classes).toArray();
    Features generated = features("the generated images", training.draw(labels, 0));
    return Map.of(name(), Kid.allSamples(real, generated).value());
  }

  /** The score's name in {@code metrics.jsonl}. */
  String name() {
    return "kid_" + real.dimensions();
  }

  /** How the score is reckoned. */
  String protocol() {
    return "unbiased MMD² with the kernel (x·y/%d + 1)³, %d generated against as many training images"
        .formatted(real.dimensions(), real.count());
  }

  private Features features(String source, byte[] pixels) {
    int length = size * size * 3;
    int count = pixels.length / length;
    float[] rows = new float[0];
    for (int from = 0; from < count; from += BATCH) {
      int n = Math.min(BATCH, count - from);
      byte[] part = Arrays.copyOfRange(pixels, from * length, (from + n) * length);
      try (TUint8 feed = Tensors.bytes(Shape.of(n, size, size, 3), part);
          Result result = session.runner().feed(images, feed).fetch(features).run()) {
        float[] found = Tensors.toFloats((TFloat32) result.get(0));
        if (from == 0) {
          rows = new float[count * (found.length / n)];
        }
        System.arraycopy(found, 0, rows, from * (found.length / n), found.length);
      }
    }
    return Features.of(source, rows, rows.length / count);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
