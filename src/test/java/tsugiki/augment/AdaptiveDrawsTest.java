package tsugiki.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.augment.AdaptiveDraws.Uniform;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Randomness;
import tsugiki.graph.Tensors;
import tsugiki.runtime.Sessions;

/** How often ADA's turns happen; the others are in LeakFreenessTest. */
class AdaptiveDrawsTest {
  private static final int IMAGES = 20_000;

  @Test
  void oneOfTheTwoTurnsHappensWithTheProbability() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Randomness random = new Randomness(tf, 1);
      AdaptiveDraws draws = new AdaptiveDraws(tf, random, IMAGES, tf.constant(0.6f), "p");
      Operand<TFloat32> one = tf.math.add(tf.zerosLike(draws.of(Uniform.HUE)), tf.constant(1f));
      List<float[]> turns =
          run(
              graph,
              random,
              draws.gatedTurn(Uniform.FIRST_TURN_GATE, one),
              draws.gatedTurn(Uniform.SECOND_TURN_GATE, one));
      int turned = 0;
      for (int i = 0; i < IMAGES; i++) {
        turned += turns.get(0)[i] + turns.get(1)[i] > 0 ? 1 : 0;
      }
      assertThat((double) turned / IMAGES).isCloseTo(0.6, within(0.015));
    }
  }

  @SafeVarargs
  private static List<float[]> run(Graph graph, Randomness random, Operand<TFloat32>... operands) {
    try (Session session = Sessions.open(graph);
        TInt64 key = TInt64.scalarOf(7)) {
      Session.Runner runner = session.runner().feed(random.step(), key);
      for (Operand<TFloat32> operand : operands) {
        runner.fetch(operand);
      }
      try (Result result = runner.run()) {
        return IntStream.range(0, operands.length)
            .mapToObj(i -> Tensors.toFloats((TFloat32) result.get(i)))
            .toList();
      }
    }
  }
}
