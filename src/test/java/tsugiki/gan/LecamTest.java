package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
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

class LecamTest {
  @Test
  void scoresAreHeldToTheMovingMeansOfTheOtherSide() {
    float[][] reals = {{1, 3}, {2, 0.5f}, {-1, 2}};
    float[][] fakes = {{-1, 0}, {1, -3}, {0.2f, 0.4f}};
    double meanOfReal = 0;
    double meanOfFake = 0;
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(0);
      Placeholder<TFloat32> real = scores(tf);
      Placeholder<TFloat32> fake = scores(tf);
      PendingUpdates updates = new PendingUpdates();
      Operand<TFloat32> term = new Lecam(tf, weights, 1).term(tf, real, fake, updates);
      NoOp step = Updates.apply(tf, List.of(term), updates, after -> List.of());
      WeightValues.initialise(session, weights);
      for (int i = 0; i < reals.length; i++) {
        double expected = 0;
        for (int k = 0; k < 2; k++) {
          expected += Math.pow(Math.max(0, reals[i][k] - meanOfFake), 2) / 2;
          expected += Math.pow(Math.max(0, meanOfReal - fakes[i][k]), 2) / 2;
        }
        double kept = Math.min(0.99, (i + 1.0) / (i + 10.0));
        meanOfReal = kept * meanOfReal + (1 - kept) * (reals[i][0] + reals[i][1]) / 2;
        meanOfFake = kept * meanOfFake + (1 - kept) * (fakes[i][0] + fakes[i][1]) / 2;
        try (TFloat32 ofReal = Tensors.floats(Shape.of(2), reals[i]);
            TFloat32 ofFake = Tensors.floats(Shape.of(2), fakes[i]);
            Result result =
                session
                    .runner()
                    .feed(real, ofReal)
                    .feed(fake, ofFake)
                    .fetch(term)
                    .addTarget(step)
                    .run()) {
          assertThat((double) Tensors.scalar(result.get(0))).isCloseTo(expected, within(1e-5));
        }
      }
      assertThat((double) WeightValues.get(session, weights.get("mean_real"))[0])
          .isCloseTo(meanOfReal, within(1e-5));
    }
  }

  private static Placeholder<TFloat32> scores(Ops tf) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(2)));
  }
}
