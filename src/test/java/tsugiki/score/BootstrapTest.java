package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tsugiki.base.BadInputException;
import tsugiki.features.Features;
import tsugiki.features.SampleFeatures;
import tsugiki.score.Bootstrap.Interval;

class BootstrapTest {
  private final Bootstrap bootstrap = new Bootstrap("bootstrap", 200, 3);
  private final Features real = SampleFeatures.normal(60, 6, 0, 1);
  private final Features fake = SampleFeatures.normal(50, 6, 0.3, 2);

  /** numpy.percentile(range(101), [2.5, 97.5]) and of (0, 1). */
  @Test
  void percentilesAreNumpys() {
    double[] values = IntStream.rangeClosed(0, 100).mapToDouble(i -> 100 - i).toArray();
    Interval hundred = Bootstrap.percentiles(values);
    assertThat(hundred.low()).isCloseTo(2.5, within(1e-12));
    assertThat(hundred.high()).isCloseTo(97.5, within(1e-12));
    Interval two = Bootstrap.percentiles(new double[] {1, 0});
    assertThat(two.low()).isCloseTo(0.025, within(1e-15));
    assertThat(two.high()).isCloseTo(0.975, within(1e-15));
    Interval moved = Bootstrap.centred(60, values);
    assertThat(moved.low()).isCloseTo(12.5, within(1e-12));
    assertThat(moved.high()).isCloseTo(107.5, within(1e-12));
    assertThat(Bootstrap.centred(10, values).low()).isZero();
  }

  @Test
  void theSeedDecidesTheDrawsAndTheSidesDiffer() {
    assertThat(bootstrap.rows(20, true)).isDeepEqualTo(bootstrap.rows(20, true));
    assertThat(Arrays.deepEquals(bootstrap.rows(20, true), bootstrap.rows(20, false))).isFalse();
    Bootstrap other = new Bootstrap("bootstrap", 200, 4);
    assertThat(Arrays.deepEquals(bootstrap.rows(20, true), other.rows(20, true))).isFalse();
    for (int[] weights : bootstrap.weights(20, true)) {
      assertThat(IntStream.of(weights).sum()).isEqualTo(20);
    }
  }

  /** The draws of KID from the sum over pairs of different images, written out. */
  @Test
  void kidLeavesOutPairsOfAnImageAndItsCopy() {
    Features few = SampleFeatures.normal(7, 3, 0, 1);
    Features others = SampleFeatures.normal(5, 3, 0.5, 2);
    int[][] left = bootstrap.rows(7, true);
    int[][] right = bootstrap.rows(5, false);
    double[] drawn = new double[left.length];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] =
          meanOfDifferent(few, left[i])
              + meanOfDifferent(others, right[i])
              - 2 * meanOfAll(few, left[i], others, right[i], BootstrapTest::cubic);
    }
    same(Kid.interval(few, others, bootstrap), Bootstrap.percentiles(drawn));
  }

  private static void same(Interval found, Interval expected) {
    assertThat(found.low()).isCloseTo(expected.low(), within(1e-7));
    assertThat(found.high()).isCloseTo(expected.high(), within(1e-7));
  }

  /** Both sides' own pairs and those across, of every draw, by the bandwidth of all real images. */
  @Test
  void kmmdDrawsBothSidesAnewAndKeepsTheBandwidth() {
    Features few = SampleFeatures.normal(7, 3, 0, 1);
    Features others = SampleFeatures.normal(5, 3, 1.5, 2);
    Kmmd.Result figure = Kmmd.of(few, others);
    Kernel kernel =
        (x, i, y, j) -> {
          double squares = 0;
          for (int k = 0; k < x.dimensions(); k++) {
            squares += Math.pow(x.get(i, k) - y.get(j, k), 2);
          }
          return Math.exp(-squares / (2 * figure.scale()));
        };
    int[][] left = bootstrap.rows(7, true);
    int[][] right = bootstrap.rows(5, false);
    double[] drawn = new double[left.length];
    for (int i = 0; i < drawn.length; i++) {
      double mmd2 =
          meanOfAll(few, left[i], few, left[i], kernel)
              + meanOfAll(others, right[i], others, right[i], kernel)
              - 2 * meanOfAll(few, left[i], others, right[i], kernel);
      drawn[i] = Math.sqrt(Math.max(0, mmd2));
    }
    same(Kmmd.interval(few, others, figure, bootstrap), Bootstrap.centred(figure.value(), drawn));
  }

  /** In one dimension it is (μ₁ − μ₂)² + (σ₁ − σ₂)². */
  @Test
  void fidDrawsBothSidesAnew() {
    Bootstrap fewer = new Bootstrap("bootstrap", 40, 3);
    Features few = SampleFeatures.normal(7, 1, 0, 1);
    Features others = SampleFeatures.normal(5, 1, 1.5, 2);
    int[][] left = fewer.rows(7, true);
    int[][] right = fewer.rows(5, false);
    double[] drawn = new double[left.length];
    for (int i = 0; i < drawn.length; i++) {
      MeanDeviation real = values(few, left[i]);
      MeanDeviation generated = values(others, right[i]);
      // The covariances have N − 1 below the sum.
      double deviations =
          real.deviation() * Math.sqrt(7 / 6.0) - generated.deviation() * Math.sqrt(5 / 4.0);
      drawn[i] = Math.pow(real.mean() - generated.mean(), 2) + deviations * deviations;
    }
    FrechetDistance.Result figure = FrechetDistance.between(few, others);
    same(
        FrechetDistance.interval(few, others, figure, fewer),
        Bootstrap.centred(figure.value(), drawn));
  }

  private static MeanDeviation values(Features line, int[] rows) {
    return MeanDeviation.of(IntStream.of(rows).mapToDouble(row -> line.get(row, 0)).toArray());
  }

  /** Two splits of every draw, of three images and of four. */
  @Test
  void theInceptionScoreDrawsTheImagesAnewAndSplitsThemAsTheFigure() {
    float[] ofFirst = {.9f, .8f, .6f, .5f, .3f, .2f, .1f};
    float[][] rows = new float[7][];
    Arrays.setAll(rows, i -> new float[] {ofFirst[i], 1 - ofFirst[i]});
    Features probabilities = SampleFeatures.rows(rows);
    int[][] draws = bootstrap.rows(7, false);
    double[] drawn = new double[draws.length];
    for (int i = 0; i < drawn.length; i++) {
      double one = score(probabilities, Arrays.copyOfRange(draws[i], 0, 3));
      drawn[i] = (one + score(probabilities, Arrays.copyOfRange(draws[i], 3, 7))) / 2;
    }
    InceptionScore.Result figure = InceptionScore.inOrder(probabilities, 2);
    same(
        InceptionScore.interval(probabilities, figure, bootstrap),
        Bootstrap.centred(figure.mean(), drawn));
  }

  private static double score(Features probabilities, int[] rows) {
    double divergence = 0;
    for (int c = 0; c < probabilities.dimensions(); c++) {
      int at = c;
      double mean =
          IntStream.of(rows).mapToDouble(row -> probabilities.get(row, at)).average().orElse(0);
      for (int row : rows) {
        double p = probabilities.get(row, c);
        divergence += p * Math.log(p / mean) / rows.length;
      }
    }
    return Math.exp(divergence);
  }

  private interface Kernel {
    double of(Features left, int i, Features right, int j);
  }

  private static double meanOfDifferent(Features features, int[] rows) {
    double sum = 0;
    double pairs = 0;
    for (int i : rows) {
      for (int j : rows) {
        if (i != j) {
          sum += cubic(features, i, features, j);
          pairs++;
        }
      }
    }
    return sum / pairs;
  }

  private static double meanOfAll(
      Features left, int[] leftRows, Features right, int[] rightRows, Kernel kernel) {
    double sum = 0;
    for (int i : leftRows) {
      for (int j : rightRows) {
        sum += kernel.of(left, i, right, j);
      }
    }
    return sum / leftRows.length / rightRows.length;
  }

  private static double cubic(Features left, int i, Features right, int j) {
    double product = 0;
    for (int k = 0; k < left.dimensions(); k++) {
      product += (double) left.get(i, k) * right.get(j, k);
    }
    return Math.pow(product / left.dimensions() + 1, 3);
  }

  @Test
  void everyIntervalHoldsItsFigureAndHasAWidth() {
    holds(Kid.interval(real, fake, bootstrap), Kid.allSamples(real, fake).value());
    Kmmd.Result kmmd = Kmmd.of(real, fake);
    holds(Kmmd.interval(real, fake, kmmd, new double[] {1}, bootstrap), kmmd.value());
    FrechetDistance.Result fid = FrechetDistance.between(real, fake);
    Bootstrap few = new Bootstrap("bootstrap", 40, 1);
    holds(FrechetDistance.interval(real, fake, fid, few), fid.value());
    PrecisionRecall.Result prdc = PrecisionRecall.of(real, fake);
    var intervals = PrecisionRecall.intervals(real, fake, 3, bootstrap);
    holds(intervals.get("precision"), prdc.precision());
    holds(intervals.get("recall"), prdc.recall());
    holds(intervals.get("density"), prdc.density());
    holds(intervals.get("coverage"), prdc.coverage());
    Memorisation.Result copies = Memorisation.of(real, fake);
    holds(copies.interval(bootstrap), copies.share());
    Features probabilities =
        SampleFeatures.rows(new float[] {.9f, .1f}, new float[] {.2f, .8f}, new float[] {.5f, .5f});
    InceptionScore.Result score = InceptionScore.inOrder(probabilities, 1);
    holds(InceptionScore.interval(probabilities, score, bootstrap), score.mean());
  }

  private static void holds(Interval interval, double figure) {
    assertThat(figure).isBetween(interval.low(), interval.high());
    assertThat(interval.high()).isGreaterThan(interval.low());
  }

  /** The deviation of KID over fresh draws of both sides, against the width of the intervals. */
  @Test
  void theWidthOfKidIsThatOfFreshDraws() {
    double[] fresh = new double[100];
    for (int i = 0; i < fresh.length; i++) {
      Features left = SampleFeatures.normal(60, 6, 0, 100 + i);
      Features right = SampleFeatures.normal(50, 6, 0.3, 500 + i);
      fresh[i] = Kid.allSamples(left, right).value();
    }
    Interval interval = Kid.interval(real, fake, bootstrap);
    double deviation = MeanDeviation.of(fresh).deviation();
    assertThat((interval.high() - interval.low()) / (2 * 1.96 * deviation)).isBetween(0.5, 2.0);
  }

  @Test
  void refusesTooFewDraws() {
    assertThatThrownBy(() -> new Bootstrap("bootstrap", 39, 0))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("bootstrap is 39", "1000");
  }
}
