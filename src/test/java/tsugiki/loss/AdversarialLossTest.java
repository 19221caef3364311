package tsugiki.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Gradients;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;
import tsugiki.runtime.Sessions;

/** Values and gradients of every loss by name, against arithmetic in double precision. */
class AdversarialLossTest {
  private static final float[] REAL = {0.5f, -2, 1.5f, 30};
  private static final float[] FAKE = {-0.25f, 3, -1.5f, -40};
  private static final double STEP = 1e-4;

  @ParameterizedTest
  @EnumSource(GanLoss.class)
  void valuesAreTheMeansOfTheFormulas(GanLoss loss) {
    assertThat((double) run(loss, Wanted.DISCRIMINATOR)[0])
        .isCloseTo(mean(REAL, real(loss)) + mean(FAKE, fake(loss)), within(2e-6));
    assertThat((double) run(loss, Wanted.GENERATOR)[0])
        .isCloseTo(mean(FAKE, generator(loss)), within(2e-6));
  }

  @ParameterizedTest
  @EnumSource(GanLoss.class)
  void gradientsAreTheSlopesOfTheFormulas(GanLoss loss) {
    assertSlopes(run(loss, Wanted.BY_REAL), REAL, real(loss));
    assertSlopes(run(loss, Wanted.BY_FAKE), FAKE, fake(loss));
    assertSlopes(run(loss, Wanted.GENERATOR_BY_FAKE), FAKE, generator(loss));
  }

  @Test
  void theCommandLineSpellsThem() {
    assertThat(GanLoss.values())
        .extracting(GanLoss::toString)
        .containsExactly("hinge", "non-saturating", "wasserstein-gp");
    assertThat(GanLoss.values())
        .filteredOn(GanLoss::penalised)
        .containsExactly(GanLoss.WASSERSTEIN_GP);
  }

  private static DoubleUnaryOperator real(GanLoss loss) {
    return switch (loss) {
      case HINGE -> d -> Math.max(0, 1 - d);
      case NON_SATURATING -> d -> Math.log1p(Math.exp(-d));
      case WASSERSTEIN_GP -> d -> -d;
    };
  }

  private static DoubleUnaryOperator fake(GanLoss loss) {
    return switch (loss) {
      case HINGE -> d -> Math.max(0, 1 + d);
      case NON_SATURATING -> d -> Math.log1p(Math.exp(d));
      case WASSERSTEIN_GP -> d -> d;
    };
  }

  private static DoubleUnaryOperator generator(GanLoss loss) {
    return loss == GanLoss.NON_SATURATING ? d -> Math.log1p(Math.exp(-d)) : d -> -d;
  }

  private static double mean(float[] scores, DoubleUnaryOperator term) {
    double sum = 0;
    for (float score : scores) {
      sum += term.applyAsDouble(score) / scores.length;
    }
    return sum;
  }

  private static void assertSlopes(float[] got, float[] scores, DoubleUnaryOperator term) {
    float[] expected = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      double rise = term.applyAsDouble(scores[i] + STEP) - term.applyAsDouble(scores[i] - STEP);
      expected[i] = (float) (rise / (2 * STEP) / scores.length);
    }
    assertThat(got).containsExactly(expected, Offset.offset(1e-5f));
  }

  private enum Wanted {
    DISCRIMINATOR,
    GENERATOR,
    BY_REAL,
    BY_FAKE,
    GENERATOR_BY_FAKE
  }

  private static float[] run(GanLoss loss, Wanted wanted) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Operand<TFloat32> real = tf.reshape(tf.constant(REAL), tf.constant(Shape.of(4, 1)));
      Operand<TFloat32> fake = tf.reshape(tf.constant(FAKE), tf.constant(Shape.of(2, 2)));
      Operand<TFloat32> discriminator = AdversarialLoss.discriminator(tf, loss, real, fake);
      Operand<TFloat32> generator = AdversarialLoss.generator(tf, loss, fake);
      Operand<TFloat32> output =
          switch (wanted) {
            case DISCRIMINATOR -> discriminator;
            case GENERATOR -> generator;
            case BY_REAL -> Gradients.of(tf, discriminator, List.of(real)).get(0);
            case BY_FAKE -> Gradients.of(tf, discriminator, List.of(fake)).get(0);
            case GENERATOR_BY_FAKE -> Gradients.of(tf, generator, List.of(fake)).get(0);
          };
      try (Result result = session.runner().fetch(output).run()) {
        return Tensors.toFloats((TFloat32) result.get(0));
      }
    }
  }
}
