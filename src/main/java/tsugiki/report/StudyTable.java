package tsugiki.report;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The table of a study: one row for each thing that was tried, a column for each measure, mean and
 * spread over the repetitions. The spread is the sample's standard deviation (divisor n − 1). Means
 * have three significant digits, since a kernel distance may be 0.0004 where a Fréchet distance is
 * 40.
 */
public final class StudyTable {
  private static final String NOTHING = "–";
  private static final int DIGITS = 3;
  private static final int MOST_DECIMALS = 6;

  private final String title;
  private final List<String> columns;
  private final Map<String, Map<Long, Map<String, Double>>> rows = new LinkedHashMap<>();

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
   * Adds a repetition; rows stay in the order in which they first came.
   *
   * @param row what was tried
   * @param seed of the repetition
   * @param values by measure; of others than the columns nothing is shown
   */
  public StudyTable add(String row, long seed, Map<String, Double> values) {
    rows.computeIfAbsent(row, key -> new TreeMap<>()).put(seed, Map.copyOf(values));
    return this;
  }

  /** The columns' names, for {@link HtmlReport#table}. */
  public List<String> header() {
    List<String> header = new ArrayList<>(List.of(title));
    header.addAll(columns);
    header.add("repetitions");
    return header;
  }

  /** The rows, for {@link HtmlReport#table}: mean ± spread, the mean alone of one repetition. */
  public List<List<String>> cells() {
    List<List<String>> cells = new ArrayList<>();
    rows.forEach(
        (row, repetitions) -> {
          List<String> line = new ArrayList<>(List.of(row));
          columns.forEach(
              column -> line.add(cell(values(repetitions, column), repetitions.size())));
          line.add(Integer.toString(repetitions.size()));
          cells.add(line);
        });
    return cells;
  }

  private static double[] values(Map<Long, Map<String, Double>> repetitions, String column) {
    return repetitions.values().stream()
        .filter(values -> values.containsKey(column))
        .mapToDouble(values -> values.get(column))
        .toArray();
  }

  /** What some repetitions alone have, such as the step of a collapse, says how many those are. */
  private static String cell(double[] values, int repetitions) {
    if (values.length == 0) {
      return NOTHING;
    }
    String some =
        values.length < repetitions ? " (%d of %d)".formatted(values.length, repetitions) : "";
    return meanAndSpread(values) + some;
  }

  private static String meanAndSpread(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    int decimals = decimals(mean);
    if (values.length == 1) {
      return number(mean, decimals);
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double spread = Math.sqrt(squares / (values.length - 1));
    return number(mean, decimals) + " ± " + number(spread, decimals);
  }

  /** As many as show the digits of a mean that matter; the spread has as many. */
  private static int decimals(double mean) {
    double size = Math.abs(mean);
    if (size == 0 || !Double.isFinite(size)) {
      return DIGITS;
    }
    int beforePoint = (int) Math.floor(Math.log10(size)) + 1;
    return Math.max(0, Math.min(MOST_DECIMALS, DIGITS - beforePoint));
  }

  private static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** The table in Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder("| " + String.join(" | ", header()) + " |\n|");
    text.append("---|".repeat(header().size())).append('\n');
    cells().forEach(line -> text.append("| ").append(String.join(" | ", line)).append(" |\n"));
    return text.toString();
  }

  /** Every repetition with all digits, as CSV with a header; what was not measured is empty. */
  public String csv() {
    StringWriter text = new StringWriter();
    try (CSVPrinter lines =
        new CSVPrinter(text, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get())) {
      List<Object> header = new ArrayList<>(List.of(title, "seed"));
      header.addAll(columns);
      lines.printRecord(header);
      for (var row : rows.entrySet()) {
        for (var repetition : row.getValue().entrySet()) {
          List<Object> line = new ArrayList<>(List.of(row.getKey(), repetition.getKey()));
          columns.forEach(column -> line.add(repetition.getValue().get(column)));
          lines.printRecord(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
