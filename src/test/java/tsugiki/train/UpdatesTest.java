package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.base.SameBits;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Initializer;
import tsugiki.graph.Reduce;
import tsugiki.graph.Weights;
import tsugiki.runtime.Optimised;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/** The order of a step: against arithmetic in double, and against itself. */
class UpdatesTest {
  private static final Offset<Double> ROUNDING = within(2e-5);

  /**
   * Two steps of {@link SmallStep}, whose running statistic reads the gain late: by a detour that
   * takes far longer than the gradients. An update that does not wait for it shows.
   */
  @Test
  void aStepIsTheOneComputedByHand() {
    try (SmallStep step = new SmallStep()) {
      HandComputedStep hand = new HandComputedStep(step.values());
      for (int number = 1; number <= 2; number++) {
        step.run(number);
        hand.run(number);
        Map<String, float[]> found = step.values();
        hand.values()
            .forEach(
                (name, expected) -> {
                  for (int i = 0; i < expected.length; i++) {
                    assertThat((double) found.get(name)[i])
                        .as("%s[%d]", name, i)
                        .isCloseTo(expected[i], ROUNDING);
                  }
                });
      }
    }
  }

  /**
   * Ungated updates give another result in nearly every run: a kernel is overwritten while read.
   */
  @Optimised
  @Test
  void fiveRunsOfTenStepsAreEqual() {
    List<float[]> first = tenSteps();
    for (int run = 1; run < 5; run++) {
      assertThat(tenSteps())
          .as("run %d", run)
          .usingRecursiveComparison(SameBits.comparison())
          .isEqualTo(first);
    }
  }

  private static List<float[]> tenSteps() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(3);
      StepInputs inputs = new StepInputs(tf, 0);
      Operand<TFloat32> x =
          tf.reshape(tf.constant(noise(32 * 200)), tf.constant(new int[] {32, 200}));
      for (int i = 0; i < 4; i++) {
        Operand<TFloat32> kernel =
            weights.trained(tf, "kernel_" + i, Shape.of(200, 200), Initializer.normal(0.07f));
        x = tf.math.tanh(tf.linalg.matMul(x, kernel));
      }
      Operand<TFloat32> loss = Reduce.mean(tf, tf.math.square(x));
      Step step =
          new StepBuilder(inputs, new LossSum(tf, "loss").add(loss))
              .group(weights.trained(), Adam.standard(), Schedule.constant(0.1f))
              .build(tf);
      try (Session session = Sessions.open(graph)) {
        WeightValues.initialise(session, weights);
        WeightValues.initialise(session, step.slots());
        for (int number = 0; number < 10; number++) {
          step.run(session, number, Map.of());
        }
        return new ArrayList<>(WeightValues.get(session, weights.trained()).values());
      }
    }
  }

  private static float[] noise(int count) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
