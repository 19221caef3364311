package tsugiki.labels;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tsugiki.study.StudyTable;
import tsugiki.study.TrialOutcome;

/** Figures of a trial that there is one of per class, by name among its others. */
enum ClassFigures {
  /** How varied a class's samples are over its real images; see {@link #SUMMARY}. */
  DIVERSITY("class_diversity"),
  /** The share of the images without a label that the co-trained head takes for the class. */
  HEAD_SHARE("head_share");

  /** The mean of {@link #DIVERSITY} over the classes. */
  static final String SUMMARY = "class_diversity";

  /** The least of {@link #DIVERSITY}. */
  static final String LEAST = "class_diversity_least";

  /** The number of classes that the head takes any image for. */
  static final String HEAD_CLASSES = "head_classes";

  private final String prefix;

  ClassFigures(String word) {
    prefix = word + ": ";
  }

  /**
   * The figures by name.
   *
   * @param byClass values by the class's name
   * @return with the summary
   */
  Map<String, Double> of(Map<String, Double> byClass) {
    Map<String, Double> figures = new LinkedHashMap<>();
    if (!byClass.isEmpty()) {
      if (this == DIVERSITY) {
        figures.put(
            SUMMARY,
            byClass.values().stream().mapToDouble(Double::doubleValue).average().orElseThrow());
        figures.put(
            LEAST, byClass.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow());
      } else {
        figures.put(
            HEAD_CLASSES, (double) byClass.values().stream().filter(share -> share > 0).count());
      }
    }
    byClass.forEach((name, value) -> figures.put(prefix + name, value));
    return figures;
  }

  /** The values of a trial by the class's name, in the order of the classes. */
  Map<String, Double> in(TrialOutcome trial) {
    Map<String, Double> byClass = new LinkedHashMap<>();
    trial
        .figures()
        .forEach(
            (name, value) -> {
              if (name.startsWith(prefix)) {
                byClass.put(name.substring(prefix.length()), value);
              }
            });
    return byClass;
  }

  /** The value of a trial for a class; 0 where it has none. */
  double value(TrialOutcome trial, String className) {
    return trial.figures().getOrDefault(prefix + className, 0.0);
  }

  /** The class with the least value; empty where there are none. */
  Optional<String> least(TrialOutcome trial) {
    return in(trial).entrySet().stream().min(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  /** The classes that any of the trials has, each once. */
  List<String> classes(List<TrialOutcome> trials) {
    Set<String> all = new LinkedHashSet<>();
    trials.forEach(trial -> all.addAll(in(trial).keySet()));
    return List.copyOf(all);
  }

  /** Every trial that has them with all digits, a column per class, as CSV with a header. */
  String csv(List<TrialOutcome> trials) {
    StudyTable table = new StudyTable("variant", classes(trials));
    trials.stream()
        .filter(trial -> !in(trial).isEmpty())
        .forEach(trial -> table.add(trial.variant(), trial.seed(), in(trial)));
    return table.csv();
  }
}
