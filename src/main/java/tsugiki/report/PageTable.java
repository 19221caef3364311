package tsugiki.report;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A table as the page's template reads it: columns of figures are marked, so that they are set to
 * the right.
 *
 * @param header the columns' names
 * @param rows as many cells each as the header has
 */
record PageTable(List<Cell> header, List<Row> rows) {
  /** A figure with what may stand beside it: sign, decimals, exponent, deviation, per cent. */
  private static final Pattern NUMBER = Pattern.compile("(?=.*\\d)[-+−±.,%e\\s\\d]+");

  /**
   * One cell.
   *
   * @param text plain text
   * @param number whether its column holds figures alone
   */
  record Cell(String text, boolean number) {}

  /** The cells of one row. */
  record Row(List<Cell> cells) {}

  /**
   * Makes one.
   *
   * @param header the columns' names
   * @param rows the texts of each row
   * @throws IllegalArgumentException when a row has another number of cells than the header
   */
  static PageTable of(List<String> header, List<List<String>> rows) {
    for (List<String> texts : rows) {
      if (texts.size() != header.size()) {
        throw new IllegalArgumentException(
            "a row of " + texts.size() + " cells under a header of " + header.size());
      }
    }
    List<Boolean> numeric =
        IntStream.range(0, header.size()).mapToObj(column -> isNumeric(rows, column)).toList();
    return new PageTable(
        cells(header, numeric),
        rows.stream().map(texts -> new Row(cells(texts, numeric))).toList());
  }

  private static boolean isNumeric(List<List<String>> rows, int column) {
    return rows.stream()
        .map(texts -> texts.get(column))
        .filter(text -> !text.isBlank())
        .allMatch(text -> NUMBER.matcher(text).matches());
  }

  private static List<Cell> cells(List<String> texts, List<Boolean> numeric) {
    return IntStream.range(0, texts.size())
        .mapToObj(column -> new Cell(texts.get(column), numeric.get(column)))
        .toList();
  }
}
