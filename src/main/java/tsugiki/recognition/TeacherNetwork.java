package tsugiki.recognition;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import tsugiki.base.BadInputException;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Pixels;
import tsugiki.graph.Resample;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;

/**
 * The teacher in a graph of its own: images to its maps, averaged to the grids that its student
 * predicts, in 16 bits.
 */
final class TeacherNetwork implements AutoCloseable {
  private static final int AT_ONCE = 8;

  /** Finer maps are halved once; they cost room and tell little more. */
  private static final int HALVED_ABOVE = 16;

  /**
   * What is predicted at a stage of the student.
   *
   * @param side places per side
   * @param channels of the teacher's map
   */
  record Target(int side, int channels) {
    /** The numbers of one image. */
    int length() {
      return side * side * channels;
    }
  }

  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TUint8> images;
  private final List<Operand<TFloat16>> maps = new ArrayList<>();
  private final List<Target> targets = new ArrayList<>();
  private final int imageSide;

  /**
   * Opens it.
   *
   * @param side of the student's images
   * @param teacherSide of the images that the teacher is given
   * @param stages of the student
   * @throws BadInputException if it has not one map for each stage
   */
  TeacherNetwork(
      FrozenNetwork network, int side, int teacherSide, int stages, Sessions.Settings settings) {
    imageSide = side;
    Ops tf = GraphScope.ops(graph);
    Weights weights = Weights.frozen().in("teacher");
    images =
        tf.withName("images")
            .placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, side, side, 3)));
    Operand<TFloat32> resized =
        Resample.bilinear(tf, Pixels.toFloats(tf, images), teacherSide, teacherSide);
    List<Operand<TFloat32>> all = network.maps(tf.withSubScope("Teacher"), weights, resized);
    if (all.size() < stages) {
      throw new BadInputException(
          "⟨teacher⟩ %s has %d maps at %d pixels, and the student's %d stages predict one each; name another or a larger ⟨teacherSide⟩"
              .formatted(network.name(), all.size(), teacherSide, stages));
    }
    Ops pooling = tf.withSubScope("Targets");
    for (int stage = 0; stage < stages; stage++) {
      Operand<TFloat32> map = all.get(all.size() - stages + stage);
      int own = side >> (stage + 1);
      // A stage's map can be averaged over 2×2 places before it is compared.
      int places = own > HALVED_ABOVE || (own == HALVED_ABOVE && stage > 0) ? own / 2 : own;
      targets.add(new Target(places, Math.toIntExact(map.shape().get(3))));
      maps.add(
          pooling.dtypes.cast(
              pooling.image.resizeArea(map, pooling.constant(new int[] {places, places})),
              TFloat16.class));
    }
    session = Sessions.open(graph, settings);
    network.fill(session, weights);
  }

  /** What is predicted at each stage. */
  List<Target> targets() {
    return targets;
  }

  /**
   * The maps of images.
   *
   * @param pixels uint8 [n, side, side, 3]
   * @return for each image the numbers of all maps behind one another, in 16 bits
   */
  byte[][] maps(byte[] pixels) {
    int length = imageSide * imageSide * 3;
    int count = pixels.length / length;
    byte[][] rows = new byte[count][2 * targets.stream().mapToInt(Target::length).sum()];
    for (int from = 0; from < count; from += AT_ONCE) {
      int n = Math.min(AT_ONCE, count - from);
      byte[] part = new byte[n * length];
      System.arraycopy(pixels, from * length, part, 0, part.length);
      Session.Runner runner = session.runner();
      maps.forEach(runner::fetch);
      try (TUint8 feed = Tensors.bytes(Shape.of(n, imageSide, imageSide, 3), part);
          Result result = runner.feed(images, feed).run()) {
        int offset = 0;
        for (int i = 0; i < targets.size(); i++) {
          int bytes = 2 * targets.get(i).length();
          byte[] all = new byte[n * bytes];
          ((TFloat16) result.get(i)).asRawTensor().data().read(all);
          for (int row = 0; row < n; row++) {
            System.arraycopy(all, row * bytes, rows[from + row], offset, bytes);
          }
          offset += bytes;
        }
      }
    }
    return rows;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
