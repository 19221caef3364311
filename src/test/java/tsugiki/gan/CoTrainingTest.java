package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.Gradients;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Kernels;
import tsugiki.graph.Reduce;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weights;
import tsugiki.model.DiscriminatorHeads;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/** The class head on four rows of features, the second and the last of unknown class. */
class CoTrainingTest {
  private static final int CLASSES = 3;
  private static final int WIDTH = 2;
  private static final float[] HIDDEN = {1, 2, -1, 0.5f, 0.3f, -2, 2, 1};
  private static final long[] LABELS = {0, -1, 2, -1};
  private static final Offset<Double> CLOSE = within(1e-5);

  private final Graph graph = new Graph();
  private final Ops tf = GraphScope.ops(graph);
  private final Weights weights = Weights.create(3).in("discriminator");
  private final DiscriminatorHeads heads = new DiscriminatorHeads(weights, Kernels.PLAIN);
  private final Operand<TFloat32> hidden =
      tf.constant(Shape.of(4, WIDTH), DataBuffers.of(HIDDEN.clone()));
  private final Operand<TInt64> labels = tf.constant(LABELS);

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void theLikeliestClassStandsInForAnUnknownOne() {
    List<float[]> got = run(List.of(logits(false), score(false)));
    assertThat(likeliest(got.get(0), 0)).as("the head errs on a known label").isNotEqualTo(0);
    double[][] rows = new double[4][CLASSES];
    for (int i = 0; i < 4; i++) {
      int label = LABELS[i] >= 0 ? (int) LABELS[i] : likeliest(got.get(0), i);
      rows[i][label] = 1;
    }
    assertScores(got.get(1), rows, values);
  }

  @Test
  void softlyItIsTheMeanVectorUnderTheHeadsProbabilities() {
    List<float[]> got = run(List.of(logits(true), score(true)));
    double[][] rows = new double[4][CLASSES];
    for (int i = 0; i < 4; i++) {
      for (int c = 0; c < CLASSES; c++) {
        rows[i][c] = LABELS[i] >= 0 ? (LABELS[i] == c ? 1 : 0) : probability(got.get(0), i, c);
      }
    }
    assertScores(got.get(1), rows, values);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noGradientOfTheGameReachesTheClassHead(boolean soft) {
    Operand<TFloat32> game = Reduce.mean(tf, score(soft));
    List<Operand<TFloat32>> head = List.of(weights.get("class_head/kernel").variable());
    assertThatThrownBy(() -> Gradients.of(tf, game, head)).hasMessageContaining("does not depend");
    assertThat(Gradients.of(tf, game, List.of(weights.get("head/embedding/table").variable())))
        .hasSize(1);
  }

  @Test
  void theLossIsTheMeanOverKnownLabelsAndSoIsItsGradient() {
    Operand<TFloat32> logits = logits(false);
    Operand<TFloat32> loss = task(false).loss(tf, logits, labels);
    List<float[]> got = run(List.of(logits, loss, Gradients.of(tf, loss, List.of(logits)).get(0)));
    double expected =
        -(Math.log(probability(got.get(0), 0, 0)) + Math.log(probability(got.get(0), 2, 2))) / 2;
    assertThat((double) got.get(1)[0]).isCloseTo(expected, CLOSE);
    for (int i = 0; i < 4; i++) {
      for (int c = 0; c < CLASSES; c++) {
        double gradient =
            LABELS[i] < 0 ? 0 : (probability(got.get(0), i, c) - (LABELS[i] == c ? 1 : 0)) / 2;
        assertThat((double) got.get(2)[i * CLASSES + c]).isCloseTo(gradient, CLOSE);
      }
    }
  }

  @Test
  void aBatchWithoutAnyKnownLabelCostsNothing() {
    Operand<TFloat32> loss =
        task(false).loss(tf, logits(false), tf.constant(new long[] {-1, -1, -1, -1}));
    assertThat(run(List.of(loss)).get(0)).containsExactly(0);
  }

  private CoTraining task(boolean soft) {
    return new CoTraining(heads, CLASSES, soft);
  }

  private Operand<TFloat32> logits(boolean soft) {
    return task(soft).logits(tf, hidden);
  }

  private Operand<TFloat32> score(boolean soft) {
    return heads.score(tf, hidden, task(soft).completed(tf, logits(soft), labels));
  }

  /** ψ(h) + Σ_c p_c ⟨e_c, h⟩. */
  private static void assertScores(float[] scores, double[][] rows, Map<String, float[]> values) {
    float[] kernel = values.get("discriminator/head/linear/kernel");
    float[] table = values.get("discriminator/head/embedding/table");
    for (int i = 0; i < 4; i++) {
      double expected = values.get("discriminator/head/linear/bias")[0];
      for (int j = 0; j < WIDTH; j++) {
        double h = HIDDEN[i * WIDTH + j];
        expected += kernel[j] * h;
        for (int c = 0; c < CLASSES; c++) {
          expected += rows[i][c] * table[c * WIDTH + j] * h;
        }
      }
      assertThat((double) scores[i]).isCloseTo(expected, CLOSE);
    }
  }

  private static int likeliest(float[] logits, int row) {
    int best = 0;
    for (int c = 1; c < CLASSES; c++) {
      best = logits[row * CLASSES + c] > logits[row * CLASSES + best] ? c : best;
    }
    return best;
  }

  private static double probability(float[] logits, int row, int c) {
    double sum = 0;
    for (int k = 0; k < CLASSES; k++) {
      sum += Math.exp(logits[row * CLASSES + k]);
    }
    return Math.exp(logits[row * CLASSES + c]) / sum;
  }

  private Map<String, float[]> values;

  private List<float[]> run(List<Operand<TFloat32>> outputs) {
    try (Session session = Sessions.open(graph)) {
      WeightValues.initialise(session, weights);
      values = WeightValues.get(session, weights.all());
      Session.Runner runner = session.runner();
      outputs.forEach(runner::fetch);
      List<float[]> got = new ArrayList<>();
      try (Result result = runner.run()) {
        result.forEach(entry -> got.add(Tensors.toFloats((TFloat32) entry.getValue())));
      }
      return got;
    }
  }
}
