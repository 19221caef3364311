package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void aCosineRisesAndFallsToZero() {
    Schedule rate = Schedule.cosine(2e-3f, 1000);
    assertThat(rate.at(0)).isCloseTo(2e-3f / 50, within(1e-7f));
    assertThat(rate.at(49)).isCloseTo(2e-3f, within(1e-7f));
    assertThat(rate.at(524)).isCloseTo(1e-3f, within(1e-7f));
    assertThat(rate.at(999)).isZero();
  }

  @Test
  void stairsFallByTheFactor() {
    Schedule rate = Schedule.decayed(1, 10, 0.5f);
    assertThat(rate.at(9)).isEqualTo(1);
    assertThat(rate.at(10)).isEqualTo(0.5f);
    assertThat(rate.at(25)).isEqualTo(0.25f);
  }

  @Test
  void halfACosineGoesFromTheRateToItsShareOverTheSteps() {
    Schedule schedule = Schedule.halfCosine(2e-3f, 400, 0.1);
    assertThat(schedule.at(0)).isEqualTo(2e-3f);
    assertThat(schedule.at(200)).isCloseTo(1.1e-3f, within(1e-9f));
    assertThat(schedule.at(100)).isCloseTo(2e-3f * (0.1f + 0.9f * 0.853553f), within(1e-8f));
    assertThat(schedule.at(400)).isCloseTo(2e-4f, within(1e-10f));
    assertThat(schedule.at(500)).isEqualTo(schedule.at(400));
  }

  @Test
  void aLineGoesFromTheRateToItsShareOverTheSteps() {
    Schedule schedule = Schedule.linear(2e-3f, 400, 0.1);
    assertThat(schedule.at(0)).isEqualTo(2e-3f);
    assertThat(schedule.at(100)).isCloseTo(1.55e-3f, within(1e-9f));
    assertThat(schedule.at(400)).isCloseTo(2e-4f, within(1e-10f));
    assertThat(schedule.at(500)).isEqualTo(schedule.at(400));
  }
}
