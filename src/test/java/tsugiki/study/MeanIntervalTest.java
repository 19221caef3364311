package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeanIntervalTest {
  /** Printed tables of Student's t, 0.975, by degrees of freedom. */
  @ParameterizedTest
  @CsvSource({"2, 12.706", "3, 4.303", "4, 3.182", "5, 2.776", "11, 2.228"})
  void theMarginIsThatOfTheTables(int count, double t) {
    double[] values = new double[count];
    values[0] = count;
    // Mean 1, sum of squares n² − n, variance n.
    MeanInterval interval = MeanInterval.of(values);
    assertThat(interval.mean()).isEqualTo(1);
    assertThat(interval.count()).isEqualTo(count);
    // s / √n = √n / √n = 1.
    assertThat(interval.margin()).isCloseTo(t, within(5e-4));
  }

  @Test
  void theEndsAreTheMarginAway() {
    // Mean 2, s = 1, t = 4.302653: 2 ± 4.302653 / √3.
    MeanInterval interval = MeanInterval.of(1, 2, 3);
    assertThat(interval.low()).isCloseTo(-0.484138, within(1e-6));
    assertThat(interval.high()).isCloseTo(4.484138, within(1e-6));
  }

  @Test
  void oneValueHasNoInterval() {
    assertThat(MeanInterval.of(3.5).mean()).isEqualTo(3.5);
    assertThat(MeanInterval.of(3.5).margin()).isNaN();
  }
}
