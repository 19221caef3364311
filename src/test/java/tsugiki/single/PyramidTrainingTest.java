package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tsugiki.base.SameBits;
import tsugiki.runtime.WeightValues;
import tsugiki.train.Checkpoints;
import tsugiki.train.Course;

/** A pyramid through all its stages. */
@Tag("slow")
class PyramidTrainingTest {
  private static final SingleOptions OPTIONS = TinySingle.options(SingleMode.GENERATE);
  private static final long STEPS = OPTIONS.training().steps();
  private static final float RATE = OPTIONS.training().rate();

  private static PyramidTraining training() {
    return TinySingle.training(OPTIONS);
  }

  private static Map<String, float[]> state(PyramidTraining training) {
    return WeightValues.get(training.session(), training.state());
  }

  /**
   * By one and the same gradient every update of Adam moves a weight by the whole learning rate, so
   * that three move it by three.
   */
  @Test
  void newBodiesTrainAtTheRateOlderOnesAtAPartOfItAndTheOldestStand() {
    try (PyramidTraining training = training()) {
      for (int step = 0; step < 2 * STEPS; step++) {
        training.step(step);
      }
      Map<String, float[]> before = state(training);
      training.step(2 * STEPS);
      Map<String, float[]> after = state(training);
      assertThat(training.stage()).isEqualTo(2);
      for (String weight : before.keySet()) {
        if (weight.startsWith("generator/body_0") || weight.startsWith("generator/head")) {
          assertThat(after.get(weight)).as(weight).isEqualTo(before.get(weight));
        }
      }
      moved(before, after, "generator/body_1/conv_0/bias", "generator/body_1/conv_0/bias", 1.5);
      moved(before, after, "generator/body_1/conv_0/bias", "generator/body_2/conv_0/bias", 3);
      moved(before, after, "generator/tail/bias", "generator/tail/bias", 3);
    }
  }

  private static void moved(
      Map<String, float[]> before,
      Map<String, float[]> after,
      String origin,
      String weight,
      double rates) {
    for (int i = 0; i < after.get(weight).length; i++) {
      double distance = Math.abs(after.get(weight)[i] - before.get(origin)[i]);
      assertThat(distance).as(weight).isCloseTo(rates * RATE, within(RATE / 1000.0));
    }
  }

  @Test
  void theHeadTrainsWhileTheFirstBodyDoes() {
    StageMethod method = OPTIONS.stages();
    assertThat(method.rateFactor(0, "head/kernel")).isEqualTo(1);
    assertThat(method.rateFactor(1, "head/kernel")).isEqualTo(0.5f);
    assertThat(method.rateFactor(2, "head/kernel")).isZero();
    assertThat(method.rateFactor(2, "tail/bias")).isEqualTo(1);
    assertThat(method.rateFactor(2, "body_0/conv_1/kernel")).isZero();
  }

  @Test
  void theRatesFallAfterFourFifthsOfAStage() {
    StageTrainingOptions options = StageTrainingOptions.defaults();
    assertThat(options.rateAt(1_599)).isEqualTo(5e-4f);
    assertThat(options.rateAt(1_600)).isCloseTo(5e-5f, within(1e-10f));
  }

  @Test
  void progressNamesTheStageAndCountsItsPixels() {
    try (PyramidTraining training = training()) {
      for (long step = 0; step <= STEPS; step++) {
        training.step(step);
      }
      Course course = training.course();
      assertThat(course.place(STEPS + 1, TinySingle.steps(OPTIONS)))
          .isEqualTo(
              "stage 2 of 3 (%s pixels), step 1 of %d"
                  .formatted(TinySingle.images(OPTIONS).sizes().of(1), STEPS));
      double first = course.work(1) - course.work(0);
      double last = course.work(3 * STEPS) - course.work(3 * STEPS - 1);
      assertThat(course.work(0)).isZero();
      assertThat(last).isGreaterThan(first);
    }
  }

  /** A stage's noise is a tenth of what the stages below it leave to learn. */
  @Test
  void theAmplitudeComesOfTheErrorOfTheStagesBelow() {
    try (PyramidTraining training = training()) {
      for (int step = 0; step < STEPS; step++) {
        training.step(step);
      }
      Map<String, float[]> learned = training.current().learned();
      training.step(STEPS);
      Map<String, float[]> after = training.current().learned();
      assertThat(learned.get("noise/amplitude_0")).containsExactly(1);
      assertThat(after.get("noise/amplitude_0")).containsExactly(1);
      assertThat(after.get("noise/amplitude_1")[0]).isBetween(0.005f, 0.15f);
    }
  }

  /** In the middle of a stage, and between two. */
  @ParameterizedTest
  @EnumSource(
      value = SingleMode.class,
      names = {"GENERATE", "RETARGET", "HARMONIZE", "EDIT", "ANIMATE"})
  void aTrainingThatGoesOnFromACheckpointIsThatOfOneWhichNeverStopped(
      SingleMode mode, @TempDir Path folder) {
    SingleOptions options = TinySingle.options(mode);
    Map<String, float[]> expected;
    try (PyramidTraining training = TinySingle.training(options)) {
      for (long step = 0; step < TinySingle.steps(options); step++) {
        training.step(step);
        new Checkpoints(folder.resolve("after-" + step))
            .save(step + 1, training.session(), training.state());
      }
      expected = state(training);
    }
    for (long last : new long[] {STEPS - 1, 2 * STEPS}) {
      try (PyramidTraining training = TinySingle.training(options)) {
        long done = new Checkpoints(folder.resolve("after-" + last)).restoreLatest(training);
        assertThat(done).isEqualTo(last + 1);
        for (long step = done; step < TinySingle.steps(options); step++) {
          training.step(step);
        }
        assertThat(state(training))
            .as("from step " + done)
            .usingRecursiveComparison(SameBits.comparison())
            .isEqualTo(expected);
      }
    }
  }
}
