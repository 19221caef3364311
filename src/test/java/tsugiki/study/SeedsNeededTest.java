package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedsNeededTest {
  /** Tables of the paired t-test's power (two-sided 5 %, 80 %) have 34, 10 and 5 or 6. */
  @ParameterizedTest
  @CsvSource({"0.5, 34", "1, 10", "1.5, 6", "2, 5"})
  void isThePowerTablesNumberOrOneBeside(double effect, int expected) {
    assertThat(SeedsNeeded.seeds(1, effect)).isBetween(expected - 1, expected + 1);
  }

  @Test
  void tenThousandAreEnoughToSayThatItIsHopeless() {
    assertThat(SeedsNeeded.seeds(1, 1e-6)).isEqualTo(10_000);
  }

  @Test
  void theTableTakesTheSpreadOfPairedDifferences() {
    Figures figures = new Figures();
    double[] shared = {0, 0.3, 0.1};
    double[] apart = {0.1, 0.11, 0.09};
    for (int seed = 0; seed < 3; seed++) {
      figures.add("first", seed, Map.of("kid", 1 + shared[seed]));
      figures.add("second", seed, Map.of("kid", 1 + shared[seed] + apart[seed]));
    }
    StudyReport.Section table = SeedsNeeded.table(figures, List.of("kid", "fid"));
    // s = 0.01, and the first's mean is 1.1333.
    assertThat(table.rows())
        .containsExactly(
            List.of(
                "kid",
                "second",
                "0.0100",
                Integer.toString(SeedsNeeded.seeds(0.01, 0.011333)),
                Integer.toString(SeedsNeeded.seeds(0.01, 0.056667)),
                Integer.toString(SeedsNeeded.seeds(0.01, 0.113333))));
  }
}
