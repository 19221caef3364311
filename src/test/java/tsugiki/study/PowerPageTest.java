package tsugiki.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of power.md, whose figures are those of the code and of the CSV files. */
class PowerPageTest {
  private static final ResourceTables PAGE = new ResourceTables("power.md");

  @Test
  void seedsByEffect() throws IOException {
    PAGE.has(
        List.of("difference over spread", "paired", "unpaired"),
        DoubleStream.of(0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5)
            .mapToObj(
                effect ->
                    List.of(
                        Double.toString(effect).replaceFirst("\\.0$", ""),
                        SeedsNeeded.seeds(TTest.PAIRED, effect),
                        SeedsNeeded.seeds(TTest.UNPAIRED, effect)))
            .toList());
  }

  @Test
  void effectsBySeeds() throws IOException {
    PAGE.has(
        List.of(
            "seeds",
            "paired: 80 %",
            "paired: 90 %",
            "unpaired: 80 %",
            "unpaired: 90 %",
            "true spread over seen"),
        IntStream.of(2, 3, 4, 5, 6, 8, 10, 15, 20).mapToObj(PowerPageTest::effects).toList());
  }

  private static List<String> effects(int seeds) {
    List<String> row = new ArrayList<>(List.of(Integer.toString(seeds)));
    for (TTest test : TTest.values()) {
      for (double power : new double[] {0.8, 0.9}) {
        row.add(text("%.2f", test.effect(seeds, power)));
      }
    }
    ChiSquaredDistribution squares = ChiSquaredDistribution.of(seeds - 1);
    double low = Math.sqrt((seeds - 1) / squares.inverseCumulativeProbability(0.975));
    double high = Math.sqrt((seeds - 1) / squares.inverseCumulativeProbability(0.025));
    row.add(text("%.2f to %.2f", low, high));
    return row;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "graft-order-flowers-0.4.csv | held_out_kmmd_768,held_out_kid_768,reconstruction_l1",
        "graft-order-faces-0.4.csv | held_out_kmmd_768,held_out_kid_768,reconstruction_l1",
        "few-labels.csv | kid_starter_blind,kid_inception_folded_768",
        "activation-mnist.csv | digits_class_score,fid,pairwise",
        "activation-automobiles.csv | fid_768,kid_768,pairwise",
      })
  void seedsAtTheSpreadThatAStudySaw(String file, String measures) throws IOException {
    StudyReport.Section section =
        SeedsNeeded.table(PAGE.figures(file), List.of(measures.split(",")));
    PAGE.has(section.header(), section.rows());
  }
}
