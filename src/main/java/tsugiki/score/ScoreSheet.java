package tsugiki.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures by name, with what each was made from and what has to be said about it. */
public final class ScoreSheet {
  private static final int LINE = 100;

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
      figures.keySet().stream()
          .filter(intervals::containsKey)
          .forEach(
              name ->
                  pairs.put(name, List.of(intervals.get(name).low(), intervals.get(name).high())));
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
            text.append(pad(name, width))
                .append("%14s".formatted(number(value)))
                .append(intervals.containsKey(name) ? range(intervals.get(name)) : "")
                .append('\n'));
    if (!figures.isEmpty()) {
      text.append('\n');
    }
    counts.forEach((of, number) -> text.append("%s: %s\n".formatted(of, number)));
    text.append("\nProtocol\n");
    protocol.forEach((of, words) -> text.append(wrapped(of + ": " + words)));
    if (!notes.isEmpty()) {
      text.append("\nNotes\n");
      notes.forEach(note -> text.append(wrapped(note)));
    }
    return text.toString();
  }

  private static String range(Bootstrap.Interval interval) {
    return "   95 %% %s to %s".formatted(number(interval.low()), number(interval.high()));
  }

  /** A sentence in lines of a terminal's width, the later ones set in. */
  private static String wrapped(String sentence) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(" ");
    for (String word : sentence.split(" ")) {
      if (line.length() + 1 + word.length() > LINE) {
        text.append(line).append('\n');
        line = new StringBuilder("     ");
      }
      line.append(' ').append(word);
    }
    return text.append(line).append('\n').toString();
  }

  private static String pad(String name, int width) {
    return name + " ".repeat(width - name.length());
  }

  /** Six digits; the whole numbers are in the JSON object. */
  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }
}
