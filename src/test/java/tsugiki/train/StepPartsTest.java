package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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
import tsugiki.graph.Tensors;
import tsugiki.graph.Weights;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/**
 * Steps of three parts of two numbers x each, with the loss mean((w·n(x) − 1)²): n is x itself or x
 * − mean(x), the normalisation of a layer without stored statistics.
 */
class StepPartsTest {
  private static final float[] X = {1, 2, 3, 5, 8, 13};
  private static final float RATE = 0.01f;

  private final Graph graph = new Graph();
  private final Ops tf = GraphScope.ops(graph);
  private final StepInputs inputs = new StepInputs(tf, 5);
  private final Weights weights = Weights.create(0);
  private final PendingUpdates updates = new PendingUpdates();
  private final Placeholder<TFloat32> x =
      tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
  private Session session;

  @AfterEach
  void close() {
    session.close();
    graph.close();
  }

  private Step step(boolean normalised, int parts) {
    Operand<TFloat32> w = weights.trained(tf, "w", Shape.scalar(), Initializer.ones());
    Operand<TFloat32> runs = weights.untrained(tf, "runs", Shape.scalar(), Initializer.zeros());
    updates.add(weights.get("runs").variable(), tf.math.add(runs, tf.constant(1f)));
    Operand<TFloat32> n = normalised ? tf.math.sub(x, Reduce.mean(tf, x)) : x;
    Operand<TFloat32> error = tf.math.sub(tf.math.mul(w, n), tf.constant(1f));
    Step step =
        new StepBuilder(inputs, new LossSum(tf, "loss").add(Reduce.mean(tf, tf.math.square(error))))
            .measure("random", inputs.random().normal(tf, "drawn", Shape.scalar()))
            .group(weights.trained(), Adam.standard(), Schedule.constant(RATE))
            .updates(updates)
            .parts(parts)
            .build(tf);
    session = Sessions.open(graph);
    WeightValues.initialise(session, weights, step.slots());
    return step;
  }

  private Step.Batch batch(int from, int to) {
    return new Step.Batch(
        Map.of(x, Tensors.floats(Shape.of(to - from), Arrays.copyOfRange(X, from, to))));
  }

  private double value(Step step, String name) {
    return name.equals("m")
        ? WeightValues.get(session, step.slots().get("adam/m/w"))[0]
        : WeightValues.get(session, weights.get(name))[0];
  }

  /** The gradient of the loss of a part at w. */
  private static double gradient(double w, boolean normalised, double... x) {
    double mean = normalised ? DoubleStream.of(x).average().orElseThrow() : 0;
    return DoubleStream.of(x).map(v -> 2 * (w * (v - mean) - 1) * (v - mean)).average().orElse(0);
  }

  @Test
  void withoutANormalisationOverTheBatchItIsTheStepOfTheWholeBatch() {
    Step parts = step(false, 3);
    Map<String, Double> measured = parts.run(session, 0, part -> batch(2 * part, 2 * part + 2));
    assertThat(value(parts, "m"))
        .isCloseTo(0.1 * gradient(1, false, 1, 2, 3, 5, 8, 13), within(1e-5));
    double loss =
        DoubleStream.of(1, 2, 3, 5, 8, 13).map(v -> (v - 1) * (v - 1)).average().orElse(0);
    assertThat(measured.get("loss")).isCloseTo(loss, within(1e-5));
    assertThat(value(parts, "w")).isCloseTo(1 - RATE, within(1e-6));
  }

  @Test
  void eachPartNormalisesByItself() {
    Step parts = step(true, 3);
    double w = 1;
    double m = 0;
    for (int i = 0; i < 2; i++) {
      parts.run(session, i, part -> batch(2 * part, 2 * part + 2));
      double mean =
          (gradient(w, true, 1, 2) + gradient(w, true, 3, 5) + gradient(w, true, 8, 13)) / 3;
      m = 0.9 * m + 0.1 * mean;
      assertThat(value(parts, "m")).isCloseTo(m, within(1e-5));
      assertThat(m).isNotCloseTo(0.1 * gradient(w, true, 1, 2, 3, 5, 8, 13), within(1e-2));
      w = value(parts, "w");
    }
    assertThat(w).isNotEqualTo(1);
  }

  @Test
  void everyPartAssignsStatisticsAndDrawsItsOwnRandomNumbers() {
    Step parts = step(false, 3);
    double mean = parts.run(session, 4, part -> batch(0, 2)).get("random");
    assertThat(value(parts, "runs")).isEqualTo(3);
    assertThat(mean)
        .isNotCloseTo(parts.trace(session, 4, Map.of(), "random").get("random")[0], within(1e-3));
    // A step that was broken off leaves nothing behind.
    double w = value(parts, "w");
    assertThatThrownBy(
            () ->
                parts.run(
                    session,
                    5,
                    part -> {
                      if (part == 1) {
                        throw new IllegalStateException("killed");
                      }
                      return batch(4, 6);
                    }))
        .hasMessage("killed");
    assertThat(value(parts, "w")).isEqualTo(w);
    double m = value(parts, "m");
    parts.run(session, 5, part -> batch(0, 2));
    assertThat(value(parts, "m")).isCloseTo(0.9 * m + 0.1 * gradient(w, false, 1, 2), within(1e-5));
  }

  @Test
  void aBatchForAStepOfPartsIsRefused() {
    Step parts = step(false, 2);
    try (Step.Batch batch = batch(0, 2)) {
      assertThatThrownBy(() -> parts.run(session, 0, batch.tensors()))
          .hasMessageContaining("has 2 parts");
    }
    List<Double> losses =
        List.of(
            parts.run(session, 0, part -> batch(0, 2)).get("loss"),
            parts.run(session, 1, part -> batch(0, 2)).get("loss"));
    assertThat(losses.get(1)).isLessThan(losses.get(0));
  }
}
