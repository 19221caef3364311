package tsugiki.features;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import tsugiki.data.RgbImage;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/**
 * A frozen network with its protocol as one graph for images of every size: bytes in, features out;
 * several kinds of features, where their networks share a pass. For use from several threads.
 */
public final class FeatureExtractor implements AutoCloseable {
  private static final int PROBE_SIDE = 64;

  private final Graph graph = new Graph();
  private final Weights weights = Weights.frozen().in("network");
  private final Session session;
  private final Placeholder<TUint8> pixels;
  private final List<Operand<TFloat32>> outputs;

  /** Builds and fills a network with one kind of features. */
  public FeatureExtractor(FrozenNetwork network, Sessions.Settings settings) {
    this(List.of(network), settings);
  }

  /**
   * Builds and fills networks that share a pass.
   *
   * @param networks at least one; each shares a pass with the first
   * @param settings of the session: the device and the threads
   * @throws tsugiki.base.BadInputException if weights are missing
   */
  FeatureExtractor(List<FrozenNetwork> networks, Sessions.Settings settings) {
    FrozenNetwork first = networks.get(0);
    Ops tf = GraphScope.ops(graph);
    pixels = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
    Operand<TFloat32> floats = tf.dtypes.cast(pixels, TFloat32.class);
    // One network is built as it always was: the cache's keys depend on the graph.
    outputs =
        networks.size() == 1
            ? List.of(first.features(tf, weights, floats))
            : first.features(tf, weights, floats, networks);
    session = Sessions.open(graph, settings);
    try {
      first.fill(session, weights);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** D, the numbers per image, of the first network. */
  public int dimensions() {
    return dimensions(0);
  }

  /** D of one of the networks. */
  int dimensions(int network) {
    Shape shape = outputs.get(network).shape();
    long known = shape.numDimensions() == 2 ? shape.get(1) : -1;
    // The graph of a network from a file may leave it open; then an image shows it.
    return known > 0
        ? Math.toIntExact(known)
        : rows(List.of(probe()), List.of(network)).get(0).length;
  }

  /** An image that is the same in every process. */
  private static RgbImage probe() {
    byte[] noise = new byte[PROBE_SIDE * PROBE_SIDE * RgbImage.CHANNELS];
    new SplittableRandom(0).nextBytes(noise);
    return new RgbImage("the probe", PROBE_SIDE, PROBE_SIDE, noise);
  }

  /**
   * The features of images of one size, of the first network.
   *
   * @param images at least one
   * @return [images, D]
   * @throws IllegalArgumentException if there are no images, or two of different sizes
   */
  public float[] rows(List<RgbImage> images) {
    return rows(images, List.of(0)).get(0);
  }

  /**
   * The features of images of one size by one pass.
   *
   * @param networks which of the networks; what only the others need is not computed
   * @return [images, D] for each of them
   */
  List<float[]> rows(List<RgbImage> images, List<Integer> networks) {
    RgbImage first = first(images);
    Shape shape = Shape.of(images.size(), first.height(), first.width(), RgbImage.CHANNELS);
    Session.Runner runner = session.runner();
    networks.forEach(network -> runner.fetch(outputs.get(network)));
    try (TUint8 feed = Tensors.bytes(shape, images.stream().map(RgbImage::rgb).toList());
        Result result = runner.feed(pixels, feed).run()) {
      List<float[]> rows = new ArrayList<>();
      for (int i = 0; i < networks.size(); i++) {
        rows.add(Tensors.toFloats((TFloat32) result.get(i)));
      }
      return rows;
    }
  }

  /** The first image, whose size the others have. */
  private static RgbImage first(List<RgbImage> images) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("there are no images; give at least one");
    }
    RgbImage first = images.get(0);
    for (RgbImage image : images) {
      if (image.height() != first.height() || image.width() != first.width()) {
        throw new IllegalArgumentException(
            "images of one call have one size, and '%s' has %d×%d pixels where '%s' has %d×%d"
                .formatted(
                    image.name(),
                    image.width(),
                    image.height(),
                    first.name(),
                    first.width(),
                    first.height()));
      }
    }
    return first;
  }

  /**
   * What the features of given pixels depend on, for one network: every operation with its
   * constants, the weights' values, whatever file they came from, and the features of one image of
   * noise, which differ with weights that a network keeps to itself, as one from a SavedModel does.
   *
   * @return 64 hexadecimal digits
   */
  String fingerprint() {
    Hasher hash = Hashing.sha256().newHasher().putBytes(operations());
    for (Weight weight : weights.all()) {
      hash.putBytes(bytes(WeightValues.get(session, weight)));
    }
    return hash.putBytes(bytes(rows(List.of(probe())))).hash().toString();
  }

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private byte[] operations() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    // Otherwise the order of an operation's attributes changes from process to process.
    out.useDeterministicSerialization();
    try {
      graph.toGraphDef().writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Frees the network; to compute afterwards is an {@link IllegalStateException}. */
  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
