package tsugiki.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.Gradients;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;
import tsugiki.runtime.Sessions;

class CrossEntropyTest {
  private static final double[][] LOGITS = {{2, 0, -1}, {0.5, 0.5, 1}};
  private static final int[] LABELS = {0, 1};
  private static final float EPSILON = 0.3f;

  @Test
  void equalsTheSumOverSmoothedLabels() {
    double expected = 0;
    for (int row = 0; row < 2; row++) {
      for (int k = 0; k < 3; k++) {
        expected -= target(row, k) * Math.log(softmax(row, k)) / 2;
      }
    }
    assertThat((double) run((tf, x) -> CrossEntropy.smoothed(tf, x, labels(tf), EPSILON))[0])
        .isCloseTo(expected, within(1e-6));
  }

  @Test
  void itsGradientIsSoftmaxMinusTarget() {
    float[] expected = new float[6];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (float) ((softmax(i / 3, i % 3) - target(i / 3, i % 3)) / 2);
    }
    float[] got =
        run(
            (tf, x) ->
                Gradients.of(tf, CrossEntropy.smoothed(tf, x, labels(tf), EPSILON), List.of(x))
                    .get(0));
    assertThat(got).containsExactly(expected, Offset.offset(1e-6f));
  }

  @Test
  void withoutSmoothingOnlyTheLabelsScoreCounts() {
    double expected = -(Math.log(softmax(0, 0)) + Math.log(softmax(1, 1))) / 2;
    assertThat((double) run((tf, x) -> CrossEntropy.smoothed(tf, x, labels(tf), 0))[0])
        .isCloseTo(expected, within(1e-6));
  }

  @Test
  void accuracyIsTheShareOfRightRows() {
    assertThat(run((tf, x) -> CrossEntropy.accuracy(tf, x, labels(tf)))).containsExactly(0.5f);
  }

  @Test
  void rowsWithoutALabelCountForNothing() {
    assertThat((double) run((tf, x) -> CrossEntropy.ofKnown(tf, x, one(tf), 0))[0])
        .isCloseTo(-Math.log(softmax(1, 1)), within(1e-6));
    assertThat(run((tf, x) -> CrossEntropy.accuracyOfKnown(tf, x, one(tf)))).containsExactly(0);
    float[] gradient =
        run(
            (tf, x) ->
                Gradients.of(tf, CrossEntropy.ofKnown(tf, x, one(tf), EPSILON), List.of(x)).get(0));
    float[] expected = new float[6];
    for (int k = 0; k < 3; k++) {
      expected[3 + k] = (float) (softmax(1, k) - target(1, k));
    }
    assertThat(gradient).containsExactly(expected, Offset.offset(1e-6f));
  }

  @Test
  void withoutAnyLabelThereIsNoLoss() {
    Function<Ops, Operand<TInt64>> none = tf -> tf.constant(new long[] {-1, -1});
    assertThat(run((tf, x) -> CrossEntropy.ofKnown(tf, x, none.apply(tf), EPSILON)))
        .containsExactly(0);
    assertThat(run((tf, x) -> CrossEntropy.accuracyOfKnown(tf, x, none.apply(tf))))
        .containsExactly(0);
  }

  /** The first row has no label. */
  private static Operand<TInt64> one(Ops tf) {
    return tf.constant(new long[] {-1, LABELS[1]});
  }

  private static double softmax(int row, int k) {
    double sum = 0;
    for (double logit : LOGITS[row]) {
      sum += Math.exp(logit);
    }
    return Math.exp(LOGITS[row][k]) / sum;
  }

  private static double target(int row, int k) {
    return EPSILON / 3 + (LABELS[row] == k ? 1 - EPSILON : 0);
  }

  private static Operand<TInt64> labels(Ops tf) {
    return tf.constant(new long[] {LABELS[0], LABELS[1]});
  }

  private static float[] run(BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> build) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Operand<TFloat32> logits =
          tf.reshape(
              tf.constant(new float[] {2, 0, -1, 0.5f, 0.5f, 1}), tf.constant(Shape.of(2, 3)));
      try (Result result = session.runner().fetch(build.apply(tf, logits)).run()) {
        return Tensors.toFloats((TFloat32) result.get(0));
      }
    }
  }
}
