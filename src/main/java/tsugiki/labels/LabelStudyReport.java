package tsugiki.labels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tsugiki.report.HtmlReport;
import tsugiki.report.LineChart;
import tsugiki.report.StudyTable;
import tsugiki.train.RunDirectory;

/** Tables, charts and page of a study of labels. */
final class LabelStudyReport {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 500;
  private static final List<String> ABOUT_LABELS =
      List.of("collapsed_at", "diverged_at", "label_error", "label_purity", "label_nmi");

  private final RunDirectory study;
  private final LabelStudyOptions options;
  private final List<String> scores;
  private final String protocol;

  /**
   * Makes it.
   *
   * @param scores names of the generators' scores
   * @param protocol how they are reckoned
   */
  LabelStudyReport(
      RunDirectory study, LabelStudyOptions options, List<String> scores, String protocol) {
    this.scores = scores;
    this.study = study;
    this.options = options;
    this.protocol = protocol;
  }

  /** Writes {@code study.md}, {@code study.csv}, {@code features.csv}, charts and page. */
  void write(List<LabelStudy.Trial> generators, List<LabelStudy.Trial> features) {
    List<String> columns = new ArrayList<>(scores);
    columns.addAll(ABOUT_LABELS);
    StudyTable variants = table("variant", columns, generators);
    StudyTable networks =
        table(
            "labels seen",
            List.of("label_error", "turn_error", "cluster_purity", "cluster_nmi"),
            features);
    save("study.csv", variants.csv());
    save("features.csv", networks.csv());
    String budget =
        "%d generator steps of batch %d at %d pixels; labels %s of the data %s; mean ± standard deviation over the repetitions."
            .formatted(
                options.gan().training().steps(),
                options.gan().training().batch(),
                options.gan().network().imageSize(),
                options.labels().labels(),
                options.gan().data().getFileName());
    save(
        "study.md",
        "# Few labels\n\n%s\n\n%s\n%s\n\n## Feature networks\n\n%s"
            .formatted(budget, variants.markdown(), protocol, networks.markdown()));
    HtmlReport page =
        new HtmlReport("Few labels: the variants at one budget")
            .options(RunDirectory.json(options))
            .paragraph(budget)
            .table(variants.header(), variants.cells())
            .paragraph(protocol)
            .section("Feature networks")
            .table(networks.header(), networks.cells())
            .section("The scores over time");
    charts(page, generators);
    page.section("Samples, one row a class");
    for (LabelStudy.Trial trial : generators) {
      Path samples = trial.folder().resolve("samples.png");
      // One that diverged may have none.
      if (Files.exists(samples)) {
        page.picture(samples, "%s, seed %d".formatted(trial.name(), trial.seed()));
      }
    }
    page.write(study.resolve("report.html"));
  }

  private static StudyTable table(
      String title, List<String> columns, List<LabelStudy.Trial> trials) {
    StudyTable table = new StudyTable(title, columns);
    trials.forEach(trial -> table.add(trial.name(), trial.seed(), trial.figures()));
    return table;
  }

  private void save(String name, String text) {
    try {
      Files.writeString(study.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One chart a score, with a curve for each variant: the mean of its repetitions. */
  private void charts(HtmlReport page, List<LabelStudy.Trial> generators) {
    Map<String, List<RunDirectory>> runs = new LinkedHashMap<>();
    for (LabelStudy.Trial trial : generators) {
      runs.computeIfAbsent(trial.name(), name -> new ArrayList<>())
          .add(RunDirectory.resume(trial.folder()));
    }
    List<String> names =
        runs.values().stream()
            .flatMap(List::stream)
            .flatMap(run -> run.lastMetrics().keySet().stream())
            .distinct()
            .filter(name -> name.startsWith("kid") || Collapse.SERIES.contains(name))
            .toList();
    for (String name : names) {
      LineChart chart = new LineChart(name, "step", "");
      runs.forEach(
          (variant, repetitions) -> {
            RunDirectory.Series mean = mean(repetitions, name);
            chart.series(variant, mean.steps(), mean.values());
          });
      Path file = study.resolve(name + ".png");
      chart.write(WIDTH, HEIGHT, file);
      page.picture(file, name + ", mean of the repetitions");
    }
  }

  /** At every step the mean of those that came that far. */
  private static RunDirectory.Series mean(List<RunDirectory> repetitions, String name) {
    Map<Double, DoubleSummaryStatistics> byStep = new TreeMap<>();
    for (RunDirectory run : repetitions) {
      RunDirectory.Series series = run.series(name);
      for (int i = 0; i < series.steps().length; i++) {
        byStep
            .computeIfAbsent(series.steps()[i], step -> new DoubleSummaryStatistics())
            .accept(series.values()[i]);
      }
    }
    return new RunDirectory.Series(
        byStep.keySet().stream().mapToDouble(step -> step).toArray(),
        byStep.values().stream().mapToDouble(DoubleSummaryStatistics::getAverage).toArray());
  }
}
