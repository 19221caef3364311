package tsugiki.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Differences to the first variant in per cent of it, paired by seed: what studies whose scores
 * have other scales can be compared by.
 */
final class PercentDifferences {
  private PercentDifferences() {}

  /** A row per variant but the first, a column per measure: mean ± half the interval's width. */
  static StudyReport.Section table(String title, Figures figures, List<String> measures) {
    String first = figures.variants().isEmpty() ? "" : figures.variants().get(0);
    List<String> header = new ArrayList<>(List.of(title));
    header.addAll(measures);
    List<List<String>> rows = new ArrayList<>();
    for (String variant : figures.variants()) {
      if (!variant.equals(first)) {
        List<String> row = new ArrayList<>(List.of(variant));
        measures.forEach(
            measure ->
                row.add(
                    cell(
                        figures.paired(
                            variant, first, measure, (one, base) -> 100 * (one / base - 1)))));
        rows.add(row);
      }
    }
    return new StudyReport.Section(
        "In per cent",
        "The difference to %s over the score of %s, in per cent, paired by seed: mean ± half the width of its 95 %% interval. Below 0 is better."
            .formatted(first, first),
        header,
        rows);
  }

  private static String cell(double[] shares) {
    if (shares.length == 0) {
      return Cells.NOTHING;
    }
    MeanInterval interval = MeanInterval.of(shares);
    return shares.length == 1
        ? String.format(Locale.ROOT, "%.1f", interval.mean())
        : String.format(Locale.ROOT, "%.1f ± %.1f", interval.mean(), interval.margin());
  }
}
