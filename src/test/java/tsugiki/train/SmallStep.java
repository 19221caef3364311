package tsugiki.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Initializer;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Reduce;
import tsugiki.graph.SpectralNorm;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/**
 * A network of one layer with everything that a step updates: h = x·W/σ(W), loss = mean (h·g − t)²,
 * the running mean of h·g, the vector u of σ, Adam's moments and an average of W/σ(W).
 *
 * <p>The running mean reads g late: the h that it takes comes from x multiplied by an identity
 * matrix many times over, which changes nothing and takes long.
 */
final class SmallStep implements AutoCloseable {
  static final float[][] X = {{1, -2, 0.5f}, {0.3f, 0.8f, -1}, {-1.5f, 0.2f, 2}, {0.7f, 1, 1}};
  static final float[][] T = {{1, 0}, {0, -1}, {0.5f, 0.5f}, {-1, 2}};
  static final float RATE = 0.05f;
  static final float KEPT = 0.9f;
  static final Adam ADAM = new Adam(0.5f, 0.99f, 1e-6f);

  private static final int WIDE = 600;
  private static final int DETOURS = 8;

  private final Graph graph = new Graph();
  private final Weights weights = Weights.create(7);
  private final Weights average = Weights.create(0, name -> false).in("average");
  private final Placeholder<TFloat32> identity;
  private final Step step;
  private final NoOp averageStep;
  private final Session session;

  SmallStep() {
    Ops tf = GraphScope.ops(graph);
    StepInputs inputs = new StepInputs(tf, 0);
    identity = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(WIDE, WIDE)));
    PendingUpdates pending = new PendingUpdates();
    SpectralNorm norm = new SpectralNorm(pending);
    Operand<TFloat32> kernel =
        norm.kernel(tf, weights, "kernel", Shape.of(3, 2), Initializer.normal(1));
    Operand<TFloat32> gain = weights.trained(tf, "gain", Shape.of(2), Initializer.ones());
    Operand<TFloat32> h = tf.linalg.matMul(matrix(tf, X), kernel);
    Operand<TFloat32> loss =
        Reduce.mean(tf, tf.math.squaredDifference(tf.math.mul(h, gain), matrix(tf, T)));
    Operand<TFloat32> late = tf.math.mul(tf.linalg.matMul(detour(tf), kernel), gain);
    Variable<TFloat32> mean = weights.untrained(tf, "mean", Shape.of(2), Initializer.zeros());
    pending.add(
        mean,
        tf.math.add(
            tf.math.mul(mean, tf.constant(KEPT)),
            tf.math.mul(tf.math.mean(late, tf.constant(0)), tf.constant(1 - KEPT))));
    step =
        new StepBuilder(inputs, new LossSum(tf, "loss").add(loss))
            .group(weights.trained(), ADAM, Schedule.constant(RATE))
            .updates(pending)
            .build(tf);
    average.untrained(tf, "kernel", Shape.of(3, 2), Initializer.zeros());
    averageStep =
        Ema.node(tf, average.all(), weight -> norm.value(weights.get("kernel")), tf.constant(KEPT));
    session = Sessions.open(graph);
    WeightValues.initialise(session, weights);
    WeightValues.initialise(session, step.slots());
    WeightValues.initialise(session, average);
  }

  /** x again, [4, 3], after many products with the identity. */
  private Operand<TFloat32> detour(Ops tf) {
    int[] room = {0, 0, 0, WIDE - 3};
    Operand<TFloat32> wide =
        tf.pad(
            matrix(tf, X),
            tf.reshape(tf.constant(room), tf.constant(new int[] {2, 2})),
            tf.constant(0f));
    Operand<TFloat32> way = identity;
    for (int i = 0; i < DETOURS; i++) {
      way = tf.linalg.matMul(way, identity);
    }
    return tf.slice(
        tf.linalg.matMul(wide, way),
        tf.constant(new int[] {0, 0}),
        tf.constant(new int[] {X.length, 3}));
  }

  private static Operand<TFloat32> matrix(Ops tf, float[][] rows) {
    return tf.constant(rows);
  }

  /** One step and the average after it. */
  void run(int number) {
    float[] ones = new float[WIDE * WIDE];
    for (int i = 0; i < WIDE; i++) {
      ones[i * WIDE + i] = 1;
    }
    try (TFloat32 eye = Tensors.floats(Shape.of(WIDE, WIDE), ones)) {
      step.run(session, number - 1, Map.of(identity, eye));
    }
    session.runner().addTarget(averageStep).run().close();
  }

  /** Everything that a step changes, by name. */
  Map<String, float[]> values() {
    List<Weight> all = new ArrayList<>(weights.all());
    all.addAll(step.slots().all());
    all.addAll(average.all());
    return WeightValues.get(session, all);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
