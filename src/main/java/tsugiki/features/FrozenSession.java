package tsugiki.features;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
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
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/**
 * A frozen network with its protocol as one graph for images of every size: bytes in, features out.
 * For use from several threads.
 */
public final class FrozenSession implements AutoCloseable {
  private static final int PROBE_SIDE = 64;

  private final Graph graph = new Graph();
  private final Weights weights = Weights.frozen().in("network");
  private final Session session;
  private final Placeholder<TUint8> pixels;
  private final Operand<TFloat32> features;

  public FrozenSession(FrozenNetwork network) {
    Ops tf = Ops.create(graph);
    pixels = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
    features = network.features(tf, weights, tf.dtypes.cast(pixels, TFloat32.class));
    session = Sessions.open(graph);
    try {
      network.fill(session, weights);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** D, the numbers an image. */
  public int dimensions() {
    Shape shape = features.shape();
    long known = shape.numDimensions() == 2 ? shape.get(1) : -1;
    // A network from a file may not say; then an image tells.
    return known > 0 ? Math.toIntExact(known) : rows(List.of(probe())).length;
  }

  /** An image that is the same in every process. */
  private static RgbImage probe() {
    byte[] noise = new byte[PROBE_SIDE * PROBE_SIDE * RgbImage.CHANNELS];
    new SplittableRandom(0).nextBytes(noise);
    return new RgbImage("the probe", PROBE_SIDE, PROBE_SIDE, noise);
  }

  /**
   * The features of images of one size.
   *
   * @return [images, D]
   */
  public float[] rows(List<RgbImage> images) {
    RgbImage first = images.get(0);
    Shape shape = Shape.of(images.size(), first.height(), first.width(), RgbImage.CHANNELS);
    try (TUint8 feed = Tensors.bytes(shape, images.stream().map(RgbImage::rgb).toList());
        Result result = session.runner().feed(pixels, feed).fetch(features).run()) {
      return Tensors.toFloats((TFloat32) result.get(0));
    }
  }

  /**
   * What the features of given pixels depend on: every operation with its constants, the weights'
   * values, whatever file they came from, and the features of one image of noise, which tell of
   * weights that a network keeps to itself, as one from a SavedModel does.
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

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
