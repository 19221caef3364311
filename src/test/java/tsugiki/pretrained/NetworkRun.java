package tsugiki.pretrained;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;

/** Builds a frozen network on given numbers, fills it, and runs it once. */
public final class NetworkRun {
  /** What of the network is built. */
  @FunctionalInterface
  public interface Part {
    Operand<TFloat32> build(Ops tf, Weights weights, Operand<TFloat32> input);
  }

  private NetworkRun() {}

  /** The features of pixels from 0 to 255. */
  public static float[] features(FrozenNetwork network, Shape shape, float[] pixels) {
    return run(network, shape, pixels, network::features);
  }

  /** Any other part of it. */
  public static float[] run(FrozenNetwork network, Shape shape, float[] values, Part part) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph);
        TFloat32 tensor = Tensors.floats(shape, values)) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.frozen().in("network");
      Operand<TFloat32> result = part.build(tf, weights, tf.constantOf(tensor));
      network.fill(session, weights);
      try (Result fetched = session.runner().fetch(result).run()) {
        return Tensors.toFloats((TFloat32) fetched.get(0));
      }
    }
  }
}
