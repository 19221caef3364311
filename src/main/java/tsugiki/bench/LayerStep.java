package tsugiki.bench;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.AdaptivePointwise;
import tsugiki.graph.AdaptivePointwise.Mixing;
import tsugiki.graph.Affine;
import tsugiki.graph.Gradients;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Initializer;
import tsugiki.graph.Reduce;
import tsugiki.graph.Weights;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/** One adaptive point-wise layer: forward, and the gradients of its map, matrices and offsets. */
final class LayerStep implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Session session;
  private final List<Operand<TFloat32>> results;

  LayerStep(
      long batch, long side, long channels, long group, long tile, Sessions.Settings settings) {
    Ops tf = GraphScope.ops(graph);
    Weights weights = Weights.create(0);
    Initializer normal = Initializer.normal(1);
    Variable<TFloat32> x = weights.trained(tf, "x", Shape.of(batch, side, side, channels), normal);
    Variable<TFloat32> matrices =
        weights.trained(tf, "w", Shape.of(batch, channels / group, group, group), normal);
    Variable<TFloat32> offsets = weights.trained(tf, "b", Shape.of(batch, channels), normal);
    Variable<TFloat32> scale = weights.untrained(tf, "s", Shape.of(batch, channels), normal);
    Variable<TFloat32> shift = weights.untrained(tf, "t", Shape.of(batch, channels), normal);
    Variable<TFloat32> out = weights.untrained(tf, "dy", x.shape(), normal);
    Operand<TFloat32> y =
        AdaptivePointwise.apply(
            tf, new Mixing(matrices, offsets), new Affine(scale, shift), x, tile);
    // A sum of products, whose gradient is one pass; the sum itself is in every row alike.
    Operand<TFloat32> loss = Reduce.sum(tf, tf.math.mul(y, out));
    results = new ArrayList<>(Gradients.of(tf, loss, List.of(x, matrices, offsets)));
    results.add(loss);
    session = Sessions.open(graph, settings);
    WeightValues.initialise(session, weights);
  }

  /** Runs it once. */
  void run() {
    Session.Runner runner = session.runner();
    // As targets: a node that only waits for them would be optimised away with them.
    results.forEach(result -> runner.addTarget(result.op()));
    runner.run().close();
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
