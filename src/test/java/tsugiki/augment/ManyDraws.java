package tsugiki.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.augment.AdaptiveDraws.Normal;
import tsugiki.augment.AdaptiveDraws.Uniform;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Randomness;
import tsugiki.graph.Tensors;
import tsugiki.runtime.Sessions;

/**
 * What ADA's pipeline draws for many images.
 *
 * @param p the probability of one transformation
 * @param images how many
 * @param numbers by {@link Uniform}; then, as their gates let them pass, both turns and the hue
 *     from −1 to 1, and {@link #STRENGTHS} of deviation 1
 */
record ManyDraws(double p, int images, List<float[]> numbers) {
  private static final int TURNS = Uniform.values().length;
  private static final int HUE = TURNS + 2;

  /**
   * A strength of a normal distribution.
   *
   * @param deviation σ: of the logarithm to base 2 of scales, contrast and saturation; of shifts
   *     over the side; of brightness as it is
   */
  record Strength(Uniform gate, Normal number, double deviation) {}

  /** All of them, with the deviations of Karras et al. (2020), appendix B. */
  static final List<Strength> STRENGTHS =
      List.of(
          new Strength(Uniform.SCALE_GATE, Normal.SCALE, 0.2),
          new Strength(Uniform.STRETCH_GATE, Normal.STRETCH, 0.2),
          new Strength(Uniform.FRACTION_GATE, Normal.FRACTION_X, 0.125),
          new Strength(Uniform.FRACTION_GATE, Normal.FRACTION_Y, 0.125),
          new Strength(Uniform.BRIGHTNESS_GATE, Normal.BRIGHTNESS, 0.2),
          new Strength(Uniform.CONTRAST_GATE, Normal.CONTRAST, 0.5),
          new Strength(Uniform.SATURATION_GATE, Normal.SATURATION, 1));

  /** Draws all of them. */
  static ManyDraws of(double p, int images) {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Randomness random = new Randomness(tf, 1);
      AdaptiveDraws draws = new AdaptiveDraws(tf, random, images, tf.constant((float) p), "p");
      List<Operand<TFloat32>> wanted = new ArrayList<>();
      for (Uniform number : Uniform.values()) {
        wanted.add(draws.of(number));
      }
      wanted.add(draws.gatedTurn(Uniform.FIRST_TURN_GATE, signed(tf, draws, Uniform.FIRST_TURN)));
      wanted.add(draws.gatedTurn(Uniform.SECOND_TURN_GATE, signed(tf, draws, Uniform.SECOND_TURN)));
      wanted.add(draws.gated(Uniform.HUE_GATE, signed(tf, draws, Uniform.HUE), 0));
      for (Strength strength : STRENGTHS) {
        wanted.add(draws.gated(strength.gate(), draws.of(strength.number()), 0));
      }
      return new ManyDraws(p, images, run(graph, random, wanted));
    }
  }

  /** From −1 to 1. */
  private static Operand<TFloat32> signed(Ops tf, AdaptiveDraws draws, Uniform number) {
    return tf.math.sub(tf.math.mul(draws.of(number), tf.constant(2f)), tf.constant(1f));
  }

  private static List<float[]> run(Graph graph, Randomness random, List<Operand<TFloat32>> wanted) {
    try (Session session = Sessions.open(graph);
        TInt64 key = TInt64.scalarOf(7)) {
      Session.Runner runner = session.runner().feed(random.step(), key);
      wanted.forEach(runner::fetch);
      try (Result result = runner.run()) {
        return IntStream.range(0, wanted.size())
            .mapToObj(i -> Tensors.toFloats((TFloat32) result.get(i)))
            .toList();
      }
    }
  }

  /** A number of an image, whatever its gate does. */
  float number(Uniform which, int image) {
    return numbers.get(which.ordinal())[image];
  }

  /** Whole numbers below a count, 0 where the gate stays shut. */
  int[] of(Uniform gate, Uniform which, int count) {
    return IntStream.range(0, images)
        .map(i -> number(gate, i) < p ? (int) (number(which, i) * count) : 0)
        .toArray();
  }

  /** Of both turns together, in radians. */
  double[] angles() {
    float[] second = numbers.get(TURNS + 1);
    return IntStream.range(0, images)
        .mapToDouble(i -> Math.PI * (numbers.get(TURNS)[i] + second[i]))
        .toArray();
  }

  /** Of the hue, in radians. */
  double[] hues() {
    return IntStream.range(0, images).mapToDouble(i -> Math.PI * numbers.get(HUE)[i]).toArray();
  }

  /** Of a normal distribution, 0 where the gate stays shut. */
  double[] of(Strength strength) {
    float[] values = numbers.get(HUE + 1 + STRENGTHS.indexOf(strength));
    return IntStream.range(0, images).mapToDouble(i -> strength.deviation() * values[i]).toArray();
  }
}
