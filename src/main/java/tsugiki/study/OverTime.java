package tsugiki.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import tsugiki.train.RunDirectory;

/**
 * Scores that trials took while they trained, as tables: a row per variant, a column per step.
 * Where a score compares with real images, a training of a GAN draws them by its seed: trials of
 * the same seed compare with the same images, and those of different seeds with different ones.
 */
public final class OverTime {
  private static final int MOST_COLUMNS = 8;

  private OverTime() {}

  /**
   * A table per score, each with the differences between the variants at every step.
   *
   * @param wanted which names in {@code metrics.jsonl} are such scores
   * @param outcomes of the trials; of one that ended early, or without a run, there is what it came
   *     to
   */
  public static List<StudyReport.Group> groups(
      Predicate<String> wanted, List<TrialOutcome> outcomes) {
    Map<TrialOutcome, RunDirectory> runs = new LinkedHashMap<>();
    outcomes.forEach(outcome -> outcome.run().ifPresent(run -> runs.put(outcome, run)));
    return runs.values().stream()
        .flatMap(run -> run.lastMetrics().keySet().stream())
        .distinct()
        .filter(wanted)
        .map(score -> group(score, runs))
        .toList();
  }

  private static StudyReport.Group group(String score, Map<TrialOutcome, RunDirectory> runs) {
    TreeSet<Long> steps = new TreeSet<>();
    List<TrialOutcome> taken = new ArrayList<>();
    runs.forEach(
        (outcome, run) -> {
          RunDirectory.Series series = run.series(score);
          Map<String, Double> figures = new HashMap<>();
          for (int i = 0; i < series.steps().length; i++) {
            long step = (long) series.steps()[i];
            steps.add(step);
            figures.put(column(step), series.values()[i]);
          }
          taken.add(
              new TrialOutcome(
                  outcome.variant(), outcome.seed(), outcome.folder(), figures, Optional.empty()));
        });
    List<String> columns = some(List.copyOf(steps)).stream().map(OverTime::column).toList();
    return new StudyReport.Group(
        score + " over time", "variant", score + "-over-time.csv", columns, taken, true);
  }

  private static String column(long step) {
    return "step " + step;
  }

  /** All of them, or eight at about equal distances, which end with the last one. */
  private static List<Long> some(List<Long> steps) {
    int count = Math.min(MOST_COLUMNS, steps.size());
    List<Long> some = new ArrayList<>();
    for (int k = 1; k <= count; k++) {
      some.add(steps.get(k * steps.size() / count - 1));
    }
    return some;
  }
}
