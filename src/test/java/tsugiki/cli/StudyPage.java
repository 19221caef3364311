package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The tables of a finished study's {@code study.md}, and whether they say what its CSV files do.
 *
 * @param folder of the study
 * @param tables by heading, each a list of rows of cells with its header first; those before the
 *     first heading have the empty one
 */
record StudyPage(Path folder, Map<String, List<List<List<String>>>> tables) {
  /** Student's t at 0.975 with one degree of freedom. */
  private static final double T = 12.706204736174698;

  private static final Pattern CELL = Pattern.compile("(-?[0-9.]+)(?: ± ([0-9.]+))?");

  /** Reads it. */
  static StudyPage read(Path folder) throws IOException {
    Map<String, List<List<List<String>>>> tables = new LinkedHashMap<>();
    String heading = "";
    boolean within = false;
    for (String line : Files.readAllLines(folder.resolve("study.md"))) {
      if (line.startsWith("## ")) {
        heading = line.substring(3);
      }
      boolean row = line.startsWith("| ");
      if (row) {
        List<List<List<String>>> here = tables.computeIfAbsent(heading, h -> new ArrayList<>());
        if (!within) {
          here.add(new ArrayList<>());
        }
        String inner = line.substring(2, line.length() - 2);
        here.get(here.size() - 1).add(Arrays.asList(inner.split(" \\| ", -1)));
      }
      within = row || (within && line.startsWith("|---"));
    }
    return new StudyPage(folder, tables);
  }

  /** A table. */
  List<List<String>> table(String heading, int number) {
    assertThat(tables).containsKey(heading);
    return tables.get(heading).get(number);
  }

  /**
   * Checks means ± half the width of intervals against the values of one or two seeds, and that
   * there is a dash where no seed has a value.
   */
  void hasMeansOf(List<List<String>> table, String csv) throws IOException {
    Map<String, Map<String, List<Double>>> values = values(csv);
    List<String> header = table.get(0);
    assertThat(table).hasSize(1 + values.size());
    for (List<String> row : table.subList(1, table.size())) {
      for (int i = 1; i < header.size() - 1; i++) {
        List<Double> found = values.get(row.get(0)).getOrDefault(header.get(i), List.of());
        if (found.isEmpty()) {
          assertThat(row.get(i)).as("%s, %s", row.get(0), header.get(i)).isEqualTo("–");
        } else {
          same(row.get(i), found);
        }
      }
    }
  }

  /** Checks paired differences against the same values, and the CSV file of differences too. */
  void hasDifferencesOf(List<List<String>> table, String csv, String ofPairs) throws IOException {
    Map<String, Map<String, List<Double>>> values = values(csv);
    List<String> header = table.get(0);
    assertThat(table).hasSize(values.size());
    for (List<String> row : table.subList(1, table.size())) {
      String[] pair = row.get(0).split(" − ");
      for (int i = 1; i < header.size(); i++) {
        List<Double> ones = values.get(pair[0]).get(header.get(i));
        List<Double> others = values.get(pair[1]).get(header.get(i));
        List<Double> differences = new ArrayList<>();
        for (int seed = 0; seed < ones.size(); seed++) {
          differences.add(ones.get(seed) - others.get(seed));
        }
        same(row.get(i), differences);
        sameInterval(ofPairs, List.of(header.get(i), pair[0], pair[1]), differences);
      }
    }
  }

  /** Checks that an HTML page has all cells of all tables. */
  void isShownBy(Path html) throws IOException {
    String page = Files.readString(html);
    for (List<List<List<String>>> together : tables.values()) {
      for (List<List<String>> table : together) {
        table.forEach(row -> row.forEach(cell -> assertThat(page).contains(">" + cell + "<")));
      }
    }
  }

  private static void same(String cell, List<Double> values) {
    // A measure that only some seeds have says how many those are.
    Matcher found = CELL.matcher(cell.replaceFirst(" \\([0-9]+ of [0-9]+\\)$", ""));
    assertThat(found.matches()).as(cell).isTrue();
    same(found.group(1), mean(values), values.toString());
    assertThat(found.group(2) == null).as(cell).isEqualTo(values.size() == 1);
    if (found.group(2) != null) {
      same(found.group(2), margin(values), values.toString());
    }
  }

  private static void same(String number, double expected, String values) {
    int decimals = number.contains(".") ? number.length() - number.indexOf('.') - 1 : 0;
    assertThat(Double.parseDouble(number))
        .as(values)
        .isCloseTo(expected, within(0.501 * Math.pow(10, -decimals)));
  }

  private void sameInterval(String csv, List<String> names, List<Double> differences)
      throws IOException {
    CSVRecord line =
        records(csv).stream()
            .filter(record -> record.stream().limit(3).toList().equals(names))
            .findFirst()
            .orElseThrow();
    double mean = mean(differences);
    assertThat(Double.parseDouble(line.get("difference"))).isCloseTo(mean, within(1e-12));
    if (differences.size() > 1) {
      double margin = margin(differences);
      assertThat(Double.parseDouble(line.get("low"))).isCloseTo(mean - margin, within(1e-9));
      assertThat(Double.parseDouble(line.get("high"))).isCloseTo(mean + margin, within(1e-9));
    }
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElseThrow();
  }

  /** Of two values, s / √2 is half their distance. */
  private static double margin(List<Double> values) {
    assertThat(values).hasSize(2);
    return T * Math.abs(values.get(0) - values.get(1)) / 2;
  }

  /** By variant and measure the values of all seeds that have one. */
  private Map<String, Map<String, List<Double>>> values(String csv) throws IOException {
    Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();
    for (CSVRecord line : records(csv)) {
      Map<String, List<Double>> variant =
          values.computeIfAbsent(line.get(0), name -> new LinkedHashMap<>());
      line.toMap()
          .forEach(
              (measure, value) -> {
                if (value.matches("-?[0-9][0-9.Ee-]*")) {
                  variant
                      .computeIfAbsent(measure, name -> new ArrayList<>())
                      .add(Double.parseDouble(value));
                }
              });
    }
    return values;
  }

  private List<CSVRecord> records(String csv) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser lines = CSVParser.parse(Files.newBufferedReader(folder.resolve(csv)), format)) {
      return lines.getRecords();
    }
  }
}
