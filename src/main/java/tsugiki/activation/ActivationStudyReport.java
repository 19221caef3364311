package tsugiki.activation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tsugiki.study.StudyReport;
import tsugiki.study.TrialOutcome;
import tsugiki.train.RunDirectory;

/**
 * The report of a study of activations: scores and losses of each, the α that their layers have
 * learned, and the way there.
 */
final class ActivationStudyReport {
  private static final String READING =
      "loss_d, loss_g: the mean over the last fifth of the steps, and the deviation of a step from it. collapsed_at: the step from which the images' variety stayed below half of its best.";

  private final StudyReport report;
  private final List<String> columns = new ArrayList<>();

  /** Makes it. */
  ActivationStudyReport(Path study, ActivationStudyOptions options, ActivationScores scores) {
    String budget =
        "%d generator steps of batch %d at %d pixels of %s, recipe %s."
            .formatted(
                options.gan().training().steps(),
                options.gan().training().batch(),
                options.gan().network().imageSize(),
                options.gan().data().getFileName(),
                options.gan().recipe());
    report =
        new StudyReport(
            study,
            new StudyReport.Texts(
                "Activation",
                budget,
                READING + " " + scores.protocol(),
                RunDirectory.json(options)));
    columns.addAll(scores.names());
    for (String loss : TrainingFigures.LOSSES) {
      columns.addAll(List.of(loss, loss + TrainingFigures.DEVIATION));
    }
    columns.addAll(List.of(TrainingFigures.COLLAPSED, "diverged_at"));
  }

  /** Writes {@code study.md}, the CSV files, charts and page. */
  void write(List<TrialOutcome> outcomes) {
    List<String> alphas =
        outcomes.stream()
            .flatMap(trial -> trial.figures().keySet().stream())
            .filter(name -> name.startsWith(TrainingFigures.ALPHA))
            .distinct()
            .toList();
    List<TrialOutcome> trained =
        outcomes.stream()
            .filter(
                trial -> !trial.failed() && alphas.stream().anyMatch(trial.figures()::containsKey))
            .toList();
    List<StudyReport.Group> others =
        trained.isEmpty()
            ? List.of()
            : List.of(
                new StudyReport.Group(
                    "α of every layer at the end", "activation", "alphas.csv", alphas, trained));
    Set<String> charted = new HashSet<>(columns);
    report.write(
        new StudyReport.Group("The activations", "activation", "study.csv", columns, outcomes),
        others,
        List.of(),
        new StudyReport.Charts(
            charted::contains, Map.of("alpha", name -> name.startsWith(TrainingFigures.ALPHA))));
  }
}
