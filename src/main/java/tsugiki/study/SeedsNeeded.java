package tsugiki.study;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How many seeds a study needs to tell a difference of a given size, at the spread of the paired
 * differences that it saw: the least n with (t(0.975, n − 1) + t(0.8, n − 1)) · s / √n ≤ δ. A
 * difference as large as δ is then found with a chance of 80 % by a two-sided test at 5 %.
 */
final class SeedsNeeded {
  /** The differences that are asked for, as shares of the first variant's score. */
  private static final double[] SHARES = {0.01, 0.05, 0.1};

  private static final double LEVEL = 0.975;
  private static final double POWER = 0.8;
  private static final int MOST = 10_000;

  private SeedsNeeded() {}

  /**
   * The least number of seeds.
   *
   * @param deviation of the paired differences
   * @param difference to be told, above 0
   * @return from 2 on; 10,000 stands for that many or more
   */
  static int seeds(double deviation, double difference) {
    int n = 2;
    while (n < MOST && !enough(n, deviation, difference)) {
      n++;
    }
    return n;
  }

  private static boolean enough(int n, double deviation, double difference) {
    TDistribution t = TDistribution.of(n - 1);
    double quantiles =
        t.inverseCumulativeProbability(LEVEL) + t.inverseCumulativeProbability(POWER);
    return quantiles * deviation / Math.sqrt(n) <= difference;
  }

  /** A row per variant but the first and measure that has two seeds or more. */
  static StudyReport.Section table(Figures figures, List<String> measures) {
    List<List<String>> rows = new ArrayList<>();
    List<String> variants = figures.variants();
    for (String measure : measures) {
      for (String variant : variants.subList(1, variants.size())) {
        double[] differences = figures.differences(variant, variants.get(0), measure);
        double[] firsts = figures.values(variants.get(0), measure);
        if (differences.length > 1 && firsts.length > 0) {
          double mean = Math.abs(MeanInterval.of(firsts).mean());
          double deviation = MeanInterval.deviation(differences);
          if (mean > 0 && deviation > 0) {
            rows.add(row(measure, variant, mean, deviation));
          }
        }
      }
    }
    return new StudyReport.Section(
        "How many seeds a difference needs",
        "Seeds that tell a difference of 1, 5 and 10 %% of %s's score with a chance of 80 %%, by a two-sided paired test at 5 %%, at the spread of the differences seen here. The spread of few seeds is itself uncertain."
            .formatted(variants.isEmpty() ? "the first variant" : variants.get(0)),
        List.of("measure", "variant", "spread", "1 %", "5 %", "10 %"),
        rows);
  }

  private static List<String> row(String measure, String variant, double mean, double deviation) {
    List<String> row = new ArrayList<>(List.of(measure, variant));
    row.add(Cells.of(new double[] {deviation}, 1));
    for (double share : SHARES) {
      int seeds = seeds(deviation, share * mean);
      row.add(seeds == MOST ? "10,000 or more" : Integer.toString(seeds));
    }
    return row;
  }
}
