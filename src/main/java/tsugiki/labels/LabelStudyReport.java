package tsugiki.labels;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tsugiki.study.Collapse;
import tsugiki.study.StudyReport;
import tsugiki.study.TrialOutcome;
import tsugiki.train.RunDirectory;

/** The report of a study of labels: which figures its tables and charts show. */
final class LabelStudyReport {
  private static final List<String> ABOUT_LABELS =
      List.of("collapsed_at", "diverged_at", "label_error", "label_purity", "label_nmi");
  private static final List<String> OF_NETWORKS =
      List.of("label_error", "turn_error", "cluster_purity", "cluster_nmi");

  private final StudyReport report;
  private final List<String> columns = new ArrayList<>();

  /**
   * Makes it.
   *
   * @param study the study's folder
   * @param scores names of the generators' scores
   * @param protocol of the scores
   */
  LabelStudyReport(Path study, LabelStudyOptions options, List<String> scores, String protocol) {
    String budget =
        "%d generator steps of batch %d at %d pixels; labels %s of the data %s."
            .formatted(
                options.gan().training().steps(),
                options.gan().training().batch(),
                options.gan().network().imageSize(),
                options.labels().labels(),
                options.gan().data().getFileName());
    report =
        new StudyReport(
            study,
            new StudyReport.Texts("Few labels", budget, protocol, RunDirectory.json(options)));
    columns.addAll(scores);
    columns.addAll(ABOUT_LABELS);
  }

  /** Writes {@code study.md}, the CSV files, charts and page. */
  void write(List<TrialOutcome> generators, List<TrialOutcome> features) {
    report.write(
        new StudyReport.Group("The variants", "variant", "study.csv", columns, generators),
        List.of(
            new StudyReport.Group(
                "Feature networks", "labels seen", "features.csv", OF_NETWORKS, features)),
        name -> name.startsWith("kid") || Collapse.SERIES.contains(name));
  }
}
