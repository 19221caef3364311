package tsugiki.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tsugiki.BadInputException;
import tsugiki.graph.Weight;
import tsugiki.graph.WeightValues;
import tsugiki.model.FeatureNetwork;

class FeatureGraphTest {
  private static final int SIDE = 32;
  private static final int BATCH = 32;
  private static final int STEPS = 50;
  private static final FeatureOptions OPTIONS =
      new FeatureOptions(
          new FeatureNetwork.Architecture(List.of(8, 16, 32), List.of(1, 1), 3),
          SIDE,
          BATCH,
          STEPS,
          5e-3f,
          0.1f,
          0.5f,
          1);

  @Test
  void learnsColoursAndWhichSideIsUp() {
    try (FeatureGraph graph = new FeatureGraph(OPTIONS)) {
      SplittableRandom random = new SplittableRandom(7);
      double first = 0;
      double last = 0;
      for (int step = 0; step < STEPS; step++) {
        long[] labels = random.longs(BATCH, 0, 3).toArray();
        Map<String, Double> measured = graph.step(step, images(random, labels), labels);
        first += step < 5 ? measured.get("loss") / 5 : 0;
        last += step >= STEPS - 5 ? measured.get("loss") / 5 : 0;
      }
      long[] labels = random.longs(130, 0, 3).toArray();
      FeatureEvaluation.Accuracy accuracy = graph.accuracy(images(random, labels), labels);

      assertThat(last).isLessThan(0.6 * first);
      assertThat(accuracy.classes()).isGreaterThan(0.9);
      assertThat(accuracy.turns()).isGreaterThan(0.8);
      assertThat(graph.accuracy(images(random, labels), shifted(labels)).classes()).isLessThan(0.1);
    }
  }

  @Test
  void theSameSeedTakesTheSameSteps() {
    assertThat(afterTwoSteps()).isEqualTo(afterTwoSteps());
  }

  private static float[] afterTwoSteps() {
    try (FeatureGraph graph = new FeatureGraph(OPTIONS)) {
      SplittableRandom random = new SplittableRandom(7);
      long[] labels = random.longs(BATCH, 0, 3).toArray();
      byte[] images = images(random, labels);
      graph.step(0, images, labels);
      graph.step(1, images, labels);
      Weight kernel = graph.weights().get("block_0/conv_1/kernel");
      return WeightValues.get(graph.session(), kernel);
    }
  }

  @Test
  void statisticsMoveAndTheOptimiserHasMomentsOfAllThatTrains() {
    try (FeatureGraph graph = new FeatureGraph(OPTIONS)) {
      long trained = graph.weights().trained().size();
      assertThat(graph.state()).hasSize((int) (graph.weights().all().size() + 2 * trained));
      Weight mean = graph.weights().get("norm/mean");
      assertThat(mean.trained()).isFalse();

      graph.step(0, images(new SplittableRandom(1), new long[BATCH]), new long[BATCH]);

      assertThat(WeightValues.get(graph.session(), mean)).doesNotContain(0f);
    }
  }

  @Test
  void theRateRisesAndFallsToZero() {
    FeatureOptions options = FeatureOptions.standard(40, 64, 1000, 0);
    assertThat(options.rate(0)).isCloseTo(2e-3f / 50, within(1e-7f));
    assertThat(options.rate(49)).isCloseTo(2e-3f, within(1e-7f));
    assertThat(options.rate(524)).isCloseTo(1e-3f, within(1e-7f));
    assertThat(options.rate(999)).isZero();
    assertThat(options.turned()).isEqualTo(4);
  }

  @Test
  void aBatchOfWhichNoSixteenthCanBeTakenIsRefused() {
    assertThatThrownBy(
            () -> new FeatureOptions(OPTIONS.architecture(), SIDE, 24, STEPS, 1e-3f, 0, 0.5f, 0))
        .isInstanceOf(BadInputException.class)
        .hasMessage("--batch is 24; give a multiple of 16");
  }

  /** Noise with a tint of the class, bright above and dark below. */
  private static byte[] images(SplittableRandom random, long[] labels) {
    byte[] pixels = new byte[labels.length * SIDE * SIDE * 3];
    for (int i = 0; i < pixels.length; i++) {
      int channel = i % 3;
      int row = i / (3 * SIDE) % SIDE;
      int image = i / (3 * SIDE * SIDE);
      int level = row < SIDE / 2 ? 150 : 60;
      int colour = channel == labels[image] ? 50 : 0;
      pixels[i] = (byte) (level + colour + random.nextInt(40));
    }
    return pixels;
  }

  private static long[] shifted(long[] labels) {
    return Arrays.stream(labels).map(label -> (label + 1) % 3).toArray();
  }
}
