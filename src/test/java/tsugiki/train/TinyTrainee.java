package tsugiki.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.Gradients;
import tsugiki.graph.Initializer;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Randomness;
import tsugiki.graph.Reduce;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/** Three square layers on noise that is keyed by the step: the least that a loop can train. */
final class TinyTrainee implements Trainee, AutoCloseable {
  private final Graph graph = new Graph();
  private final Weights weights = Weights.create(1).in("network");
  private final Weights slots = Weights.create(0).in("adam");
  private final Randomness random;
  private final Placeholder<TFloat32> update;
  private final Operand<TFloat32> loss;
  private final NoOp step;
  private final Session session;

  /** Makes one whose layers are that wide. */
  TinyTrainee(int width) {
    Ops tf = Ops.create(graph);
    random = new Randomness(tf, 1);
    update = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    Operand<TFloat32> x = random.normal(tf, "x", Shape.of(16, width));
    for (int i = 0; i < 3; i++) {
      Initializer start = Initializer.normal((float) Math.sqrt(1.0 / width));
      Operand<TFloat32> kernel =
          weights.in("layer_" + i).trained(tf, "kernel", Shape.of(width, width), start);
      x = tf.math.tanh(tf.linalg.matMul(x, kernel));
    }
    loss = Reduce.mean(tf, tf.math.square(x));
    List<Weight> trained = weights.trained();
    List<Operand<TFloat32>> gradients =
        Gradients.of(tf, loss, trained.stream().map(Weight::variable).toList());
    List<Operand<TFloat32>> reads = new ArrayList<>(gradients);
    reads.add(loss);
    step =
        Updates.apply(
            tf,
            reads,
            new PendingUpdates(),
            after ->
                Adam.standard()
                    .apply(after, slots, trained, gradients, after.constant(0.01f), update));
    session = Sessions.open(graph);
    WeightValues.initialise(session, weights);
    WeightValues.initialise(session, slots);
  }

  @Override
  public Map<String, Double> step(long number) {
    try (TFloat32 count = TFloat32.scalarOf(number + 1);
        TInt64 key = TInt64.scalarOf(number);
        Result result =
            session
                .runner()
                .feed(update, count)
                .feed(random.step(), key)
                .addTarget(step)
                .fetch(loss)
                .run()) {
      return Map.of("loss", (double) Tensors.scalar(result.get(0)));
    }
  }

  @Override
  public List<Weight> state() {
    List<Weight> state = new ArrayList<>(weights.all());
    state.addAll(slots.all());
    return state;
  }

  /** The numbers of the state. */
  Map<String, float[]> values() {
    return WeightValues.get(session, state());
  }

  @Override
  public Session session() {
    return session;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
