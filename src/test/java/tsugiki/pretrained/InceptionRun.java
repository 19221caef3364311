package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weights;
import tsugiki.model.InceptionOutput;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/** One Inception v3 with several outputs on the same weights. */
final class InceptionRun implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Session session = Sessions.open(graph);
  private final Weights weights = Weights.frozen().in("network");
  private final Placeholder<TFloat32> pixels;
  private final Map<InceptionOutput, Operand<TFloat32>> outputs =
      new EnumMap<>(InceptionOutput.class);
  private final Operand<TFloat32> spatial;

  InceptionRun(List<InceptionNetwork> networks) {
    Ops tf = GraphScope.ops(graph);
    pixels = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
    for (InceptionNetwork network : networks) {
      outputs.put(network.output(), network.features(tf, weights, pixels));
    }
    spatial = networks.get(0).spatialMap(tf, weights, pixels);
    networks.get(0).fill(session, weights);
  }

  /** Every output of random images, row by row. */
  Map<InceptionOutput, float[]> of(TFloat32 images) {
    Session.Runner runner = session.runner().feed(pixels, images);
    List<InceptionOutput> asked = new ArrayList<>(outputs.keySet());
    asked.forEach(output -> runner.fetch(outputs.get(output)));
    Map<InceptionOutput, float[]> rows = new EnumMap<>(InceptionOutput.class);
    try (Result result = runner.run()) {
      for (int i = 0; i < asked.size(); i++) {
        rows.put(asked.get(i), Tensors.toFloats((TFloat32) result.get(i)));
      }
    }
    return rows;
  }

  /** The map of a single-image distance; its shape is written to the list. */
  float[] spatial(TFloat32 images, List<Long> shape) {
    try (Result result = session.runner().feed(pixels, images).fetch(spatial).run()) {
      for (long side : result.get(0).shape().asArray()) {
        shape.add(side);
      }
      return Tensors.toFloats((TFloat32) result.get(0));
    }
  }

  /** The weights as they were filled. */
  Map<String, float[]> weights() {
    return WeightValues.get(session, weights.all());
  }

  /** That numbers agree to 1e-4 of the largest. */
  static void assertSame(float[] got, float[] want, String what) {
    float largest = 0;
    for (float value : want) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).as(what).isPositive();
    assertThat(got).as(what).containsExactly(want, Offset.offset(1e-4f * largest));
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
