package tsugiki.single;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Pixels;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weights;
import tsugiki.model.PyramidNetwork;
import tsugiki.model.PyramidNetwork.Part;
import tsugiki.runtime.Sessions;

/** The graph that computes a trained pyramid tile by tile, and its session. */
final class TileGraph implements AutoCloseable {
  private static final String GENERATOR = StageGraph.GENERATOR;

  private final StageMethod method;
  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TFloat32> first;
  private final Placeholder<TFloat32> before;
  private final Placeholder<TFloat32> noise;
  private final Part part;
  private final Placeholder<TInt32> tailZeros;
  private final List<Operand<TFloat32>> features = new ArrayList<>();
  private final Operand<TUint8> image;

  TileGraph(TrainedPyramid pyramid, Sessions.Settings settings) {
    PyramidArchitecture architecture = pyramid.architecture();
    method = architecture.build();
    Ops tf = GraphScope.ops(graph);
    Weights weights = Weights.frozen();
    PyramidNetwork generator = method.network(weights.in(GENERATOR));
    first = map(tf, "first", method.noiseChannels(0));
    before = map(tf, "before", method.mapChannels());
    // The noise of all stages but the first has as many channels.
    noise = map(tf, "noise", method.noiseChannels(1));
    part =
        new Part(
            places(tf, "input_rows"),
            places(tf, "input_columns"),
            places(tf, "rows"),
            places(tf, "columns"),
            zeros(tf, "zeros"));
    tailZeros = zeros(tf, "tail_zeros");
    features.add(generator.first(tf, first));
    for (int stage = 1; stage < architecture.stages(); stage++) {
      features.add(
          generator.part(
              tf, stage, before, noise, PyramidWeights.amplitude(tf, weights, stage), part));
    }
    image = Pixels.toBytes(tf, generator.imagePart(tf, before, tailZeros));
    session = Sessions.open(graph, settings);
    PyramidWeights.fill(session, weights, pyramid.weights());
  }

  private static Placeholder<TFloat32> map(Ops tf, String name, long channels) {
    return tf.withName(name)
        .placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, -1, -1, channels)));
  }

  private static Placeholder<TFloat64> places(Ops tf, String name) {
    return tf.withName(name).placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1)));
  }

  private static Placeholder<TInt32> zeros(Ops tf, String name) {
    return tf.withName(name).placeholder(TInt32.class, Placeholder.shape(Shape.of(4, 2)));
  }

  /** The features of the first stage [h, w, C]. */
  float[] first(float[] input, int height, int width) {
    try (TFloat32 tensor =
            Tensors.floats(Shape.of(1, height, width, method.noiseChannels(0)), input);
        Result result = session.runner().feed(first, tensor).fetch(features.get(0)).run()) {
      return Tensors.toFloats((TFloat32) result.get(0));
    }
  }

  /**
   * A tile of the features of a later stage [h, w, C].
   *
   * @param below what of the stage before the sides name
   * @param random the noise of the rows and columns that the convolutions read
   */
  float[] next(int stage, FeatureMap below, float[] random, TileSide rows, TileSide columns) {
    List<Tensor> feeds = new ArrayList<>();
    try {
      Session.Runner runner = session.runner().fetch(features.get(stage));
      feed(runner, feeds, before, below.tensor());
      feed(
          runner,
          feeds,
          noise,
          Tensors.floats(
              Shape.of(
                  1, rows.inputs().length, columns.inputs().length, method.noiseChannels(stage)),
              random));
      feed(runner, feeds, part.inputRows(), vector(rows.inputs()));
      feed(runner, feeds, part.inputColumns(), vector(columns.inputs()));
      feed(runner, feeds, part.rows(), vector(rows.outputs()));
      feed(runner, feeds, part.columns(), vector(columns.outputs()));
      feed(
          runner,
          feeds,
          part.zeros(),
          padding(
              rows.zerosBefore(), rows.zerosAfter(), columns.zerosBefore(), columns.zerosAfter()));
      try (Result result = runner.run()) {
        return Tensors.toFloats((TFloat32) result.get(0));
      }
    } finally {
      feeds.forEach(Tensor::close);
    }
  }

  /**
   * A tile of the image, uint8 [h, w, 3].
   *
   * @param map with the pixels that the tail reads on each side, where there are any
   * @param zeros pixels that are missing above, below, left and right
   */
  byte[] image(FeatureMap map, int... zeros) {
    try (TFloat32 tensor = map.tensor();
        TInt32 padding = padding(zeros[0], zeros[1], zeros[2], zeros[3]);
        Result result =
            session.runner().feed(before, tensor).feed(tailZeros, padding).fetch(image).run()) {
      return Tensors.toBytes((TUint8) result.get(0));
    }
  }

  private static void feed(
      Session.Runner runner, List<Tensor> feeds, Operand<?> where, Tensor value) {
    feeds.add(value);
    runner.feed(where, value);
  }

  private static TFloat64 vector(double[] values) {
    return Tensors.doubles(Shape.of(values.length), values);
  }

  private static TInt32 padding(int above, int below, int left, int right) {
    return TInt32.tensorOf(
        StdArrays.ndCopyOf(new int[][] {{0, 0}, {above, below}, {left, right}, {0, 0}}));
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
