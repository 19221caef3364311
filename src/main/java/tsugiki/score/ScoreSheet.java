package tsugiki.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Figures by name, with what each was made from and what has to be said about it. */
public final class ScoreSheet {
  private final Map<String, Double> figures = new LinkedHashMap<>();
  private final Map<String, Bootstrap.Interval> intervals = new LinkedHashMap<>();
  private final Map<String, Object> counts = new LinkedHashMap<>();
  private final Map<String, String> protocol = new LinkedHashMap<>();
  private final Map<String, Object> details = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  /** The figures by name, in order. */
  public Map<String, Double> figures() {
    return figures;
  }

  /** What limits the figures, in sentences. */
  public List<String> notes() {
    return notes;
  }

  /** Adds a figure. */
  void figure(String name, double value) {
    figures.put(name, value);
  }

  /** Adds a figure's interval. */
  void interval(String name, Bootstrap.Interval interval) {
    intervals.put(name, interval);
  }

  /** Says how many of something there are. */
  public void count(String of, Object number) {
    counts.put(of, number);
  }

  /** Adds what is behind a figure, for the JSON object alone. */
  public void detail(String name, Object what) {
    details.put(name, what);
  }

  /** Says how a figure, or what several rest on, was made. */
  public void protocol(String of, String words) {
    protocol.put(of, words);
  }

  /** Says something that a reader of the figures has to know. */
  public void note(String sentence) {
    notes.add(sentence);
  }

  /**
   * Everything as one object: every figure under its name, then {@code intervals} (low and high,
   * where they were asked for), {@code counts}, {@code protocol} and {@code notes}.
   */
  public Map<String, Object> json() {
    Map<String, Object> object = new LinkedHashMap<>(figures);
    if (!intervals.isEmpty()) {
      Map<String, List<Double>> pairs = new LinkedHashMap<>();
      intervals.forEach((name, i) -> pairs.put(name, List.of(i.low(), i.high())));
      object.put("intervals", pairs);
    }
    object.put("counts", counts);
    object.put("protocol", protocol);
    object.put("notes", notes);
    object.putAll(details);
    return object;
  }

  /** A table for people: the figures, then how they were made, then the notes. */
  public String table() {
    int width = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    figures.forEach(
        (name, value) ->
            text.append(
                "%s  %12s%s%n"
                    .formatted(
                        pad(name, width),
                        number(value),
                        Optional.ofNullable(intervals.get(name))
                            .map(
                                i ->
                                    "   95 %% %s to %s"
                                        .formatted(number(i.low()), number(i.high())))
                            .orElse(""))));
    counts.forEach((of, number) -> text.append("%n%s: %s".formatted(of, number)));
    text.append("%n%nProtocol%n".formatted());
    protocol.forEach((of, words) -> text.append("  %s: %s%n".formatted(of, words)));
    if (!notes.isEmpty()) {
      text.append("%nNotes%n".formatted());
      notes.forEach(note -> text.append("  %s%n".formatted(note)));
    }
    return text.toString();
  }

  private static String pad(String name, int width) {
    return name + " ".repeat(width - name.length());
  }

  /** Six digits; the whole numbers are in the JSON object. */
  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }
}
