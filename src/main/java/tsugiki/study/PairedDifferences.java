package tsugiki.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Differences between variants, paired by seed: the mean of the differences over the seeds that
 * both have, with its 95 % interval ({@link MeanInterval}). What two trainings of one seed have in
 * common, such as the order of their images, drops out.
 */
public final class PairedDifferences {
  private final Figures figures;
  private final List<String> measures;

  PairedDifferences(Figures figures, List<String> measures) {
    this.figures = figures;
    this.measures = measures;
  }

  /** Whether there is more than one variant. */
  public boolean some() {
    return figures.variants().size() > 1;
  }

  /** The columns' names of {@link #cells}. */
  public List<String> header() {
    List<String> header = new ArrayList<>(List.of("difference"));
    header.addAll(measures);
    return header;
  }

  /** Every variant minus the first one: mean ± half the width of the interval. */
  public List<List<String>> cells() {
    List<String> variants = figures.variants();
    String first = variants.get(0);
    return variants.subList(1, variants.size()).stream()
        .map(variant -> row(variant, first))
        .toList();
  }

  /**
   * The same of chosen pairs.
   *
   * @param pairs each a variant and the one that it is compared with; left out where one of them is
   *     not there
   */
  public List<List<String>> cells(List<List<String>> pairs) {
    return pairs.stream()
        .filter(pair -> figures.variants().containsAll(pair))
        .map(pair -> row(pair.get(0), pair.get(1)))
        .toList();
  }

  private List<String> row(String variant, String other) {
    List<String> row = new ArrayList<>(List.of(variant + " − " + other));
    int seeds = figures.seeds(variant);
    for (String measure : measures) {
      row.add(Cells.of(figures.differences(variant, other, measure), seeds));
    }
    return row;
  }

  /** The table of {@link #cells} in Markdown. */
  public String markdown() {
    return Cells.markdown(header(), cells());
  }

  /**
   * All pairs of variants with all digits, as CSV with a header. One seed has no interval; pairs
   * without a common seed are left out.
   */
  public String csv() {
    List<List<Object>> lines = new ArrayList<>();
    lines.add(List.of("measure", "variant", "other", "seeds", "difference", "low", "high"));
    List<String> variants = figures.variants();
    for (String measure : measures) {
      for (int i = 1; i < variants.size(); i++) {
        for (int j = 0; j < i; j++) {
          double[] values = figures.differences(variants.get(i), variants.get(j), measure);
          if (values.length > 0) {
            lines.add(line(measure, variants.get(i), variants.get(j), MeanInterval.of(values)));
          }
        }
      }
    }
    return Csv.of(lines);
  }

  private static List<Object> line(
      String measure, String variant, String other, MeanInterval found) {
    boolean one = found.count() == 1;
    return Arrays.asList(
        measure,
        variant,
        other,
        found.count(),
        found.mean(),
        one ? null : found.low(),
        one ? null : found.high());
  }
}
