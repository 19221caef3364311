package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Initializer;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/** Steps on two numbers, a and b, with the loss 3a + 2·5b: their gradients are 3 and 10. */
class StepTest {
  /** w ← w − rate · gradient · update. */
  private record Descent() implements Optimiser {
    @Override
    public String name() {
      return "descent";
    }

    @Override
    public List<Op> apply(
        Ops tf,
        Weights slots,
        List<Weight> weights,
        List<Operand<TFloat32>> gradients,
        Operand<TFloat32> rate,
        Operand<TFloat32> update) {
      List<Op> nodes = new ArrayList<>();
      for (int i = 0; i < weights.size(); i++) {
        Operand<TFloat32> change = tf.math.mul(gradients.get(i), tf.math.mul(rate, update));
        nodes.add(tf.assignSub(weights.get(i).variable(), change));
      }
      return nodes;
    }
  }

  private final Graph graph = new Graph();
  private final Ops tf = GraphScope.ops(graph);
  private final StepInputs inputs = new StepInputs(tf, 5);
  private final Weights weights = Weights.create(0);
  private final Operand<TFloat32> a = weights.trained(tf, "a", Shape.scalar(), Initializer.ones());
  private final Operand<TFloat32> b = weights.trained(tf, "b", Shape.scalar(), Initializer.ones());
  private final LossSum loss =
      new LossSum(tf, "loss")
          .add("first", tf.math.mul(a, tf.constant(3f)))
          .add("second", tf.math.mul(b, tf.constant(5f)), 2);
  private Session session;

  @AfterEach
  void close() {
    session.close();
    graph.close();
  }

  private StepBuilder builder() {
    return new StepBuilder(inputs, loss);
  }

  private StepBuilder both(Schedule ofA, Schedule ofB) {
    return builder()
        .group(List.of(weights.get("a")), new Descent(), ofA)
        .group(List.of(weights.get("b")), new Descent(), ofB);
  }

  private Step open(Step step) {
    session = Sessions.open(graph);
    WeightValues.initialise(session, weights);
    WeightValues.initialise(session, step.slots());
    return step;
  }

  private double value(String name) {
    return WeightValues.get(session, weights.get(name))[0];
  }

  @Test
  void theSumAndItsTermsAreMeasuredBeforeAnythingChanges() {
    Step step =
        open(
            both(Schedule.constant(1), Schedule.constant(1))
                .measure("a", tf.math.neg(a))
                .build(tf));
    assertThat(step.run(session, 0, Map.of()))
        .containsExactly(
            Map.entry("loss", 13.0),
            Map.entry("first", 3.0),
            Map.entry("second", 5.0),
            Map.entry("a", -1.0));
    assertThat(value("a")).isEqualTo(-2);
  }

  @Test
  void everyGroupHasItsRateAndItsSchedule() {
    Step step = open(both(Schedule.constant(0.5f), Schedule.decayed(0.1f, 2, 0.5f)).build(tf));
    step.run(session, 0, Map.of());
    assertThat(value("a")).isEqualTo(1 - 0.5 * 3);
    assertThat(value("b")).isEqualTo(1 - 0.1 * 10, within(1e-6));
    // Step 2 is update 3, and the second group's rate has halved.
    step.run(session, 2, Map.of());
    assertThat(value("a")).isEqualTo(1 - 0.5 * 3 - 0.5 * 3 * 3);
    assertThat(value("b")).isEqualTo(1 - 0.1 * 10 - 0.05 * 10 * 3, within(1e-6));
  }

  @Test
  void whatIsInNoGroupStays() {
    Step step =
        open(
            builder()
                .group(List.of(weights.get("b")), new Descent(), Schedule.constant(1))
                .group(List.of(), Adam.standard(), Schedule.constant(1))
                .build(tf));
    step.run(session, 0, Map.of());
    assertThat(value("a")).isEqualTo(1);
    assertThat(value("b")).isEqualTo(-9);
  }

  @Test
  void anythingMayStandBetweenTheGradientsAndTheirApplication() {
    StepBuilder builder = both(Schedule.constant(1), Schedule.constant(1));
    StepGradients larger =
        builder.gradients(tf).each(gradient -> tf.math.mul(gradient, tf.constant(2.5f)));
    Step step = open(builder.apply(tf, larger));
    assertThat(step.trace(session, 0, Map.of(), "gradient/a", "gradient/b"))
        .containsEntry("gradient/a", new float[] {7.5f})
        .containsEntry("gradient/b", new float[] {25});
    step.run(session, 0, Map.of());
    assertThat(value("a")).isEqualTo(1 - 7.5);
    assertThat(value("b")).isEqualTo(1 - 25);
  }

  @Test
  void aTraceChangesNothing() {
    PendingUpdates pending = new PendingUpdates();
    var mean = weights.untrained(tf, "mean", Shape.scalar(), Initializer.zeros());
    pending.add(mean, tf.math.add(mean, tf.constant(1f)));
    Step step =
        open(
            both(Schedule.constant(1), Schedule.constant(1))
                .updates(pending)
                .trace("twice", tf.math.mul(a, tf.constant(2f)))
                .build(tf));
    Map<String, float[]> traced = step.trace(session, 0, Map.of());
    assertThat(traced)
        .containsOnlyKeys("loss", "first", "second", "twice", "gradient/a", "gradient/b");
    assertThat(traced.get("twice")).containsExactly(2);
    assertThat(value("a")).isEqualTo(1);
    assertThat(value("mean")).isZero();
    assertThatThrownBy(() -> step.trace(session, 0, Map.of(), "none"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none");

    step.run(session, 0, Map.of());
    assertThat(value("mean")).isEqualTo(1);
  }

  @Test
  void stepsThatTakeTurnsDrawByKeysOfTheirOwn() {
    Operand<TFloat32> drawn = inputs.random().normal(tf, "z", Shape.of(3));
    StepBuilder even = both(Schedule.constant(0), Schedule.constant(0)).trace("z", drawn);
    StepBuilder odd =
        both(Schedule.constant(0), Schedule.constant(0)).key(n -> 2 * n + 1).trace("z", drawn);
    Step first = even.key(n -> 2 * n).build(tf);
    Step second = open(odd.build(tf));
    assertThat(z(first, 1)).isNotEqualTo(z(second, 1)).isEqualTo(z(first, 1));
    assertThat(z(first, 1)).isNotEqualTo(z(first, 2));
  }

  private float[] z(Step step, long number) {
    return step.trace(session, number, Map.of(), "z").get("z");
  }

  @Test
  void theBatchIsFed() {
    Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    Step step =
        open(
            new StepBuilder(inputs, new LossSum(tf, "loss").add(tf.math.mul(a, x)))
                .group(List.of(weights.get("a")), Adam.standard(), Schedule.constant(0.25f))
                .build(tf));
    try (TFloat32 four = Tensors.floats(Shape.scalar(), 4)) {
      assertThat(step.run(session, 0, Map.of(x, four))).containsExactly(Map.entry("loss", 4.0));
    }
    // Adam's first step has the length of the rate.
    assertThat(value("a")).isEqualTo(0.75, within(1e-6));
    assertThat(step.slots().all()).extracting(Weight::name).containsExactly("adam/m/a", "adam/v/a");
  }

  @Test
  void aSumThatWasUsedIsComplete() {
    open(both(Schedule.constant(1), Schedule.constant(1)).build(tf));
    assertThatThrownBy(() -> loss.add("third", a)).isInstanceOf(IllegalStateException.class);
  }
}
