package tsugiki.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The table of a study: one row per variant, one column per measure. A cell has the mean over the
 * seeds and half the width of its 95 % interval ({@link MeanInterval}).
 */
public final class StudyTable {
  private final String title;
  private final List<String> columns;
  private final Figures figures = new Figures();

  /**
   * Begins a table.
   *
   * @param title of the first column
   * @param columns names of the measures, in order
   */
  public StudyTable(String title, List<String> columns) {
    this.title = title;
    this.columns = List.copyOf(columns);
  }

  /**
   * The table of some trials.
   *
   * @param title of the first column
   * @param columns names of the measures, in order
   */
  public static StudyTable of(String title, List<String> columns, List<TrialOutcome> outcomes) {
    StudyTable table = new StudyTable(title, columns);
    outcomes.forEach(trial -> table.add(trial.variant(), trial.seed(), trial.figures()));
    return table;
  }

  /**
   * Adds a trial; rows stay in the order in which they first came.
   *
   * @param variant what was tried
   * @param seed of the trial
   * @param values by measure; others than the columns are not shown
   */
  public StudyTable add(String variant, long seed, Map<String, Double> values) {
    figures.add(variant, seed, values);
    return this;
  }

  /** The columns' names. */
  public List<String> header() {
    List<String> header = new ArrayList<>(List.of(title));
    header.addAll(columns);
    header.add("repetitions");
    return header;
  }

  /** The rows: mean ± half the width of the interval, the mean alone of one seed. */
  public List<List<String>> cells() {
    List<List<String>> cells = new ArrayList<>();
    for (String variant : figures.variants()) {
      int seeds = figures.seeds(variant);
      List<String> row = new ArrayList<>(List.of(variant));
      columns.forEach(column -> row.add(Cells.of(figures.values(variant, column), seeds)));
      row.add(Integer.toString(seeds));
      cells.add(row);
    }
    return cells;
  }

  /** The table in Markdown. */
  public String markdown() {
    return Cells.markdown(header(), cells());
  }

  /** Every trial with all digits, as CSV with a header; what was not measured is empty. */
  public String csv() {
    List<List<Object>> lines = new ArrayList<>();
    List<Object> header = new ArrayList<>(List.of(title, "seed"));
    header.addAll(columns);
    lines.add(header);
    for (String variant : figures.variants()) {
      figures
          .of(variant)
          .forEach(
              (seed, values) -> {
                List<Object> line = new ArrayList<>(List.of(variant, seed));
                columns.forEach(column -> line.add(values.get(column)));
                lines.add(line);
              });
    }
    return Csv.of(lines);
  }

  /** The differences to the first variant in per cent of it. */
  public StudyReport.Section inPerCent() {
    return PercentDifferences.table(title, figures, columns);
  }

  /** How many seeds a difference to the first variant needs. */
  StudyReport.Section seedsNeeded() {
    return SeedsNeeded.table(figures, columns);
  }

  /** The differences between these variants, seed by seed. */
  public PairedDifferences differences() {
    return new PairedDifferences(figures, columns);
  }
}
