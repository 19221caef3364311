package tsugiki.graft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tsugiki.graft.GraftStudy.Cell;
import tsugiki.study.MeanInterval;
import tsugiki.study.StudyReport;
import tsugiki.study.TrialOutcome;

/**
 * The paper's own figures (Takeda and Yanai, table 1) beside a study's, as the one thing that the
 * two share: relative differences.
 */
final class GraftPaper {
  private GraftPaper() {}

  /**
   * Differences to the first variant in per cent of it, paired by seed.
   *
   * @param outcomes with a figure per cell, by its title
   */
  static StudyReport.Section relative(List<TrialOutcome> outcomes, Collection<Cell> cells) {
    Map<String, Map<Long, TrialOutcome>> variants = new LinkedHashMap<>();
    outcomes.forEach(
        trial ->
            variants
                .computeIfAbsent(trial.variant(), name -> new LinkedHashMap<>())
                .put(trial.seed(), trial));
    String first = outcomes.isEmpty() ? "" : outcomes.get(0).variant();
    List<String> header = new ArrayList<>(List.of("method"));
    cells.forEach(cell -> header.add(cell.title()));
    List<List<String>> rows = new ArrayList<>();
    variants.forEach(
        (name, trials) -> {
          if (!name.equals(first)) {
            List<String> row = new ArrayList<>(List.of(name));
            cells.forEach(cell -> row.add(cell(trials, variants.get(first), cell.title())));
            rows.add(row);
          }
        });
    return new StudyReport.Section(
        "In per cent",
        "The difference to %s over the score of %s, in per cent, paired by seed: mean ± half the width of its 95 %% interval. Below 0 is better."
            .formatted(first, first),
        header,
        rows);
  }

  private static String cell(
      Map<Long, TrialOutcome> trials, Map<Long, TrialOutcome> firsts, String title) {
    double[] shares =
        trials.entrySet().stream()
            .filter(one -> one.getValue().figures().containsKey(title))
            .filter(one -> firsts.containsKey(one.getKey()))
            .filter(one -> firsts.get(one.getKey()).figures().containsKey(title))
            .mapToDouble(
                one ->
                    100
                        * (one.getValue().figures().get(title)
                                / firsts.get(one.getKey()).figures().get(title)
                            - 1))
            .toArray();
    if (shares.length == 0) {
      return "–";
    }
    MeanInterval interval = MeanInterval.of(shares);
    return shares.length == 1
        ? String.format(Locale.ROOT, "%.1f", interval.mean())
        : String.format(Locale.ROOT, "%.1f ± %.1f", interval.mean(), interval.margin());
  }

  /** The paper's differences. */
  static StudyReport.Section own() {
    return new StudyReport.Section(
        "The paper's own differences in per cent",
        "KMMD of point-wise layers with groups of 8 against scale and shift. The paper's KMMD lies between 2.5 and 3.0, where one Gaussian kernel gives 1.41 at most; its kernel is not published, and it has one seed, images of 128 pixels and a generator trained on ImageNet. So only relative differences can be set beside each other. The birds and cars of the paper are not to be had here.",
        List.of("domain", "25 images", "50 images", "100 images"),
        List.of(
            List.of("human face", "−1.28", "−0.88", "−0.88"),
            List.of("passion flower", "−0.71", "−0.57", "−0.37"),
            List.of("firefinch", "−0.94", "−1.50", "−1.03"),
            List.of("BMW", "−1.18", "−1.39", "−0.79")));
  }
}
