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
import tsugiki.study.ShareChart;
import tsugiki.study.StudyReport;
import tsugiki.study.Trial;
import tsugiki.study.TrialOutcome;

/**
 * What a study's trainings have per class, as tables, CSV and charts: the diversity of each class's
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
    List<TrialOutcome> heads = heads(trials);
    if (!heads.isEmpty()) {
      sections.add(ofHeads(heads));
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

  /**
   * Draws what the co-trained head of every variant predicts beside the true shares, as the table
   * has it.
   *
   * @return the charts, by their captions; none where no training has such a head
   */
  Map<String, Path> charts(List<TrialOutcome> trials) {
    List<TrialOutcome> heads = heads(trials);
    List<String> classes = ClassFigures.HEAD_SHARE.classes(heads);
    Map<String, Path> charts = new LinkedHashMap<>();
    means(heads)
        .forEach(
            (variant, shares) -> {
              String name = LabelTrials.inFile(variant).replace(", ", "-");
              Path file = folder.resolve("head-classes-%s.png".formatted(Trial.folderName(name)));
              ShareChart.write(file, classes, real(), variant, shares);
              charts.put(
                  "The classes that the co-trained head of %s predicts, beside those of the real images"
                      .formatted(variant),
                  file);
            });
    return charts;
  }

  private static List<TrialOutcome> heads(List<TrialOutcome> trials) {
    return trials.stream().filter(trial -> !ClassFigures.HEAD_SHARE.in(trial).isEmpty()).toList();
  }

  /** By variant the shares of the classes, means over the seeds. */
  private static Map<String, Map<String, Double>> means(List<TrialOutcome> heads) {
    Map<String, Map<String, Double>> means = new LinkedHashMap<>();
    List<String> classes = ClassFigures.HEAD_SHARE.classes(heads);
    heads.stream()
        .collect(
            Collectors.groupingBy(TrialOutcome::variant, LinkedHashMap::new, Collectors.toList()))
        .forEach(
            (variant, trials) -> {
              Map<String, Double> shares = new LinkedHashMap<>();
              classes.forEach(name -> shares.put(name, mean(trials, name)));
              means.put(variant, shares);
            });
    return means;
  }

  private Map<String, Double> real() {
    List<String> names = images.classNames();
    return ClassShares.ofLabels(images.labels(), names.size()).byName(names);
  }

  /** The shares of the classes by variant, beside the true ones. */
  private StudyReport.Section ofHeads(List<TrialOutcome> heads) {
    Map<String, Map<String, Double>> means = means(heads);
    List<String> header = new ArrayList<>(List.of("class", ShareChart.REAL));
    header.addAll(means.keySet());
    Map<String, Double> real = real();
    List<List<String>> rows = new ArrayList<>();
    for (String name : ClassFigures.HEAD_SHARE.classes(heads)) {
      List<String> row = new ArrayList<>(List.of(name, percent(real.get(name))));
      means.values().forEach(shares -> row.add(percent(shares.get(name))));
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
