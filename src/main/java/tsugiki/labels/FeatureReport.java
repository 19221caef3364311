package tsugiki.labels;

import java.nio.file.Path;
import java.util.List;
import tsugiki.report.HtmlReport;
import tsugiki.report.LineChart;
import tsugiki.train.RunDirectory;

/** The page and the model card of a feature network's training. */
final class FeatureReport {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 400;

  private final RunDirectory run;
  private final FeatureRunOptions options;
  private final List<List<String>> figures;

  /**
   * Makes it.
   *
   * @param figures names and values of the results
   */
  FeatureReport(RunDirectory run, FeatureRunOptions options, List<List<String>> figures) {
    this.run = run;
    this.options = options;
    this.figures = figures;
  }

  /** Writes {@code report.html} with its charts. */
  void write() {
    HtmlReport page =
        new HtmlReport("A feature network for " + options.data().getFileName())
            .options(RunDirectory.json(options))
            .section("Figures")
            .table(List.of("", "value"), figures)
            .section("The way there");
    chart(page, "Losses", "losses.png", List.of("loss_classes", "loss_turns"));
    chart(page, "Errors on hidden labels", "errors.png", List.of("label_error", "turn_error"));
    page.write(run.resolve("report.html"));
  }

  private void chart(HtmlReport page, String title, String file, List<String> names) {
    LineChart chart = new LineChart(title, "step", "");
    boolean any = false;
    for (String name : names) {
      RunDirectory.Series series = run.series(name);
      if (series.steps().length > 0) {
        chart.series(name, series.steps(), series.values());
        any = true;
      }
    }
    if (any) {
      Path target = run.resolve(file);
      chart.write(WIDTH, HEIGHT, target);
      page.picture(target, title);
    }
  }

  /**
   * The model card.
   *
   * @param classNames the classes that the network tells; none for rotations alone
   * @return Markdown
   */
  String card(List<String> classNames) {
    StringBuilder card = new StringBuilder("# A feature network\n\n");
    card.append(
        "Trained by `tsugiki train` with the recipe `features`. It gives features of images,");
    card.append(" logits of the classes and logits of quarter turns; `tsugiki train`");
    card.append(" takes labels or clusters from it.\n\n## Classes\n\n");
    card.append(classNames.isEmpty() ? "None: it saw no labels." : String.join(", ", classNames));
    card.append("\n\n## Figures\n\n| | |\n|---|---|\n");
    figures.forEach(row -> card.append("| %s | %s |\n".formatted(row.get(0), row.get(1))));
    card.append("\n## Training\n\n```json\n%s\n```\n".formatted(RunDirectory.json(options)));
    return card.toString();
  }
}
