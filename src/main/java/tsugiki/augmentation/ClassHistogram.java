package tsugiki.augmentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import tsugiki.base.AtomicFile;
import tsugiki.study.Csv;
import tsugiki.study.ShareChart;
import tsugiki.study.StudyReport;
import tsugiki.study.TrialOutcome;

/**
 * Which classes a classifier takes images for: the share of the real images and of every variant's,
 * the mean over its seeds. A table and a chart per variant show the classes that are the commonest
 * among the real images or among the generated ones; a file has all of them.
 */
final class ClassHistogram {
  /** How the names of the figures begin; a trial has those of the classes that it drew. */
  static final String FIGURE = "class: ";

  /** The file with all classes. */
  static final String FILE = "classes.csv";

  /** The commonest classes that are shown, of the real images and of the generated ones. */
  private static final int SHOWN = 10;

  private static final String REAL = ShareChart.REAL;
  private static final String OTHERS = "all others";

  /** By the real images' name or the variant, and within it by class; a class of none is 0. */
  private final Map<String, Map<String, Double>> shares = new LinkedHashMap<>();

  /**
   * Takes the means.
   *
   * @param real the share of every class among the real images, in the classes' order
   * @param outcomes of the trials; failed ones have drawn nothing
   */
  ClassHistogram(Map<String, Double> real, List<TrialOutcome> outcomes) {
    shares.put(REAL, real);
    outcomes.stream()
        .filter(outcome -> !outcome.failed())
        .collect(
            Collectors.groupingBy(TrialOutcome::variant, LinkedHashMap::new, Collectors.toList()))
        .forEach((variant, trials) -> shares.put(variant, mean(trials)));
  }

  private static Map<String, Double> mean(List<TrialOutcome> trials) {
    Map<String, Double> mean = new TreeMap<>();
    for (TrialOutcome trial : trials) {
      trial
          .figures()
          .forEach(
              (name, share) -> {
                if (name.startsWith(FIGURE)) {
                  mean.merge(name.substring(FIGURE.length()), share / trials.size(), Double::sum);
                }
              });
    }
    return mean;
  }

  private double share(String images, String className) {
    return shares.get(images).getOrDefault(className, 0.0);
  }

  private List<String> classes() {
    return List.copyOf(shares.get(REAL).keySet());
  }

  private List<String> variants() {
    return shares.keySet().stream().filter(images -> !images.equals(REAL)).toList();
  }

  /** The commonest classes of the real images, then those of any variant's images. */
  List<String> shown() {
    Set<String> shown = new LinkedHashSet<>(commonest(List.of(REAL)));
    shown.addAll(commonest(variants()));
    return List.copyOf(shown);
  }

  private List<String> commonest(List<String> images) {
    Map<String, Double> most = new LinkedHashMap<>();
    for (String className : classes()) {
      double share = images.stream().mapToDouble(some -> share(some, className)).max().orElse(0);
      if (share > 0) {
        most.put(className, share);
      }
    }
    return most.keySet().stream()
        .sorted(Comparator.comparingDouble(className -> -most.get(className)))
        .limit(SHOWN)
        .toList();
  }

  /** The table of the classes that are shown. */
  StudyReport.Section section() {
    List<String> header = new ArrayList<>(List.of("class"));
    header.addAll(shares.keySet());
    List<List<String>> rows = new ArrayList<>();
    List<String> shown = shown();
    for (String className : shown) {
      rows.add(row(className, images -> share(images, className)));
    }
    rows.add(
        row(
            OTHERS,
            images ->
                classes().stream()
                    .filter(className -> !shown.contains(className))
                    .mapToDouble(className -> share(images, className))
                    .sum()));
    return new StudyReport.Section(
        "The classes of the images",
        "The share of images whose likeliest class it is, means over the seeds: the %d commonest classes of the real images, and those that are among the %d commonest of any variant's. %s has all classes."
            .formatted(SHOWN, SHOWN, FILE),
        header,
        rows);
  }

  private List<String> row(String name, ToDoubleFunction<String> share) {
    List<String> row = new ArrayList<>(List.of(name));
    shares.keySet().forEach(images -> row.add(percent(share.applyAsDouble(images))));
    return row;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /**
   * Writes {@link #FILE} and a chart per variant.
   *
   * @param study its folder
   * @return the charts, by their captions
   */
  Map<String, Path> write(Path study) {
    AtomicFile.write(study.resolve(FILE), csv());
    Map<String, Path> charts = new LinkedHashMap<>();
    List<String> shown = shown();
    for (String variant : variants()) {
      Path file = study.resolve("classes-%s.png".formatted(variant.replace('+', '-')));
      ShareChart.write(file, shown, shares.get(REAL), variant, shares.get(variant));
      charts.put("the classes of the images of " + variant + ", beside the real ones'", file);
    }
    return charts;
  }

  private String csv() {
    List<List<Object>> lines = new ArrayList<>();
    lines.add(new ArrayList<>(List.of("class")));
    lines.get(0).addAll(shares.keySet());
    for (String className : classes()) {
      List<Object> line = new ArrayList<>(List.of(className));
      shares.keySet().forEach(images -> line.add(share(images, className)));
      lines.add(line);
    }
    return Csv.of(lines);
  }
}
