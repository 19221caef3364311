package tsugiki.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many seeds a study needs to tell a difference of a given size, at the spread that it saw, by
 * a two-sided t-test at 5 % ({@link TTest}).
 */
final class SeedsNeeded {
  /** The differences that are asked for, in per cent of the first variant's score. */
  private static final int[] PER_CENT = {1, 5, 10};

  private static final double POWER = 0.8;
  private static final double HIGH_POWER = 0.9;

  private static final String READING =
      "Seeds per variant that tell a difference of 1, 5 and 10 %% of %s's score by a two-sided t-test at 5 %%: with a chance of 80 %%, in brackets 90 %%. Paired: the same seeds for both variants, as here, and the spread is the standard deviation of the differences. Unpaired: other seeds for each, and the spread is that of a variant's scores, over both variants. Spreads are in per cent of that score, and those of few seeds are themselves uncertain. The last column has the least difference that the seeds of this study tell, paired, with a chance of 80 %%, and how many they are.";

  private SeedsNeeded() {}

  /** A row per variant but the first and measure that has two seeds or more. */
  static StudyReport.Section table(Figures figures, List<String> measures) {
    List<List<String>> rows = new ArrayList<>();
    List<String> variants = figures.variants();
    String first = variants.isEmpty() ? "the first variant" : variants.get(0);
    for (String measure : measures) {
      for (String variant : variants.subList(Math.min(1, variants.size()), variants.size())) {
        double[] differences = figures.differences(variant, first, measure);
        double[] ones = figures.values(variant, measure);
        double[] firsts = figures.values(first, measure);
        if (differences.length > 1) {
          double percent = Math.abs(MeanInterval.of(firsts).mean()) / 100;
          double paired = MeanInterval.deviation(differences) / percent;
          double unpaired = pooled(ones, firsts) / percent;
          if (paired > 0 && Double.isFinite(paired) && Double.isFinite(unpaired)) {
            rows.add(row(measure, variant, paired, unpaired, differences.length));
          }
        }
      }
    }
    return new StudyReport.Section(
        "How many seeds a difference needs", READING.formatted(first), header(), rows);
  }

  private static List<String> header() {
    List<String> header = new ArrayList<>(List.of("measure", "variant"));
    for (String test : List.of("paired", "unpaired")) {
      header.add(test + ": spread");
      Arrays.stream(PER_CENT).forEach(percent -> header.add("%s: %d %%".formatted(test, percent)));
    }
    header.add("told now");
    return header;
  }

  private static List<String> row(
      String measure, String variant, double paired, double unpaired, int seeds) {
    List<String> row = new ArrayList<>(List.of(measure, variant));
    row.addAll(cells(TTest.PAIRED, paired));
    row.addAll(cells(TTest.UNPAIRED, unpaired));
    row.add("%s (%d)".formatted(percent(TTest.PAIRED.effect(seeds, POWER) * paired), seeds));
    return row;
  }

  /** The spread and the numbers of seeds. */
  private static List<String> cells(TTest test, double spread) {
    return Stream.concat(
            Stream.of(percent(spread)),
            Arrays.stream(PER_CENT).mapToObj(percent -> seeds(test, percent / spread)))
        .toList();
  }

  private static String percent(double value) {
    return Cells.of(new double[] {value}, 1) + " %";
  }

  /** The seeds that tell an effect, in brackets with the higher chance. */
  static String seeds(TTest test, double effect) {
    int seeds = test.seeds(effect, POWER);
    return seeds == TTest.MOST
        ? number(seeds)
        : "%s (%s)".formatted(number(seeds), number(test.seeds(effect, HIGH_POWER)));
  }

  private static String number(int seeds) {
    return seeds == TTest.MOST ? "10,000 or more" : Integer.toString(seeds);
  }

  /** The standard deviation within two groups. */
  private static double pooled(double[] one, double[] other) {
    double squares =
        (one.length - 1) * Math.pow(MeanInterval.deviation(one), 2)
            + (other.length - 1) * Math.pow(MeanInterval.deviation(other), 2);
    return Math.sqrt(squares / (one.length + other.length - 2));
  }
}
