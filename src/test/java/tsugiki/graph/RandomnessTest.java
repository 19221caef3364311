package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.runtime.Sessions;

class RandomnessTest {
  @Test
  void theSameKeyGivesTheSameNumbersInAnotherProcessesGraph() {
    assertThat(normals(3, 8, "z")).isEqualTo(normals(3, 8, "z"));
  }

  @Test
  void anotherSeedStepOrPurposeGivesOthers() {
    List<float[]> draws =
        List.of(normals(3, 8, "z"), normals(4, 8, "z"), normals(3, 9, "z"), normals(3, 8, "noise"));
    for (int i = 0; i < draws.size(); i++) {
      for (int j = 0; j < i; j++) {
        for (int k = 0; k < draws.get(i).length; k++) {
          assertThat(draws.get(i)[k]).isNotEqualTo(draws.get(j)[k]);
        }
      }
    }
  }

  @Test
  void normalDrawsHaveMeanZeroAndVarianceOne() {
    float[] draws = normals(1, 0, "z");
    Values values = Values.of(new int[] {draws.length, 1}, draws);
    assertThat(ChannelLoops.means(values)[0]).isBetween(-0.05, 0.05);
    assertThat(ChannelLoops.variances(values)[0]).isBetween(0.95, 1.05);
  }

  /** The variance of N(0, 1) cut at ±c is 1 − 2c·φ(c) / (2Φ(c) − 1). */
  @ParameterizedTest
  @CsvSource({"0.4, 0.0525", "1, 0.2911", "Infinity, 1"})
  void cutNormalDrawsStayWithinTheCutAndHaveItsVariance(double cut, double variance) {
    withRandomness(
        5,
        1,
        (tf, randomness) -> randomness.cutNormal(tf, "z", Shape.of(100, 200), cut),
        tensor -> {
          float[] draws = Tensors.toFloats((TFloat32) tensor);
          double squares = 0;
          double sum = 0;
          for (float draw : draws) {
            assertThat(Math.abs(draw)).isLessThanOrEqualTo((float) cut);
            squares += draw * draw / draws.length;
            sum += draw / draws.length;
          }
          assertThat(sum).isCloseTo(0, Offset.offset(0.04 * Math.sqrt(variance)));
          assertThat(squares).isCloseTo(variance, Percentage.withPercentage(5));
        });
  }

  @Test
  void uniformDrawsFillTheirRange() {
    List<Float> draws = new ArrayList<>();
    withRandomness(
        5,
        1,
        (tf, randomness) -> randomness.uniform(tf, "u", Shape.of(10_000)),
        tensor -> {
          for (float value : Tensors.toFloats((TFloat32) tensor)) {
            draws.add(value);
          }
        });
    assertThat(draws).allMatch(value -> value >= 0 && value < 1);
    assertThat(draws).anyMatch(value -> value < 0.01).anyMatch(value -> value > 0.99);
  }

  @Test
  void integersFallBelowTheirBoundAndHitEveryNumber() {
    List<Long> draws = new ArrayList<>();
    withRandomness(
        5,
        1,
        (tf, randomness) -> randomness.integers(tf, "i", Shape.of(1_000), 7),
        tensor -> ((TInt64) tensor).scalars().forEach(scalar -> draws.add(scalar.getLong())));
    assertThat(draws).hasSize(1_000).containsOnly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void drawsFollowTheirShares() {
    long[] counts = new long[5];
    withRandomness(
        5,
        1,
        (tf, randomness) ->
            randomness.draws(tf, "d", Shape.of(10_000), new double[] {0, 0.7, 0, 0.3, 0}),
        tensor -> ((TInt64) tensor).scalars().forEach(scalar -> counts[(int) scalar.getLong()]++));
    assertThat(counts[1]).isBetween(6_800L, 7_200L);
    assertThat(counts[1] + counts[3]).isEqualTo(10_000);
  }

  private static float[] normals(long seed, long step, String purpose) {
    List<float[]> draws = new ArrayList<>();
    withRandomness(
        seed,
        step,
        (tf, randomness) -> randomness.normal(tf, purpose, Shape.of(10_000)),
        tensor -> draws.add(Tensors.toFloats((TFloat32) tensor)));
    return draws.get(0);
  }

  private interface Draw {
    Operand<?> draw(Ops tf, Randomness randomness);
  }

  private interface Reader {
    void read(Tensor tensor);
  }

  private static void withRandomness(long seed, long step, Draw draw, Reader reader) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph);
        TInt64 stepTensor = TInt64.scalarOf(step)) {
      Ops tf = GraphScope.ops(graph);
      Randomness randomness = new Randomness(tf, seed);
      Operand<?> drawn = draw.draw(tf, randomness);
      try (Result result =
          session.runner().feed(randomness.step(), stepTensor).fetch(drawn).run()) {
        reader.read(result.get(0));
      }
    }
  }
}
