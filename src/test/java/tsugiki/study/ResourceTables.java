package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The tables of a page, and the CSV files that they are made of.
 *
 * @param page below the pages' folder
 */
record ResourceTables(String page) {
  private static final Path PAGES = Path.of("src/site/markdown");
  private static final Path FILES = Path.of("src/site/resources");
  private static final List<String> RATES = List.of("1.25E-4", "5.0E-4", "0.002", "0.008", "0.032");

  /** The page's text. */
  String text() throws IOException {
    return Files.readString(PAGES.resolve(page));
  }

  /** Checks that the page has exactly this table. */
  void has(List<String> header, List<List<String>> rows) throws IOException {
    assertThat(text()).contains("\n\n" + Cells.markdown(header, rows) + "\n");
  }

  /**
   * Checks that the page has the table of a study's means and the one of its differences.
   *
   * @param what is compared, the heading of the first column
   * @param figures those of a CSV file of the study
   */
  void hasStudy(String what, Figures figures, List<String> columns) throws IOException {
    hasMeans(what, figures, columns);
    PairedDifferences differences = table(what, figures, columns).differences();
    has(differences.header(), differences.cells());
  }

  /**
   * Checks that the page has the first tables of a study of grafts: the weights that train and a
   * score per set, the differences, and these in per cent.
   *
   * @param sets the columns of the scores
   */
  void hasMethods(Figures figures, List<String> sets) throws IOException {
    hasStudy("method", figures, Stream.concat(Stream.of("parameters"), sets.stream()).toList());
    hasPerCent("method", figures, sets);
  }

  private void hasPerCent(String what, Figures figures, List<String> columns) throws IOException {
    StudyReport.Section section = table(what, figures, columns).inPerCent();
    has(section.header(), section.rows());
  }

  /**
   * Checks that the page has the table of the differences between chosen variants.
   *
   * @param pairs each a variant and the one that it is compared with
   */
  void hasPairs(Figures figures, List<String> columns, List<List<String>> pairs)
      throws IOException {
    PairedDifferences differences = table("variant", figures, columns).differences();
    has(differences.header(), differences.cells(pairs));
  }

  /** Checks that the page has the table of a study's means. */
  void hasMeans(String what, Figures figures, List<String> columns) throws IOException {
    StudyTable table = table(what, figures, columns);
    has(table.header(), table.cells());
  }

  /**
   * Checks that the page has the table of the rates of a study of grafts.
   *
   * @return the rate with the lowest score of each method, in the order of the table
   */
  List<String> bestRates(Figures figures) throws IOException {
    hasMeans("method", figures, RATES);
    return figures.variants().stream()
        .map(
            method ->
                Collections.min(
                    RATES, Comparator.comparing(rate -> figures.values(method, rate)[0])))
        .toList();
  }

  private static StudyTable table(String what, Figures figures, List<String> columns) {
    StudyTable table = new StudyTable(what, columns);
    for (String variant : figures.variants()) {
      figures.of(variant).forEach((seed, values) -> table.add(variant, seed, values));
    }
    return table;
  }

  /** The figures of a CSV file that the page links to. */
  Figures figures(String file) throws IOException {
    assertThat(text()).contains("](../resources/" + file + ")");
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    Figures figures = new Figures();
    try (CSVParser lines = CSVParser.parse(Files.newBufferedReader(FILES.resolve(file)), format)) {
      for (CSVRecord line : lines) {
        Map<String, Double> values = new LinkedHashMap<>();
        line.toMap().forEach((measure, value) -> addNumber(values, measure, value));
        figures.add(line.get(0), Long.parseLong(line.get("seed")), values);
      }
    }
    return figures;
  }

  private static void addNumber(Map<String, Double> values, String measure, String value) {
    if (value.matches("-?[0-9][0-9.Ee-]*")) {
      values.put(measure, Double.parseDouble(value));
    }
  }
}
