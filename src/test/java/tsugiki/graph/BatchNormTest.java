package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What becomes of the statistics; the arithmetic on the map is {@link LayerConformanceTest}'s. */
class BatchNormTest {
  private static final int CHANNELS = 5;
  private static final float DECAY = 0.8f;

  @Test
  void batchStatisticsMoveTheRunningOnes() {
    try (LayerRun run = run(BatchNorm.Mode.BATCH)) {
      Map<String, Values> before = run.numbers();
      double[] means = ChannelLoops.means(run.inputs().get(0));
      double[] variances = ChannelLoops.variances(run.inputs().get(0));
      run.settle(1);
      Map<String, Values> after = run.numbers();
      assertThat(after).containsOnlyKeys("mean", "variance");
      assertEach(after, "mean", c -> DECAY * before.get("mean").at(c) + 0.2 * means[c]);
      assertEach(after, "variance", c -> DECAY * before.get("variance").at(c) + 0.2 * variances[c]);
    }
  }

  @Test
  void theImagesOwnStatisticsMoveTheRunningOnesByTheirMean() {
    try (LayerRun run = run(BatchNorm.Mode.IMAGE)) {
      Map<String, Values> before = run.numbers();
      Values x = run.inputs().get(0);
      double[] means = ChannelLoops.means(x);
      run.settle(1);
      Map<String, Values> after = run.numbers();
      assertThat(after).containsOnlyKeys("mean", "variance");
      assertEach(after, "mean", c -> DECAY * before.get("mean").at(c) + 0.2 * means[c]);
      assertEach(
          after,
          "variance",
          c -> DECAY * before.get("variance").at(c) + 0.2 * varianceWithinImages(x, c));
    }
  }

  private static double varianceWithinImages(Values x, int channel) {
    int[] s = x.shape();
    int pixels = s[1] * s[2];
    double variance = 0;
    for (int n = 0; n < s[0]; n++) {
      double sum = 0;
      double squares = 0;
      for (int p = 0; p < pixels; p++) {
        double value = x.at(n, p / s[2], p % s[2], channel);
        sum += value / pixels;
        squares += value * value / pixels;
      }
      variance += (squares - sum * sum) / s[0];
    }
    return variance;
  }

  @Test
  void accumulatedStatisticsAddUpAndLeaveTheRunningOnes() {
    try (LayerRun run = run(BatchNorm.Mode.ACCUMULATE)) {
      for (String name : List.of("mean_sum", "variance_sum")) {
        run.set(name, new float[CHANNELS]);
      }
      run.set("sum_count", new float[1]);
      Map<String, Values> before = run.numbers();
      double[] means = ChannelLoops.means(run.inputs().get(0));
      double[] variances = ChannelLoops.variances(run.inputs().get(0));
      run.settle(3);
      Map<String, Values> after = run.numbers();
      assertThat(after.get("mean").data()).isEqualTo(before.get("mean").data());
      assertThat(after.get("variance").data()).isEqualTo(before.get("variance").data());
      assertThat(after.get("sum_count").at()).isEqualTo(3);
      assertEach(after, "mean_sum", c -> 3 * means[c]);
      assertEach(after, "variance_sum", c -> 3 * variances[c]);
      float[] standing = BatchNorm.standing(after.get("mean_sum").floats(), 3);
      for (int c = 0; c < CHANNELS; c++) {
        assertThat((double) standing[c]).isCloseTo(means[c], Offset.offset(1e-6));
      }
    }
  }

  @Test
  void storedStatisticsStay() {
    try (LayerRun run = run(BatchNorm.Mode.STORED)) {
      assertThat(run.weights().all()).extracting(Weight::name).containsExactly("mean", "variance");
      assertThat(run.weights().trained()).isEmpty();
      Map<String, Values> before = run.numbers();
      run.settle(1);
      assertThat(run.numbers().get("mean").data()).isEqualTo(before.get("mean").data());
    }
  }

  private static LayerRun run(BatchNorm.Mode mode) {
    LayerCase normalise =
        new LayerCase(
            "BatchNorm.normalise",
            mode.name(),
            List.of(new int[] {3, 4, 2, CHANNELS}),
            0,
            LayerCase.STEP,
            (tf, w, u, in) ->
                BatchNorm.normalise(tf, w, new BatchNorm.Settings(mode, 1e-2f, DECAY, u), in.get(0))
                    .apply(tf, in.get(0)),
            null);
    return new LayerRun(normalise, 3, name -> true);
  }

  private static void assertEach(
      Map<String, Values> actual, String name, IntToDoubleFunction expected) {
    for (int c = 0; c < CHANNELS; c++) {
      assertThat(actual.get(name).at(c))
          .as("%s of channel %d", name, c)
          .isCloseTo(expected.applyAsDouble(c), Offset.offset(1e-6));
    }
  }
}
