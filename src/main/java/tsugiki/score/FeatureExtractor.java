package tsugiki.score;

import java.util.Arrays;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import tsugiki.graph.Sessions;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;

/** Features of images by a frozen network's own protocol, for the metrics of this package. */
public final class FeatureExtractor implements AutoCloseable {
  private static final int BATCH = 32;

  private final int size;
  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TUint8> pixels;
  private final Operand<TFloat32> features;

  /**
   * Makes one for images of one size.
   *
   * @param network the network
   * @param size the images' side in pixels
   */
  public FeatureExtractor(FrozenNetwork network, int size) {
    this.size = size;
    Ops tf = Ops.create(graph);
    Weights weights = Weights.frozen().in("network");
    pixels = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, size, size, 3)));
    features = network.features(tf, weights, tf.dtypes.cast(pixels, TFloat32.class));
    session = Sessions.open(graph);
    network.fill(session, weights);
  }

  /**
   * The features of images.
   *
   * @param source what errors call them
   * @param images uint8 RGB [n, size, size, 3]
   * @return n rows
   */
  public Features of(String source, byte[] images) {
    int length = size * size * 3;
    int count = images.length / length;
    float[] all = null;
    int dimensions = 0;
    for (int from = 0; from < count; from += BATCH) {
      int n = Math.min(BATCH, count - from);
      byte[] part = Arrays.copyOfRange(images, from * length, (from + n) * length);
      try (TUint8 feed = Tensors.bytes(Shape.of(n, size, size, 3), part);
          Result result = session.runner().feed(pixels, feed).fetch(features).run()) {
        float[] rows = Tensors.toFloats((TFloat32) result.get(0));
        if (all == null) {
          dimensions = rows.length / n;
          all = new float[count * dimensions];
        }
        System.arraycopy(rows, 0, all, from * dimensions, rows.length);
      }
    }
    return Features.of(source, all, dimensions);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
