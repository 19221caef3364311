package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.train.Schedule;

/** How a graft's options change what it learns, on a tiny generator. */
class GraftChoicesTest {
  private static final GraftOptions DEFAULTS =
      TinyRootstock.options(GraftMethod.POINT_WISE, 4)
          .withWatch(TinyRootstock.options(GraftMethod.POINT_WISE, 4).watch().withTruncation(1));

  private static GraftTraining train(GraftOptions options, int images) {
    return new GraftTraining(
        options, TinyRootstock.make(), TinyRootstock.images(images), new TinyNetwork());
  }

  private static double deviation(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value / values.length;
      squares += value * value / values.length;
    }
    return Math.sqrt(squares - sum * sum);
  }

  /** With few vectors the sliced prior ends lower; a strong prior moves them alone. */
  @ParameterizedTest
  @EnumSource(names = {"MOMENTS", "SLICED"})
  void aPriorThatLooksWhereSamplesAreDrawnTakesTheLatentVectorsThere(PriorKind kind) {
    LossOptions loss = DEFAULTS.loss().withLatentPrior(kind).withPriorWeight(100);
    try (GraftTraining graft = train(DEFAULTS.withLoss(loss), 12)) {
      assertThat(deviation(graft.latents())).isCloseTo(1, Percentage.withPercentage(15));
      for (int step = 0; step < 60; step++) {
        graft.step(step);
      }
      assertThat(deviation(graft.latents()))
          .isCloseTo(LatentTerm.deviation(1), Percentage.withPercentage(20));
    }
  }

  /** As the samples that {@code generate} draws are. */
  @ParameterizedTest
  @CsvSource({"0.4", "1", "3"})
  void theDeviationIsThatOfTheSamples(double truncation) {
    assertThat(deviation(LatentDraws.normal(20_000, truncation, 1)))
        .isCloseTo(LatentTerm.deviation(truncation), Percentage.withPercentage(2));
  }

  @Test
  void ratesFallAsChosen() {
    LearningOptions learning = LearningOptions.defaults().withSteps(1_000);
    Schedule steps = RateFall.STEPS.schedule(1, learning);
    assertThat(steps.at(2_999)).isEqualTo(1);
    assertThat(steps.at(3_000)).isCloseTo(0.2f, Offset.offset(1e-6f));
    for (RateFall fall : new RateFall[] {RateFall.COSINE, RateFall.LINEAR}) {
      Schedule schedule = fall.schedule(1, learning);
      assertThat(schedule.at(0)).isEqualTo(1);
      assertThat(schedule.at(500)).isCloseTo(0.55f, Offset.offset(1e-6f));
      assertThat(schedule.at(1_000)).isCloseTo(0.1f, Offset.offset(1e-6f));
    }
  }
}
