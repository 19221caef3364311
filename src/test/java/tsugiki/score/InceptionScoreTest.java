package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.base.BadInputException;
import tsugiki.features.Features;
import tsugiki.features.SampleFeatures;

class InceptionScoreTest {
  @Test
  void equalsPythonOnRealProbabilities() {
    Features probabilities = Golden.features("probabilities_200x20.npy");
    var expected = Golden.metrics();
    var ten = expected.required("inception_score_10_splits");
    InceptionScore.Result splits = InceptionScore.inOrder(probabilities, 10);
    assertThat(splits.mean()).isCloseTo(ten.required("mean").doubleValue(), withinPercentage(1e-5));
    assertThat(splits.deviation())
        .isCloseTo(ten.required("std").doubleValue(), withinPercentage(1e-5));
    InceptionScore.Result one = InceptionScore.inOrder(probabilities, 1);
    assertThat(one.mean())
        .isCloseTo(
            expected.required("inception_score_1_split").doubleValue(), withinPercentage(1e-5));
    assertThat(one.deviation()).isZero();
  }

  /** Rows (3/4, 1/4) and (1/4, 3/4), mean (1/2, 1/2): KL = 3/4 log 3/2 + 1/4 log 1/2. */
  @Test
  void equalsTheSumByHand() {
    Features probabilities =
        SampleFeatures.rows(new float[] {.75f, .25f}, new float[] {.25f, .75f});
    double expected = Math.exp(.75 * Math.log(1.5) + .25 * Math.log(.5));
    InceptionScore.Result score = InceptionScore.inOrder(probabilities, 1);
    assertThat(score.mean()).isCloseTo(expected, within(1e-14));
    assertThat(score.images()).isEqualTo(2);
    assertThat(score.classes()).isEqualTo(2);
  }

  /** Surely one class each, all classes alike: as many as there are classes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void certainImagesOfAllClassesReachTheNumberOfClasses(int perClass) {
    int classes = 7;
    float[][] rows = new float[perClass * classes][classes];
    for (int i = 0; i < rows.length; i++) {
      rows[i][i % classes] = 1;
    }
    Features probabilities = SampleFeatures.rows(rows);
    assertThat(InceptionScore.inOrder(probabilities, 1).mean()).isCloseTo(classes, within(1e-12));
    assertThat(InceptionScore.inOrder(probabilities, rows.length).mean())
        .isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void liesBetweenOneAndTheNumberOfClassesAndForgetsTheOrder(long seed) {
    Features probabilities = softmax(SampleFeatures.normal(60, 5, 0, seed), 1 + seed);
    InceptionScore.Result score = InceptionScore.inOrder(probabilities, 1);
    assertThat(score.mean()).isBetween(1.0, 5.0);
    assertThat(InceptionScore.inOrder(SampleFeatures.shuffled(probabilities, seed), 1).mean())
        .isCloseTo(score.mean(), within(1e-12));
    assertThat(InceptionScore.shuffled(probabilities, 1, seed).mean())
        .isCloseTo(score.mean(), within(1e-12));
  }

  private static Features softmax(Features logits, double sharpness) {
    float[] values = logits.toArray();
    for (int row = 0; row < logits.count(); row++) {
      double sum = 0;
      for (int c = 0; c < logits.dimensions(); c++) {
        sum += Math.exp(sharpness * logits.get(row, c));
      }
      for (int c = 0; c < logits.dimensions(); c++) {
        values[row * logits.dimensions() + c] =
            (float) (Math.exp(sharpness * logits.get(row, c)) / sum);
      }
    }
    return Features.of("softmax", values, logits.dimensions());
  }

  /** Sorted by class each split holds one class and scores 1; a shuffle brings the classes back. */
  @Test
  void shuffleMixesSortedFilesAndItsSeedRepeats() {
    float[][] rows = new float[40][2];
    for (int i = 0; i < rows.length; i++) {
      rows[i][i / 20] = 1;
    }
    Features sorted = SampleFeatures.rows(rows);
    assertThat(InceptionScore.inOrder(sorted, 2).mean()).isCloseTo(1, within(1e-12));
    InceptionScore.Result shuffled = InceptionScore.shuffled(sorted, 2, 3);
    assertThat(shuffled.mean()).isGreaterThan(1.5);
    assertThat(shuffled.protocol()).contains("seed 3");
    assertThat(InceptionScore.shuffled(sorted, 2, 3)).isEqualTo(shuffled);
  }

  /** Chunks of any length, as they come from a network; only the sums of a split are kept. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 256})
  void chunksGiveTheScoreOfAllRows(int chunk) {
    Features all = softmax(SampleFeatures.normal(101, 6, 0, 4), 2);
    InceptionScoreSums inOrder = InceptionScoreSums.inOrder("softmax", 101, 10);
    InceptionScoreSums shuffled = InceptionScoreSums.shuffled("softmax", 101, 10, 3);
    for (int from = 0; from < 101; from += chunk) {
      Features some = SampleFeatures.slice(all, from, Math.min(101, from + chunk));
      inOrder.accept(some);
      shuffled.accept(some);
    }
    assertThat(inOrder.result()).isEqualTo(InceptionScore.inOrder(all, 10));
    assertThat(shuffled.result()).isEqualTo(InceptionScore.shuffled(all, 10, 3));
    int[] order = Draws.withoutReplacement(101, 101, new Random(3));
    InceptionScore.Result selected = InceptionScore.inOrder(all.select(order), 10);
    assertThat(shuffled.result().mean()).isCloseTo(selected.mean(), withinPercentage(1e-10));
  }

  @Test
  void aScoreNeedsAllItsImages() {
    InceptionScoreSums sums = InceptionScoreSums.inOrder("few", 2, 1);
    sums.accept(SampleFeatures.rows(new float[] {1, 0}));
    assertThatThrownBy(sums::result).isInstanceOf(IllegalStateException.class);
    Features bad = SampleFeatures.rows(new float[] {1, 1});
    assertThatThrownBy(() -> sums.accept(bad))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("row 1 (counted from 0) has the sum 2");
  }

  /** Five images in two splits are [0, 2) and [2, 5). */
  @Test
  void splitsAreContiguous() {
    float[][] rows = {{1, 0}, {0, 1}, {1, 0}, {1, 0}, {1, 0}};
    InceptionScore.Result score = InceptionScore.inOrder(SampleFeatures.rows(rows), 2);
    assertThat(score.mean()).isCloseTo(1.5, within(1e-12));
    assertThat(score.deviation()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void oneImageScoresOne() {
    Features one = SampleFeatures.rows(new float[] {.25f, .75f});
    assertThat(InceptionScore.inOrder(one, 1).mean()).isEqualTo(1);
    assertThatThrownBy(() -> InceptionScore.inOrder(one, 2))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("2 splits from 1 images");
    assertThatThrownBy(() -> InceptionScore.inOrder(one, 0)).isInstanceOf(BadInputException.class);
  }

  @Test
  void refusesRowsThatAreNoProbabilities() {
    Features sum = SampleFeatures.rows(new float[] {.5f, .5f}, new float[] {.5f, .6f});
    assertThatThrownBy(() -> InceptionScore.inOrder(sum, 1))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("row 1", "sum 1.1");
    Features negative = SampleFeatures.rows(new float[] {-.5f, 1.5f});
    assertThatThrownBy(() -> InceptionScore.shuffled(negative, 1, 0))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("row 0", "-0.5");
  }
}
