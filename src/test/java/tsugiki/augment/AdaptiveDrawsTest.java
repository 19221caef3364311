package tsugiki.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

/** How often ADA's transformations happen. */
class AdaptiveDrawsTest {
  private static final int IMAGES = 20_000;

  /**
   * Why quarter turns do not leak (Karras et al. 2020, appendix C): what the discriminator sees is
   * the distribution of images convolved with that of the turns, whose Fourier coefficients are 1
   * and three times 1 − p. As long as none is 0, one distribution of images alone gives it.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.8, 1})
  void theDistributionOfTurnsCanBeUndoneBelowAProbabilityOf1(double p) {
    double[] shares = new double[4];
    float[] turns = values((float) p, Uniform.QUARTER_GATE, Uniform.QUARTERS, 4);
    for (float turn : turns) {
      shares[(int) turn] += 1.0 / IMAGES;
    }
    assertThat(shares[0]).isCloseTo(1 - p + p / 4, within(0.015));
    for (int frequency = 1; frequency < 4; frequency++) {
      double real = 0;
      double imaginary = 0;
      for (int turn = 0; turn < 4; turn++) {
        real += shares[turn] * Math.cos(Math.PI / 2 * frequency * turn);
        imaginary += shares[turn] * Math.sin(Math.PI / 2 * frequency * turn);
      }
      assertThat(Math.hypot(real, imaginary)).isCloseTo(1 - p, within(0.03));
    }
  }

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

  private static float[] values(float p, Uniform gate, Uniform number, int count) {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Randomness random = new Randomness(tf, 1);
      AdaptiveDraws draws = new AdaptiveDraws(tf, random, IMAGES, tf.constant(p), "p");
      Operand<TFloat32> whole =
          tf.math.floor(tf.math.mul(draws.of(number), tf.constant((float) count)));
      return run(graph, random, draws.gated(gate, whole, 0)).get(0);
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
