package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** The page's text. */
  String text() throws IOException {
    return Files.readString(PAGES.resolve(page));
  }

  /** Checks that the page has exactly this table. */
  void has(List<String> header, List<List<String>> rows) throws IOException {
    assertThat(text()).contains("\n\n" + Cells.markdown(header, rows) + "\n");
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
