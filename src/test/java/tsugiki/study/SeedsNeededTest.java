package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeedsNeededTest {
  @Test
  void tenThousandAreEnoughToSayThatItIsHopeless() {
    assertThat(SeedsNeeded.seeds(TTest.PAIRED, 1e-6)).isEqualTo("10,000 or more");
    // 9,813 and 13,136 are needed, were one to count on.
    assertThat(SeedsNeeded.seeds(TTest.UNPAIRED, 0.04)).isEqualTo("9813 (10,000 or more)");
  }

  @Test
  void theTableHasTheSpreadOfPairsAndOfEveryVariantInPerCent() {
    Figures figures = new Figures();
    double[] shared = {0, 0.3, 0.1};
    double[] apart = {0.1, 0.11, 0.09};
    for (int seed = 0; seed < 3; seed++) {
      figures.add("first", seed, Map.of("kid", 1 + shared[seed]));
      figures.add("second", seed, Map.of("kid", 1 + shared[seed] + apart[seed]));
    }
    StudyReport.Section table = SeedsNeeded.table(figures, List.of("kid", "fid"));
    assertThat(table.text()).contains("10 % of first's score");
    assertThat(table.header())
        .startsWith("measure", "variant", "paired: spread", "paired: 1 %")
        .contains("unpaired: spread");
    // The first's mean is 1.1333; deviations are 0.01 of the differences, 0.15275 and 0.15947 of
    // the variants, 0.15615 of both; three seeds tell 3.26 deviations.
    List<String> row = table.rows().get(0);
    assertThat(table.rows()).hasSize(1);
    assertThat(row.subList(0, 6))
        .containsExactly(
            "kid", "second", "0.882 %", seeds(TTest.PAIRED, 1 / 0.88235), "3 (3)", "3 (3)");
    assertThat(row.subList(6, 10))
        .containsExactly(
            "13.8 %",
            seeds(TTest.UNPAIRED, 1 / 13.7776),
            seeds(TTest.UNPAIRED, 5 / 13.7776),
            seeds(TTest.UNPAIRED, 10 / 13.7776));
    assertThat(row.get(10)).isEqualTo("2.88 % (3)");
  }

  /**
   * Within the first's four scores the squares of the deviations sum to 14, within the second's two
   * to 2: √(16 / 4) = 2, two thirds of the first's mean.
   */
  @Test
  void theSpreadOfBothVariantsGoesByTheNumberOfTheirScores() {
    Figures figures = new Figures();
    double[] first = {1, 2, 3, 6};
    double[] second = {5, 7};
    for (int seed = 0; seed < first.length; seed++) {
      figures.add("first", seed, Map.of("kid", first[seed]));
    }
    for (int seed = 0; seed < second.length; seed++) {
      figures.add("second", seed, Map.of("kid", second[seed]));
    }
    List<String> row = SeedsNeeded.table(figures, List.of("kid")).rows().get(0);
    assertThat(row).element(2).isEqualTo("23.6 %");
    assertThat(row).element(6).isEqualTo("66.7 %");
    assertThat(row).last().asString().endsWith("(2)");
  }

  private static String seeds(TTest test, double effect) {
    return SeedsNeeded.seeds(test, effect);
  }
}
