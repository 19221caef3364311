package tsugiki.labels;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tsugiki.base.AtomicFile;
import tsugiki.data.ClassShares;
import tsugiki.data.ImageSet;
import tsugiki.study.Collapse;
import tsugiki.study.StudyReport;
import tsugiki.study.TrialOutcome;
import tsugiki.study.TrialPictures;
import tsugiki.train.RunDirectory;

/**
 * The report of a study of labels: the scores of the variants, of those at further shares of the
 * labels and of real images; what there is per class; pictures as those of the paper.
 */
final class LabelStudyReport {
  private static final List<String> OF_TRAININGS =
      List.of(
          ClassFigures.SUMMARY,
          ClassFigures.LEAST,
          "collapsed_at",
          "diverged_at",
          "label_error",
          ClassFigures.HEAD_CLASSES,
          "label_purity",
          "label_nmi");
  private static final List<String> OF_NETWORKS =
      List.of("label_error", "turn_error", "cluster_purity", "cluster_nmi");

  private static final String NOTHING = "–";

  /**
   * The trials that are finished.
   *
   * @param generators the variants with the study's share of the labels
   * @param atShares those with the further shares
   * @param features the feature networks
   * @param real the real images
   */
  record Outcomes(
      List<TrialOutcome> generators,
      List<TrialOutcome> atShares,
      List<TrialOutcome> features,
      List<TrialOutcome> real) {}

  private final Path folder;
  private final LabelStudyOptions options;
  private final ImageSet images;
  private final StudyReport report;
  private final List<String> scores;
  private final List<String> columns;

  /**
   * Makes it.
   *
   * @param folder of the study
   * @param images of the data
   * @param scores names of the generators' scores
   * @param protocol of the scores
   */
  LabelStudyReport(
      Path folder,
      LabelStudyOptions options,
      ImageSet images,
      List<String> scores,
      String protocol) {
    this.folder = folder;
    this.options = options;
    this.images = images;
    this.scores = scores;
    columns = Stream.concat(scores.stream(), OF_TRAININGS.stream()).toList();
    String budget =
        "%d generator steps of batch %d at %d pixels; labels %s of the data %s. %s"
            .formatted(
                options.gan().training().steps(),
                options.gan().training().batch(),
                options.gan().network().imageSize(),
                options.labels().labels(),
                options.gan().data().getFileName(),
                options.aboutLeftOut());
    report =
        new StudyReport(
            folder,
            new StudyReport.Texts(
                "Few labels",
                budget.strip(),
                protocol
                    + " head_classes: the classes that a co-trained head takes any image without a label for.",
                RunDirectory.json(options)));
  }

  /** Writes {@code study.md}, the CSV files, charts, pictures and page. */
  void write(Outcomes outcomes) {
    List<TrialOutcome> generators = outcomes.generators();
    List<StudyReport.Group> groups = new ArrayList<>();
    groups.add(
        new StudyReport.Group(
            "Real images by the same protocol", "images", "real.csv", scores, outcomes.real()));
    if (!options.furtherShares().isEmpty()) {
      groups.add(
          new StudyReport.Group(
              "By the share of the labels", "variant", "shares.csv", columns, byShare(outcomes)));
    }
    groups.add(
        new StudyReport.Group(
            "Feature networks", "labels seen", "features.csv", OF_NETWORKS, outcomes.features()));
    List<StudyReport.Section> sections = new ArrayList<>();
    List<TrialOutcome> all =
        Stream.concat(generators.stream(), outcomes.atShares().stream()).toList();
    ofClasses(all, sections);
    show(
        generators,
        LabelPictures.INTERPOLATION,
        "From one latent vector to another, each row of one class; first seed of each variant");
    show(
        generators,
        LabelPictures.ONE_CLASS,
        "Samples of one class, the first of each variant; first seed");
    report.write(
        new StudyReport.Group("The variants", "variant", "study.csv", columns, generators),
        groups,
        sections,
        name -> name.startsWith("kid") || Collapse.SERIES.contains(name));
  }

  /** The variants that learn from a share, with the study's own share among the others. */
  private List<TrialOutcome> byShare(Outcomes outcomes) {
    List<String> names = options.ofShares().stream().map(LabelVariant::toString).toList();
    String own = options.labels().labels();
    List<TrialOutcome> all =
        new ArrayList<>(
            outcomes.generators().stream()
                .filter(trial -> names.contains(trial.variant()))
                .map(
                    trial ->
                        new TrialOutcome(
                            LabelTrials.atShare(trial.variant(), own),
                            trial.seed(),
                            trial.folder(),
                            trial.figures(),
                            // The first table names those that failed.
                            Optional.empty()))
                .toList());
    all.addAll(outcomes.atShares());
    return all;
  }

  /** What there is per class, as tables and CSV, where any training has it. */
  private void ofClasses(List<TrialOutcome> trials, List<StudyReport.Section> sections) {
    if (trials.stream().anyMatch(trial -> !ClassFigures.DIVERSITY.in(trial).isEmpty())) {
      sections.add(diversity(trials));
      save("class-diversity.csv", ClassFigures.DIVERSITY.csv(trials));
    }
    List<TrialOutcome> heads =
        trials.stream().filter(trial -> !ClassFigures.HEAD_SHARE.in(trial).isEmpty()).toList();
    if (!heads.isEmpty()) {
      sections.add(heads(heads));
      save("head-classes.csv", ClassFigures.HEAD_SHARE.csv(heads));
    }
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
    Map<String, List<TrialOutcome>> byVariant = new LinkedHashMap<>();
    heads.forEach(
        trial -> byVariant.computeIfAbsent(trial.variant(), one -> new ArrayList<>()).add(trial));
    List<String> header = new ArrayList<>(List.of("class", "real images"));
    header.addAll(byVariant.keySet());
    Map<String, Double> real = realShares();
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
        .mapToDouble(trial -> ClassFigures.HEAD_SHARE.in(trial).getOrDefault(name, 0.0))
        .average()
        .orElseThrow();
  }

  private Map<String, Double> realShares() {
    List<String> names = images.classNames();
    double[] shares = ClassShares.ofLabels(images.labels(), names.size()).toArray();
    Map<String, Double> byName = new HashMap<>();
    for (int c = 0; c < shares.length; c++) {
      byName.put(names.get(c), shares[c]);
    }
    return byName;
  }

  private void show(List<TrialOutcome> trials, String name, String caption) {
    TrialPictures.draw(trials, name, folder).ifPresent(file -> report.show(file, caption));
  }

  private void save(String name, String text) {
    AtomicFile.write(folder.resolve(name), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String percent(Double share) {
    return share == null ? NOTHING : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
