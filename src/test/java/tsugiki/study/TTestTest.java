package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TTestTest {
  /** SciPy 1.17.1: 1 − nct.cdf(t, ν, δ) + nct.cdf(−t, ν, δ). */
  @ParameterizedTest
  @CsvSource({
    "PAIRED, 2, 3, 0.26077071422910975",
    "PAIRED, 3, 1, 0.1792553937765518",
    "PAIRED, 34, 0.5, 0.8077775012792737",
    "PAIRED, 3000, 0.05, 0.7816495145647634",
    "UNPAIRED, 64, 0.5, 0.8014595579222541",
    "UNPAIRED, 26, 0.8, 0.8074866151465275",
    "UNPAIRED, 5000, 0.056, 0.7994814636186447",
  })
  void thePowerIsThatOfTheNoncentralT(TTest test, int seeds, double effect, double power) {
    assertThat(test.power(seeds, effect)).isCloseTo(power, within(1e-8));
  }

  /** The tables of G*Power, and SciPy's for the others. */
  @ParameterizedTest
  @CsvSource({
    "PAIRED, 0.2, 199, 265",
    "PAIRED, 0.5, 34, 44",
    "PAIRED, 0.8, 15, 19",
    "PAIRED, 2, 5, 5",
    "UNPAIRED, 0.2, 394, 527",
    "UNPAIRED, 0.5, 64, 86",
    "UNPAIRED, 0.8, 26, 34",
    "UNPAIRED, 2, 6, 7",
  })
  void theLeastNumberOfSeedsIsThatOfPowerTables(TTest test, double effect, int seeds, int more) {
    assertThat(test.seeds(effect, 0.8)).isEqualTo(seeds);
    assertThat(test.seeds(effect, 0.9)).isEqualTo(more);
  }

  @Test
  void withoutADifferenceTheTestFindsOneInTwenty() {
    for (TTest test : TTest.values()) {
      for (int seeds : new int[] {2, 3, 50}) {
        assertThat(test.power(seeds, 0)).isCloseTo(0.05, within(2e-5));
      }
    }
  }

  @Test
  void theLeastEffectHasThePowerAndTwoSeedsAreTheLeast() {
    for (TTest test : TTest.values()) {
      for (int seeds : new int[] {2, 3, 6, 20}) {
        double effect = test.effect(seeds, 0.8);
        assertThat(test.power(seeds, effect)).isCloseTo(0.8, within(1e-6));
      }
      assertThat(test.seeds(1e3, 0.9)).isEqualTo(2);
      assertThat(test.seeds(1e-6, 0.8)).isEqualTo(TTest.MOST);
    }
  }
}
