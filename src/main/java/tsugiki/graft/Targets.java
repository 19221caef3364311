package tsugiki.graft;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
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
import tsugiki.graph.Initializer;
import tsugiki.graph.Pixels;
import tsugiki.graph.Replicas;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.WeightValues;

/**
 * The training images of a graft and their perceptual maps. The maps are computed once and kept
 * beside the weights, so that a step only looks them up; where they would not fit, they are
 * computed again in every step.
 */
final class Targets {
  /** The most bytes of maps that are kept. */
  static final long MOST_BYTES = 2L << 30;

  private final ImageSet set;
  private final FrozenNetwork network;
  private final Weights frozen = Weights.frozen().in("perceptual");
  private final Weights kept = Weights.frozen().in("targets");
  private final Ops scope;
  private final Placeholder<TUint8> pixels;
  private final Operand<TFloat32> floats;
  private final List<Operand<TFloat32>> fresh;
  private final Operand<TFloat32> share;
  private final List<Operand<TFloat32>> ofShare;
  private final boolean keep;

  /**
   * Takes the images of a training into a graph.
   *
   * @param batch images a step, of all replicas
   */
  Targets(Ops tf, ImageSet set, FrozenNetwork network, int batch) {
    this.set = set;
    this.network = network;
    Shape shape = Shape.of(batch, set.size(), set.size(), 3);
    scope = tf.withSubScope("Targets");
    pixels = scope.withName("images").placeholder(TUint8.class, Placeholder.shape(shape));
    floats = Pixels.toFloats(scope, pixels);
    fresh = network.maps(scope, frozen, floats);
    long bytes =
        4 * set.count() * fresh.stream().mapToLong(map -> map.shape().size() / batch).sum();
    keep = bytes <= MOST_BYTES;
    boolean shared = Replicas.count(tf) > 1;
    share = shared ? Pixels.toFloats(scope, Replicas.rows(scope, pixels)) : floats;
    ofShare = shared && !keep ? network.maps(scope.withSubScope("Share"), frozen, share) : fresh;
  }

  /** The number of images. */
  int count() {
    return set.count();
  }

  /** What every term of the perceptual loss weighs, where the network has a given factor. */
  OptionalDouble perceptualFactor() {
    return network.perceptualFactor();
  }

  /** The training images of a replica's share [B, S, S, 3] in [−1, 1]. */
  Operand<TFloat32> images() {
    return share;
  }

  /** All training images of a batch. */
  Operand<TFloat32> batch() {
    return floats;
  }

  /** The maps of generated images. */
  List<Operand<TFloat32>> mapsOf(Ops tf, Operand<TFloat32> images) {
    return network.maps(tf, frozen, images);
  }

  /**
   * The maps of the training images of a replica's share.
   *
   * @param batch the indices of the images of a whole batch
   */
  List<Operand<TFloat32>> maps(Operand<TInt64> batch) {
    if (!keep) {
      return ofShare;
    }
    Ops tf = scope.withSubScope("KeptMaps");
    List<Operand<TFloat32>> maps = new ArrayList<>();
    for (int i = 0; i < fresh.size(); i++) {
      // The rows are taken where the maps are, so that no device reads those of all images.
      maps.add(Replicas.rows(tf, tf.gather(keptMap(tf, i), batch, tf.constant(0))));
    }
    return maps;
  }

  private Operand<TFloat32> keptMap(Ops tf, int i) {
    long[] shape = fresh.get(i).shape().asArray();
    shape[0] = set.count();
    return kept.untrained(tf, "map_" + i, Shape.of(shape), Initializer.zeros());
  }

  /** What {@link #batch} is fed to. */
  Placeholder<TUint8> pixels() {
    return pixels;
  }

  /** The images of these indices; the caller closes them. */
  TUint8 batch(int[] indices) {
    byte[] bytes = new byte[indices.length * set.imageLength()];
    for (int i = 0; i < indices.length; i++) {
      byte[] rgb = set.image(indices[i]).rgb();
      System.arraycopy(rgb, 0, bytes, i * rgb.length, rgb.length);
    }
    return Tensors.bytes(Shape.of(indices.length, set.size(), set.size(), 3), bytes);
  }

  /** Fills the network and computes the maps that are kept. */
  void prepare(Session session) {
    network.fill(session, frozen);
    if (!keep) {
      return;
    }
    int batch = Math.toIntExact(pixels.shape().get(0));
    List<Weight> maps = kept.all();
    List<float[]> values = new ArrayList<>();
    maps.forEach(map -> values.add(new float[Math.toIntExact(map.count())]));
    for (int from = 0; from < set.count(); from += batch) {
      int[] chosen = new int[batch];
      for (int i = 0; i < batch; i++) {
        chosen[i] = Math.min(from + i, set.count() - 1);
      }
      copy(session, chosen, Math.min(batch, set.count() - from), from, values);
    }
    for (int i = 0; i < values.size(); i++) {
      WeightValues.set(session, maps.get(i), values.get(i));
    }
  }

  private void copy(Session session, int[] chosen, int count, int from, List<float[]> values) {
    Session.Runner runner = session.runner();
    fresh.forEach(runner::fetch);
    try (TUint8 images = batch(chosen);
        Result result = runner.feed(pixels, images).run()) {
      for (int i = 0; i < values.size(); i++) {
        float[] part = Tensors.toFloats((TFloat32) result.get(i));
        int length = part.length / chosen.length;
        System.arraycopy(part, 0, values.get(i), from * length, count * length);
      }
    }
  }
}
