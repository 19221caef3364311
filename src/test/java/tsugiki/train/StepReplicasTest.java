package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Initializer;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Reduce;
import tsugiki.graph.Replicas;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weights;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/**
 * Steps on eight numbers x that replicas share, with the loss mean((w·(x − mean(x)) + e − 1)²),
 * whose mean is that of all eight and whose e are drawn per number.
 */
class StepReplicasTest {
  private static final float[] X = {1, 2, 3, 5, 8, 13, 21, 34};
  private static final float RATE = 0.01f;

  /** What a step made of w and of a moving mean of x, what it measured, and w's gradient. */
  private record Outcome(double w, double mean, Map<String, Double> measured, double gradient) {}

  private static Outcome step(int replicas) {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph, replicas);
      StepInputs inputs = new StepInputs(tf, 5);
      Placeholder<TFloat32> fed =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(X.length)));
      Operand<TFloat32> x = Replicas.rows(tf, fed);
      Weights weights = Weights.create(0);
      Operand<TFloat32> w = weights.trained(tf, "w", Shape.scalar(), Initializer.ones());
      Operand<TFloat32> mean = Replicas.mean(tf, Reduce.mean(tf, x));
      PendingUpdates updates = new PendingUpdates();
      updates.add(weights.untrained(tf, "mean", Shape.scalar(), Initializer.zeros()), mean);
      Operand<TFloat32> drawn =
          inputs.random().perImage().normal(tf, "drawn", Shape.of(X.length / replicas));
      Operand<TFloat32> y = tf.math.add(tf.math.mul(w, tf.math.sub(x, mean)), drawn);
      // Through the mean over replicas again, so that gradients pass it.
      Operand<TFloat32> level = Replicas.mean(tf, Reduce.mean(tf, tf.math.square(y)));
      LossSum loss = new LossSum(tf, "loss");
      loss.add(Reduce.mean(tf, tf.math.squaredDifference(y, tf.constant(1f)))).add("level", level);
      Step step =
          new StepBuilder(inputs, loss)
              .group(weights.trained(), Adam.standard(), Schedule.constant(RATE))
              .updates(updates)
              .build(tf);
      try (Session session = Sessions.open(graph, new Sessions.Settings(1, 1, false, replicas));
          Step.Batch batch = new Step.Batch(Map.of(fed, Tensors.floats(Shape.of(X.length), X)))) {
        WeightValues.initialise(session, weights, step.slots());
        double gradient =
            step.trace(session, 3, batch.tensors(), "gradient/w").get("gradient/w")[0];
        Map<String, Double> measured = step.run(session, 3, batch.tensors());
        return new Outcome(
            WeightValues.get(session, weights.get("w"))[0],
            WeightValues.get(session, weights.get("mean"))[0],
            measured,
            gradient);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void replicasTakeTheStepOfTheWholeBatch(int replicas) {
    Outcome whole = step(1);
    Outcome shared = step(replicas);
    assertThat(whole.mean())
        .isCloseTo(DoubleStream.of(1, 2, 3, 5, 8, 13, 21, 34).average().orElse(0), within(1e-5));
    assertThat(shared.mean()).isCloseTo(whole.mean(), within(1e-5));
    assertThat(shared.gradient()).isCloseTo(whole.gradient(), within(1e-5 * whole.gradient()));
    assertThat(shared.w()).isCloseTo(whole.w(), within(1e-6)).isNotEqualTo(1);
    whole
        .measured()
        .forEach(
            (name, value) ->
                assertThat(shared.measured().get(name)).as(name).isCloseTo(value, within(1e-4)));
  }

  @Test
  void aBatchThatTheyDoNotDivideIsRefused() {
    assertThatThrownBy(() -> step(3)).hasMessageContaining("3 replicas do not divide");
  }
}
