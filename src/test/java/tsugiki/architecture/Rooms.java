package tsugiki.architecture;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The table of rooms (packages), which may use which; the same as in DESIGN.md. */
final class Rooms {
  /** What the packages of all rooms begin with. */
  static final String ROOT = "tsugiki.";

  /** Stands for all rooms above in the table. */
  private static final String ALL_ABOVE = "all above";

  /** Stands for TensorFlow and its protocol classes. */
  static final String TENSORFLOW = "TensorFlow";

  /** Stands for TensorFlow's protocol classes alone, which load no native library. */
  static final String PROTOCOL = "TensorFlow's protocol classes";

  /**
   * A room a line, what it may use after it; base is open to all. Whoever may use a room may use
   * what that room may use.
   */
  private static final String TABLE =
      """
      base         | –
      graph        | TensorFlow
      runtime      | graph, base
      model        | graph
      loss         | graph, model
      data         | base
      painting     | data
      augment      | graph, data
      report       | base, TensorFlow's protocol classes
      train        | graph, runtime, data, report
      weights      | base
      savedmodel   | graph, runtime, model, base
      pretrained   | model, weights, savedmodel
      features     | data, pretrained, runtime
      score        | features, base
      study        | train, score, report
      gan          | all above
      graft        | gan, study
      single       | gan, study
      recognition  | loss, augment, train, score
      labels       | gan, study, recognition
      activation   | gan, study
      augmentation | gan, study
      cluster      | train, savedmodel, features, score, study
      bench        | all above
      cli          | all above
      """;

  private static final Map<String, Set<String>> MAY_USE = read();

  private Rooms() {}

  /** The rooms' names in the order of the table. */
  static Set<String> names() {
    return MAY_USE.keySet();
  }

  /** What a room may use: itself, other rooms, {@link #TENSORFLOW}, {@link #PROTOCOL}. */
  static Set<String> usedBy(String room) {
    return MAY_USE.get(room);
  }

  /** Where a package belongs in the table; empty for libraries that the table does not name. */
  static Optional<String> of(String packageName) {
    if (packageName.startsWith("org.tensorflow.proto")) {
      return Optional.of(PROTOCOL);
    }
    if (packageName.startsWith("org.tensorflow") || packageName.startsWith("org.bytedeco")) {
      return Optional.of(TENSORFLOW);
    }
    return packageName.startsWith(ROOT)
        ? Optional.of(packageName.substring(ROOT.length()))
        : Optional.empty();
  }

  private static Map<String, Set<String>> read() {
    Map<String, Set<String>> table = new LinkedHashMap<>();
    for (String line : TABLE.lines().toList()) {
      String[] cells = line.split("\\|");
      Set<String> uses = new TreeSet<>(List.of(cells[0].strip(), "base"));
      for (String used : direct(cells[1].strip(), table.keySet())) {
        uses.add(used);
        uses.addAll(table.getOrDefault(used, Set.of()));
      }
      if (uses.contains(TENSORFLOW)) {
        uses.add(PROTOCOL);
      }
      table.put(cells[0].strip(), uses);
    }
    return table;
  }

  /** In the table's order a room stands below all that it uses, so that no cycle can be written. */
  private static List<String> direct(String cell, Set<String> above) {
    if (cell.equals("–")) {
      return List.of();
    }
    if (cell.equals(ALL_ABOVE)) {
      return List.copyOf(above);
    }
    List<String> used = Arrays.asList(cell.split(", "));
    List<String> known = Stream.concat(above.stream(), Stream.of(TENSORFLOW, PROTOCOL)).toList();
    if (!known.containsAll(used)) {
      throw new IllegalStateException("the table names a room that is not above: " + used);
    }
    return used;
  }
}
