package tsugiki.score;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Scores by name, each with its protocol, its interval and what limits it. */
public final class ScoreSheet {
  private static final int LINE = 100;

  /** The figures whose names stand for published protocols. */
  private static final Set<String> PUBLISHED =
      Set.of("fid", "kid", key(ClassProbabilities.INCEPTION));

  private final Map<String, Double> figures = new LinkedHashMap<>();
  private final Map<String, Bootstrap.Interval> intervals = new LinkedHashMap<>();
  private final Map<String, Object> counts = new LinkedHashMap<>();
  private final Map<String, String> protocol = new LinkedHashMap<>();
  private final Map<String, Object> details = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<String> notComparable = new LinkedHashSet<>();

  /** The figures by name, in order. */
  public Map<String, Double> figures() {
    return Collections.unmodifiableMap(figures);
  }

  /** What limits the figures, in sentences. */
  public List<String> notes() {
    return Collections.unmodifiableList(notes);
  }

  /** Adds a figure. */
  void figure(String name, double value) {
    figures.put(name, value);
  }

  /** Marks a score of a published name as one that does not compare with published ones. */
  void notComparable(String name) {
    notComparable.add(name);
  }

  /**
   * Whether the scores {@code fid}, {@code kid} and {@code is} of this sheet compare with published
   * ones; empty where there is none of them.
   */
  public Optional<Boolean> comparable() {
    boolean any = figures.keySet().stream().anyMatch(PUBLISHED::contains);
    return any ? Optional.of(incomparable().isEmpty()) : Optional.empty();
  }

  private List<String> incomparable() {
    return notComparable.stream().filter(name -> figures.containsKey(key(name))).toList();
  }

  private static String key(String name) {
    return name.equals(ClassProbabilities.INCEPTION) ? name + "_mean" : name;
  }

  /** Adds a figure's interval. */
  void interval(String name, Bootstrap.Interval interval) {
    intervals.put(name, interval);
  }

  /** Adds the number of something. */
  public void count(String of, Object number) {
    counts.put(of, number);
  }

  /** Adds what is behind a figure, for the JSON object alone. */
  public void detail(String name, Object what) {
    details.put(name, what);
  }

  /** Adds how a figure, or what several rest on, was made. */
  public void protocol(String of, String words) {
    protocol.put(of, words);
  }

  /** Adds a sentence that a reader of the figures has to know. */
  public void note(String sentence) {
    notes.add(sentence);
  }

  /**
   * Everything as one object: every figure under its name; {@code comparable}, whether all of fid,
   * kid and is compare with published ones, and if not, {@code not_comparable}, which of them do
   * not; {@code intervals} (low and high, where there are any), {@code counts}, {@code protocol}
   * and {@code notes}.
   */
  public Map<String, Object> json() {
    Map<String, Object> object = new LinkedHashMap<>(figures);
    comparable().ifPresent(all -> object.put("comparable", all));
    if (!incomparable().isEmpty()) {
      object.put("not_comparable", incomparable());
    }
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

  /**
   * A table for people: a heading that says what does not compare with published figures, the
   * figures, then how they were made, then the notes.
   */
  public String table() {
    int width = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder(heading());
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

  private String heading() {
    return incomparable().isEmpty()
        ? "Scores\n"
        : "Scores (%s: not comparable with published ones)\n"
            .formatted(String.join(", ", incomparable()));
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
