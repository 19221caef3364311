package tsugiki.labels;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tsugiki.base.AtomicFile;
import tsugiki.data.ClassShares;
import tsugiki.data.ImageSet;
import tsugiki.study.StudyReport;
import tsugiki.study.TrialOutcome;

/**
 * What a study's trainings have per class, as tables and CSV: the diversity of each class's
 * samples, and how often a co-trained head predicts it.
 *
 * @param folder of the study
 * @param images of the data
 */
record ClassTables(Path folder, ImageSet images) {
  private static final String NOTHING = "–";

  /**
   * Writes the CSV files of what some of the trainings have.
   *
   * @return the tables
   */
  List<StudyReport.Section> write(List<TrialOutcome> trials) {
    List<StudyReport.Section> sections = new ArrayList<>();
    if (trials.stream().anyMatch(trial -> !ClassFigures.DIVERSITY.in(trial).isEmpty())) {
      sections.add(diversity(trials));
      AtomicFile.write(folder.resolve("class-diversity.csv"), ClassFigures.DIVERSITY.csv(trials));
    }
    List<TrialOutcome> heads =
        trials.stream().filter(trial -> !ClassFigures.HEAD_SHARE.in(trial).isEmpty()).toList();
    if (!heads.isEmpty()) {
      sections.add(heads(heads));
      AtomicFile.write(folder.resolve("head-classes.csv"), ClassFigures.HEAD_SHARE.csv(heads));
    }
    return sections;
  }

  private static StudyReport.Section diversity(List<TrialOutcome> trials) {
    List<List<String>> rows = new ArrayList<>();
    for (TrialOutcome trial : trials) {
      ClassFigures.DIVERSITY
          .least(trial)
          .ifPresent(
              least ->
                  rows.add(
                      List.of(
                          trial.variant(),
                          Long.toString(trial.seed()),
                          number(trial.figures().get(ClassFigures.SUMMARY)),
                          number(trial.figures().get(ClassFigures.LEAST)),
                          least)));
    }
    return new StudyReport.Section(
        "Diversity within classes",
        "The mean distance of two samples of a class over that of two real images of it: 1 for as varied ones, 0 for a class that has collapsed to one image. The mean over a generator's own classes, and its least varied class. class-diversity.csv has all classes.",
        List.of("variant", "seed", "mean", "least", "class"),
        rows);
  }

  /** The shares of the classes by variant, means over the seeds, beside the true ones. */
  private StudyReport.Section heads(List<TrialOutcome> heads) {
    Map<String, List<TrialOutcome>> byVariant =
        heads.stream()
            .collect(
                Collectors.groupingBy(
                    TrialOutcome::variant, LinkedHashMap::new, Collectors.toList()));
    List<String> header = new ArrayList<>(List.of("class", "real images"));
    header.addAll(byVariant.keySet());
    List<String> names = images.classNames();
    Map<String, Double> real = ClassShares.ofLabels(images.labels(), names.size()).byName(names);
    List<List<String>> rows = new ArrayList<>();
    for (String name : ClassFigures.HEAD_SHARE.classes(heads)) {
      List<String> row = new ArrayList<>(List.of(name, percent(real.get(name))));
      byVariant.values().forEach(trials -> row.add(percent(mean(trials, name))));
      rows.add(row);
    }
    return new StudyReport.Section(
        "What the co-trained head predicts",
        "The share of the images without a label that it takes for each class; means over the seeds. head-classes.csv has every seed.",
        header,
        rows);
  }

  private static Double mean(List<TrialOutcome> trials, String name) {
    return trials.stream()
        .mapToDouble(trial -> ClassFigures.HEAD_SHARE.value(trial, name))
        .average()
        .orElseThrow();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String percent(Double share) {
    return share == null ? NOTHING : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
