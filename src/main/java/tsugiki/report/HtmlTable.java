package tsugiki.report;

import com.google.common.escape.Escaper;
import com.google.common.html.HtmlEscapers;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A table in HTML, its text escaped and its columns of figures set to the right. */
final class HtmlTable {
  private static final Escaper TEXT = HtmlEscapers.htmlEscaper();

  /** A figure with what may stand beside it: sign, decimals, exponent, deviation, per cent. */
  private static final Pattern NUMBER = Pattern.compile("(?=.*\\d)[-+−±.,%e\\s\\d]+");

  private HtmlTable() {}

  /**
   * Makes one.
   *
   * @param header the columns' names
   * @param rows cells of each row
   * @throws IllegalArgumentException when a row has another number of cells than the header
   */
  static String of(List<String> header, List<List<String>> rows) {
    for (List<String> cells : rows) {
      if (cells.size() != header.size()) {
        throw new IllegalArgumentException(
            "a row of " + cells.size() + " cells under a header of " + header.size());
      }
    }
    List<Boolean> numeric =
        IntStream.range(0, header.size()).mapToObj(column -> isNumeric(rows, column)).toList();
    StringBuilder table = new StringBuilder("<table>\n<thead>\n");
    table.append(row("th", header, numeric)).append("</thead>\n<tbody>\n");
    rows.forEach(cells -> table.append(row("td", cells, numeric)));
    return table.append("</tbody>\n</table>\n").toString();
  }

  private static boolean isNumeric(List<List<String>> rows, int column) {
    return rows.stream()
        .map(cells -> cells.get(column))
        .filter(cell -> !cell.isBlank())
        .allMatch(cell -> NUMBER.matcher(cell).matches());
  }

  private static String row(String cell, List<String> texts, List<Boolean> numeric) {
    StringBuilder row = new StringBuilder("<tr>");
    for (int column = 0; column < texts.size(); column++) {
      row.append("<").append(cell).append(numeric.get(column) ? " class=\"number\">" : ">");
      row.append(TEXT.escape(texts.get(column))).append("</").append(cell).append(">");
    }
    return row.append("</tr>\n").toString();
  }
}
