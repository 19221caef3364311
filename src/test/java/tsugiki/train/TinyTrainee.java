package tsugiki.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Initializer;
import tsugiki.graph.Reduce;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/** Three square layers on noise that is keyed by the step: the least that a loop can train. */
class TinyTrainee implements Trainee, AutoCloseable {
  private final Graph graph = new Graph();
  private final Weights weights = Weights.create(1).in("network");
  private final Step step;
  private final Session session;
  private boolean begun;

  /** Makes one whose layers are that wide. */
  TinyTrainee(int width) {
    Ops tf = GraphScope.ops(graph);
    StepInputs inputs = new StepInputs(tf, 1);
    Operand<TFloat32> x = inputs.random().normal(tf, "x", Shape.of(16, width));
    for (int i = 0; i < 3; i++) {
      Initializer start = Initializer.normal((float) Math.sqrt(1.0 / width));
      Operand<TFloat32> kernel =
          weights.in("layer_" + i).trained(tf, "kernel", Shape.of(width, width), start);
      x = tf.math.tanh(tf.linalg.matMul(x, kernel));
    }
    step =
        new StepBuilder(inputs, new LossSum(tf, "loss").add(Reduce.mean(tf, tf.math.square(x))))
            .group(weights.trained(), Adam.standard(), Schedule.constant(0.01f))
            .build(tf);
    session = Sessions.open(graph);
    WeightValues.initialise(session, weights);
    WeightValues.initialise(session, step.slots());
  }

  @Override
  public void begin() {
    begun = true;
  }

  /** Whether it has begun a new run. */
  boolean begun() {
    return begun;
  }

  @Override
  public Map<String, Double> step(long number) {
    return step.run(session, number, Map.of());
  }

  @Override
  public List<Weight> state() {
    List<Weight> state = new ArrayList<>(weights.all());
    state.addAll(step.slots().all());
    return state;
  }

  /** The numbers of the state. */
  Map<String, float[]> values() {
    return WeightValues.get(session, state());
  }

  @Override
  public GraphDef structure() {
    return graph.toGraphDef();
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
