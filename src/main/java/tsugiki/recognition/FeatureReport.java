package tsugiki.recognition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tsugiki.data.GivenLabels;
import tsugiki.train.RunDirectory;
import tsugiki.train.TrainingReport;

/** What the page and the model card of a feature network say. */
final class FeatureReport {
  private FeatureReport() {}

  /**
   * Puts both together.
   *
   * @param figures names and values of the results
   * @param classNames the classes that the network predicts; none for rotations alone
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
        .chart(
            "Shares of the teacher's variance explained on held-out views",
            "explained.png",
            report.names("explained_"))
        .chart("Errors on hidden labels", "errors.png", List.of("label_error", "turn_error"));
    report
        .card()
        .paragraph(
            "Trained by `tsugiki train` with the recipe `features`. It gives features of images,"
                + " logits of the classes and logits of quarter turns; `tsugiki train`"
                + " takes labels or clusters from it.")
        .section("Classes")
        .paragraph(
            classNames.isEmpty() ? "None: it learned no labels." : String.join(", ", classNames))
        .section("Figures")
        .table(List.of("", ""), figures);
    return report;
  }

  /**
   * The names and values of the results.
   *
   * @param images in the training
   * @param labels of them
   * @param judged images whose label was hidden and is known
   * @param measured the last measurements by name
   */
  static List<List<String>> figures(
      int images, GivenLabels labels, int judged, Map<String, Double> measured) {
    List<List<String>> figures = new ArrayList<>();
    figures.add(List.of("images", Integer.toString(images)));
    figures.add(List.of("of them with a label", Integer.toString(labels.labelled().length)));
    if (judged > 0) {
      String name = "label error on the %d whose label was hidden".formatted(judged);
      figures.add(List.of(name, withInterval(measured.get("label_error"), judged)));
      figures.add(List.of("turn error on the same", percent(measured.get("turn_error"))));
    }
    if (measured.containsKey("cluster_purity")) {
      figures.add(
          List.of(
              "purity of as many clusters as folders", percent(measured.get("cluster_purity"))));
      figures.add(
          List.of(
              "normalised mutual information of clusters and folders",
              String.format(Locale.ROOT, "%.3f", measured.get("cluster_nmi"))));
    }
    if (measured.containsKey("explained_features")) {
      figures.add(
          List.of(
              "variance of the teacher's features explained on held-out views",
              percent(measured.get("explained_features"))));
    }
    return figures;
  }

  /** A share of images with its 95 % interval (Wilson, JASA 22, 1927). */
  static String withInterval(double share, int images) {
    double z = 1.96;
    double squares = z * z / images;
    double centre = (share + squares / 2) / (1 + squares);
    double margin =
        z * Math.sqrt(share * (1 - share) / images + squares / (4 * images)) / (1 + squares);
    return "%s (95 %% interval %s to %s)"
        .formatted(percent(share), percent(centre - margin), percent(centre + margin));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
