package tsugiki.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tsugiki.report.HtmlReport;
import tsugiki.report.LineChart;
import tsugiki.train.RunDirectory;

/** Charts of a study: one per measure, with a curve per variant, the mean over its seeds. */
final class Curves {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 500;

  private final Map<String, List<RunDirectory>> runs = new LinkedHashMap<>();

  /**
   * Finds the runs.
   *
   * @param outcomes of trials; those without a run have no curve
   */
  Curves(List<TrialOutcome> outcomes) {
    for (TrialOutcome outcome : outcomes) {
      outcome
          .run()
          .ifPresent(
              run ->
                  runs.computeIfAbsent(outcome.variant(), variant -> new ArrayList<>()).add(run));
    }
  }

  /**
   * Draws the charts as {@code NAME.png}.
   *
   * @param wanted the measures with a chart
   */
  void draw(Predicate<String> wanted, Path folder, HtmlReport page) {
    for (String name : names(runs.values().stream().flatMap(List::stream), wanted)) {
      LineChart chart = new LineChart(name, "step", "");
      runs.forEach(
          (variant, seeds) -> {
            RunDirectory.Series mean = mean(seeds, name);
            chart.series(variant, mean.steps(), mean.values());
          });
      Path file = folder.resolve(name + ".png");
      chart.write(WIDTH, HEIGHT, file);
      page.picture(file, name + ", mean of the repetitions");
    }
  }

  /**
   * Draws a chart per variant with a curve per measure, as {@code TITLE-VARIANT.png}. Variants that
   * have none of the measures have no chart.
   *
   * @param title of the charts
   * @param wanted the measures
   */
  void drawTogether(String title, Predicate<String> wanted, Path folder, HtmlReport page) {
    runs.forEach(
        (variant, seeds) -> {
          List<String> names = names(seeds.stream(), wanted);
          if (names.isEmpty()) {
            return;
          }
          LineChart chart = new LineChart("%s, %s".formatted(title, variant), "step", "");
          for (String name : names) {
            RunDirectory.Series mean = mean(seeds, name);
            chart.series(name, mean.steps(), mean.values());
          }
          Path file = folder.resolve(Trial.folderName("%s-%s".formatted(title, variant)) + ".png");
          chart.write(WIDTH, HEIGHT, file);
          page.picture(file, "%s, %s, mean of the repetitions".formatted(title, variant));
        });
  }

  private static List<String> names(Stream<RunDirectory> some, Predicate<String> wanted) {
    return some.flatMap(run -> run.lastMetrics().keySet().stream())
        .distinct()
        .filter(wanted)
        .toList();
  }

  /** At every step the mean of those that came that far. */
  private static RunDirectory.Series mean(List<RunDirectory> seeds, String name) {
    Map<Double, DoubleSummaryStatistics> bySteps = new TreeMap<>();
    for (RunDirectory run : seeds) {
      RunDirectory.Series series = run.series(name);
      for (int i = 0; i < series.steps().length; i++) {
        bySteps
            .computeIfAbsent(series.steps()[i], step -> new DoubleSummaryStatistics())
            .accept(series.values()[i]);
      }
    }
    return new RunDirectory.Series(
        bySteps.keySet().stream().mapToDouble(step -> step).toArray(),
        bySteps.values().stream().mapToDouble(DoubleSummaryStatistics::getAverage).toArray());
  }
}
