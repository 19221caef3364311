package tsugiki.labels;

import java.util.List;
import tsugiki.train.RunDirectory;
import tsugiki.train.TrainingReport;

/** What the page and the model card of a feature network say. */
final class FeatureReport {
  private FeatureReport() {}

  /**
   * Puts both together.
   *
   * @param figures names and values of the results
   * @param classNames the classes that the network tells; none for rotations alone
   */
  static TrainingReport of(
      RunDirectory run,
      FeatureRunOptions options,
      List<List<String>> figures,
      List<String> classNames) {
    TrainingReport report =
        new TrainingReport(
            run,
            "A feature network for " + options.data().getFileName(),
            "A feature network",
            options);
    report.page().section("Figures").table(List.of("", "value"), figures).section("The way there");
    report
        .chart("Losses", "losses.png", List.of("loss_classes", "loss_turns"))
        .chart("Errors on hidden labels", "errors.png", List.of("label_error", "turn_error"));
    report
        .card()
        .paragraph(
            "Trained by `tsugiki train` with the recipe `features`. It gives features of images,"
                + " logits of the classes and logits of quarter turns; `tsugiki train`"
                + " takes labels or clusters from it.")
        .section("Classes")
        .paragraph(classNames.isEmpty() ? "None: it saw no labels." : String.join(", ", classNames))
        .section("Figures")
        .table(List.of("", ""), figures);
    return report;
  }
}
