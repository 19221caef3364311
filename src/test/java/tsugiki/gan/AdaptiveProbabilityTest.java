package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.GraphScope;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weights;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.train.Updates;

/** ADA's probability under a discriminator whose scores are scripted. */
class AdaptiveProbabilityTest {
  /** Batches of 10 images and 400 images for the way from 0 to 1: a change of 0.1. */
  private static final AugmentationOptions OPTIONS =
      AugmentationOptions.defaults().withAdaThousands(0.4f);

  private static final float[] OVERFITTED = {3, 2, 0.1f, 7, 1, 1, 1, 1, 1, -1};
  private static final float[] AT_A_LOSS = {3, -2, 0.1f, -7, 1, -1, 1, -1, 1, -1};

  @Test
  void itRisesWhileRealImagesScoreAboveTheTargetAndFallsBelow() {
    assertThat(run(OVERFITTED, 12)).isEqualTo(List.of(0.1, 0.2, 0.3));
    assertThat(run(AT_A_LOSS, 12)).isEqualTo(List.of(0.0, 0.0, 0.0));
  }

  @Test
  void itFallsAgainToZeroAndNoFurther() {
    List<float[]> script = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      script.add(i < 8 ? OVERFITTED : AT_A_LOSS);
    }
    assertThat(run(script)).isEqualTo(List.of(0.1, 0.2, 0.1, 0.0, 0.0, 0.0));
  }

  @Test
  void theMeanOfFourBatchesDecides() {
    // Signs of 1 and of 0: the mean over four batches is 0.75 at three to one.
    float[] better = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    assertThat(run(List.of(better, better, AT_A_LOSS, better))).isEqualTo(List.of(0.1));
    assertThat(run(List.of(AT_A_LOSS, better, AT_A_LOSS, better))).isEqualTo(List.of(0.0));
  }

  private static List<Double> run(float[] scores, int batches) {
    List<float[]> script = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      script.add(scores);
    }
    return run(script);
  }

  /** The probability after every fourth batch, rounded to a tenth. */
  private static List<Double> run(List<float[]> script) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(0);
      Placeholder<TFloat32> scores =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(10)));
      AdaptiveProbability probability = new AdaptiveProbability(tf, weights, 10, OPTIONS);
      PendingUpdates updates = new PendingUpdates();
      probability.follow(tf, scores, updates);
      NoOp step = Updates.apply(tf, List.of(), updates, after -> List.of());
      WeightValues.initialise(session, weights);
      List<Double> found = new ArrayList<>();
      for (int i = 0; i < script.size(); i++) {
        try (TFloat32 feed = Tensors.floats(Shape.of(10), script.get(i))) {
          session.runner().feed(scores, feed).addTarget(step).run().close();
        }
        float p = WeightValues.get(session, weights.get("probability"))[0];
        if (i % AdaptiveProbability.BATCHES == AdaptiveProbability.BATCHES - 1) {
          found.add(Math.round(p * 10) / 10.0);
          assertThat((double) p).isCloseTo(found.get(found.size() - 1), Offset.offset(1e-6));
        }
      }
      return found;
    }
  }
}
