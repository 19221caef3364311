package tsugiki.base;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Figures for a line of text. */
public final class FigureWords {
  private FigureWords() {}

  /** Names and figures of four digits: {@code kid 0.01234, fid 56.78}. */
  public static String of(Map<String, Double> figures) {
    return figures.entrySet().stream()
        .map(figure -> of(figure.getKey(), figure.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** A name and its figure of four digits. */
  public static String of(String name, double figure) {
    return String.format(Locale.ROOT, "%s %.4g", name, figure);
  }
}
