package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tables of point-wise-against-scale-shift.md, which are made of the CSV file beside it. */
class PointWisePageTest {
  private static final ResourceTables PAGE =
      new ResourceTables("point-wise-against-scale-shift.md");

  /** What a column is called, by its name in the file. */
  private static final Map<String, String> TITLES =
      Map.of(
          "kmmd", "KMMD, training",
          "held_out_kmmd", "KMMD, held out",
          "held_out_kid", "KID, held out",
          "reconstruction_l1", "reconstruction");

  /** The digits that the file has after the point. */
  private static final Map<String, Integer> DIGITS =
      Map.of("kmmd", 3, "held_out_kmmd", 3, "held_out_kid", 5, "reconstruction_l1", 1);

  private static final List<String> ALL =
      List.of("kmmd", "held_out_kmmd", "held_out_kid", "reconstruction_l1");
  private static final List<String> WITHOUT_KID =
      List.of("kmmd", "held_out_kmmd", "reconstruction_l1");

  private static Figures figures;

  @BeforeAll
  static void read() throws IOException {
    figures = PAGE.figures("point-wise-against-scale-shift.csv");
  }

  @Test
  void bothAtTheReferencesRate() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (long seed = 0; seed < 3; seed++) {
      for (String method : List.of("point-wise", "scale-shift")) {
        List<String> row = new ArrayList<>(List.of(Long.toString(seed), method));
        row.addAll(cells(method + " at 5e-4", seed, ALL));
        rows.add(row);
      }
    }
    PAGE.has(
        List.of(
            "seed",
            "method",
            "KMMD, training",
            "KMMD, held out",
            "KID, held out",
            "reconstruction, mean difference of 255"),
        rows);
  }

  @Test
  void theirDifferences() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (String measure : ALL) {
      MeanInterval found = difference("scale-shift at 5e-4", "point-wise at 5e-4", measure);
      rows.add(List.of(TITLES.get(measure), mean(found, measure), interval(found, measure)));
    }
    PAGE.has(List.of("figure", "difference", "interval"), rows);
  }

  @Test
  void theRates() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (String rate : List.of("1.25e-4", "5e-4", "2e-3", "8e-3")) {
      List<String> row = new ArrayList<>(List.of(shown(rate)));
      row.addAll(cells("point-wise at " + rate, 0, WITHOUT_KID));
      row.addAll(cells("scale-shift at " + rate, 0, WITHOUT_KID));
      rows.add(row);
    }
    PAGE.has(
        List.of(
            "rate",
            "point-wise: KMMD, training",
            "held out",
            "reconstruction",
            "scale-shift: KMMD, training",
            "held out",
            "reconstruction"),
        rows);
  }

  @Test
  void eachAtItsBestRate() throws IOException {
    List<String> compared =
        List.of("point-wise at 1.25e-4", "point-wise at 5e-4", "scale-shift at 2e-3");
    List<List<String>> rows = new ArrayList<>();
    for (long seed = 0; seed < 3; seed++) {
      List<String> row = new ArrayList<>(List.of(Long.toString(seed)));
      for (String method : compared) {
        row.addAll(cells(method, seed, WITHOUT_KID));
      }
      rows.add(row);
    }
    List<String> header =
        List.of(
            "seed",
            "point-wise at 1.25·10⁻⁴: KMMD, training",
            "held out",
            "reconstruction",
            "point-wise at 5·10⁻⁴",
            "held out",
            "reconstruction",
            "scale-shift at 2·10⁻³",
            "held out",
            "reconstruction");
    PAGE.has(header, rows);

    List<List<String>> differences = new ArrayList<>();
    for (String rate : List.of("1.25e-4", "5e-4")) {
      List<String> row = new ArrayList<>(List.of("point-wise at " + shown(rate)));
      for (String measure : WITHOUT_KID) {
        MeanInterval found = difference("scale-shift at 2e-3", "point-wise at " + rate, measure);
        row.add("%s (%s)".formatted(mean(found, measure), interval(found, measure)));
      }
      differences.add(row);
    }
    PAGE.has(
        List.of(
            "scale-shift at 2·10⁻³ minus", "KMMD, training", "KMMD, held out", "reconstruction"),
        differences);
  }

  /** What the text says of the last of these tables. */
  @Test
  void pointWiseIsAheadWithEverySeedAndNoIntervalLeavesOutZero() {
    String first = "scale-shift at 2e-3";
    String other = "point-wise at 1.25e-4";
    for (String measure : List.of("kmmd", "held_out_kmmd")) {
      double[] differences = figures.differences(first, other, measure);
      assertThat(differences).hasSize(3);
      assertThat(Arrays.stream(differences).min().orElseThrow()).isPositive();
      assertThat(difference(first, other, measure).low()).isNegative();
    }
  }

  /** A rate as the page writes it. */
  private static String shown(String rate) {
    return rate.replace("e-4", "·10⁻⁴").replace("e-3", "·10⁻³");
  }

  /** The figures of one graft; a rate that was not tried has none. */
  private static List<String> cells(String method, long seed, List<String> measures) {
    if (!figures.variants().contains(method)) {
      return measures.stream().map(measure -> Cells.NOTHING).toList();
    }
    Map<String, Double> found = figures.of(method).get(seed);
    return measures.stream()
        .map(measure -> number(found.get(measure), DIGITS.get(measure)))
        .toList();
  }

  private static MeanInterval difference(String method, String other, String measure) {
    return MeanInterval.of(figures.differences(method, other, measure));
  }

  private static String mean(MeanInterval found, String measure) {
    return number(found.mean(), digits(measure));
  }

  private static String interval(MeanInterval found, String measure) {
    return "%s to %s"
        .formatted(number(found.low(), digits(measure)), number(found.high(), digits(measure)));
  }

  /** A difference of two kernel distances has one digit less than these have. */
  private static int digits(String measure) {
    return measure.endsWith("kid") ? 4 : DIGITS.get(measure);
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value).replace('-', '−');
  }
}
