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
}
