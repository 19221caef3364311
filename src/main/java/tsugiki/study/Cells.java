package tsugiki.study;

import java.util.List;
import java.util.Locale;

/** Text of a table's cells, and of a table in Markdown. */
final class Cells {
  static final String NOTHING = "–";
  private static final int DIGITS = 3;
  private static final int MOST_DECIMALS = 6;

  private Cells() {}

  /**
   * A mean and its interval: three significant digits, since a kernel distance may be 0.0004 where
   * a Fréchet distance is 40; the mean alone of one value.
   *
   * @param values one per seed
   * @param seeds how many seeds there are; a measure that only some have, such as the step of a
   *     collapse, says how many those are
   */
  static String of(double[] values, int seeds) {
    if (values.length == 0) {
      return NOTHING;
    }
    String some = values.length < seeds ? " (%d of %d)".formatted(values.length, seeds) : "";
    MeanInterval interval = MeanInterval.of(values);
    int decimals = decimals(interval.mean());
    String mean = number(interval.mean(), decimals);
    return values.length == 1
        ? mean + some
        : mean + " ± " + number(interval.margin(), decimals) + some;
  }

  /** As many as show the digits of a mean that matter; the interval has as many. */
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

  /** A table in Markdown. */
  static String markdown(List<String> header, List<List<String>> rows) {
    StringBuilder text = new StringBuilder("| " + String.join(" | ", header) + " |\n|");
    text.append("---|".repeat(header.size())).append('\n');
    rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
    return text.toString();
  }
}
