package tsugiki.graft;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tsugiki.graft.GraftStudy.Cell;
import tsugiki.report.ImageGrid;
import tsugiki.report.PictureTable;
import tsugiki.study.StudyReport;
import tsugiki.study.StudyTable;
import tsugiki.study.TrialOutcome;
import tsugiki.train.RunDirectory;

/**
 * The report of a study of grafts: a table with a column per domain and number of images, the
 * scores of each such column at every truncation, the rates that were chosen, and the figures of
 * the paper.
 */
final class GraftStudyReport {
  /** The name of a graft's number of weights among its figures. */
  static final String PARAMETERS = "parameters";

  /** The name of the mean difference of reconstructions among its figures. */
  static final String RECONSTRUCTION = "reconstruction_l1";

  private static final int PICTURE_WIDTH = 420;

  private final Path folder;
  private final GraftStudyOptions options;
  private final GraftTrialScores scores;
  private final RateChoice rates;
  private final StudyReport report;

  /** Makes it. */
  GraftStudyReport(
      Path folder, GraftStudyOptions options, GraftTrialScores scores, RateChoice rates) {
    this.folder = folder;
    this.options = options;
    this.scores = scores;
    this.rates = rates;
    String budget =
        "%d steps of %d images onto %s; every seed draws its own training images."
            .formatted(
                options.graft().learning().steps(),
                options.graft().learning().batch(),
                options.graft().generator().getFileName());
    report =
        new StudyReport(
            folder,
            new StudyReport.Texts(
                "Grafts",
                budget,
                "In the first table: %s, at truncation %s. "
                        .formatted(
                            "held_out_kmmd where images are held out, kmmd elsewhere",
                            options.truncations().get(0))
                    + scores.protocol(),
                RunDirectory.json(options)));
  }

  /** Writes {@code study.md}, the CSV files, charts, pictures and page. */
  void write(Map<Cell, List<TrialOutcome>> outcomes) {
    List<String> titles = outcomes.keySet().stream().map(Cell::title).toList();
    List<String> columns = new ArrayList<>(List.of(PARAMETERS));
    columns.addAll(titles);
    List<TrialOutcome> merged = merged(outcomes);
    StudyTable ofScores = new StudyTable("method", titles);
    merged.forEach(trial -> ofScores.add(trial.variant(), trial.seed(), trial.figures()));
    List<StudyReport.Group> groups = new ArrayList<>();
    outcomes.forEach(
        (cell, trials) ->
            options.truncations().forEach(cut -> groups.add(group(cell, trials, cut))));
    pictures(outcomes);
    report.write(
        new StudyReport.Group("The methods", "method", "study.csv", columns, merged),
        groups,
        List.of(rateTable(), ofScores.inPerCent(), GraftPaper.own()),
        new StudyReport.Charts(name -> name.equals("l1"), Map.of()));
  }

  private String headline(Cell cell) {
    return GraftTrialScores.at(scores.headline(cell.holdsOut()), options.truncations().get(0));
  }

  /** The trials of a variant and seed on all domains as one, with a figure for each. */
  private List<TrialOutcome> merged(Map<Cell, List<TrialOutcome>> outcomes) {
    Map<String, TrialOutcome> byTrial = new LinkedHashMap<>();
    outcomes.forEach(
        (cell, trials) -> {
          for (TrialOutcome trial : trials) {
            byTrial.merge(
                trial.variant() + " " + trial.seed(), ofCell(cell, trial), GraftStudyReport::both);
          }
        });
    return List.copyOf(byTrial.values());
  }

  private TrialOutcome ofCell(Cell cell, TrialOutcome trial) {
    Map<String, Double> figures = new LinkedHashMap<>();
    Optional.ofNullable(trial.figures().get(PARAMETERS))
        .ifPresent(count -> figures.put(PARAMETERS, count));
    Optional.ofNullable(trial.figures().get(headline(cell)))
        .ifPresent(score -> figures.put(cell.title(), score));
    return new TrialOutcome(
        trial.variant(),
        trial.seed(),
        trial.folder(),
        figures,
        trial.failure().map(reason -> "%s: %s".formatted(cell.title(), reason)));
  }

  private static TrialOutcome both(TrialOutcome one, TrialOutcome other) {
    Map<String, Double> figures = new LinkedHashMap<>(one.figures());
    figures.putAll(other.figures());
    Optional<String> failure =
        one.failed() && other.failed()
            ? Optional.of(one.failure().get() + "; " + other.failure().get())
            : one.failure().or(other::failure);
    return new TrialOutcome(one.variant(), one.seed(), one.folder(), figures, failure);
  }

  private StudyReport.Group group(Cell cell, List<TrialOutcome> trials, float cut) {
    List<String> columns = new ArrayList<>(scores.columns(cell.holdsOut()));
    List<TrialOutcome> finished = new ArrayList<>();
    for (TrialOutcome trial : trials) {
      Map<String, Double> figures = new LinkedHashMap<>(trial.figures());
      for (String column : columns) {
        Double value = figures.get(GraftTrialScores.at(column, cut));
        if (value != null) {
          figures.put(column, value);
        }
      }
      // The first table names those that failed.
      finished.add(
          new TrialOutcome(
              trial.variant(), trial.seed(), trial.folder(), figures, Optional.empty()));
    }
    columns.add(RECONSTRUCTION);
    return new StudyReport.Group(
        "%s, truncation %s".formatted(cell.title(), cut),
        "method",
        "%s-%s.csv".formatted(cell.file(), cut),
        columns,
        finished);
  }

  private StudyReport.Section rateTable() {
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, TreeMap<Float, Double>> one : rates.scores().entrySet()) {
      String tried =
          one.getValue().entrySet().stream()
              .filter(entry -> Double.isFinite(entry.getValue()))
              .map(e -> String.format(Locale.ROOT, "%s: %.4f", e.getKey(), e.getValue()))
              .collect(Collectors.joining(", "));
      boolean single = one.getValue().size() == 1;
      rows.add(
          List.of(
              one.getKey(),
              Float.toString(rates.best(one.getKey())),
              single ? "the only one" : tried,
              single ? "–" : rates.atEnd(one.getKey()) ? "yes" : "no"));
    }
    return new StudyReport.Section(
        "Rates",
        "The rate of each method with the lowest score on seed %d, which no other table has, on the first domain and number of images. All methods have the same grid; it goes on at an end where a method has its best."
            .formatted(options.tuningSeed()),
        List.of("method", "rate", "scores by rate", "at an end of the grid"),
        rows);
  }

  /** A picture per kind: rows are methods, columns domains, all of the first seed. */
  private void pictures(Map<Cell, List<TrialOutcome>> outcomes) {
    picture(outcomes, "samples", "Samples of the first seed");
    picture(outcomes, "interpolation", "From one sample to another, first seed");
  }

  private void picture(Map<Cell, List<TrialOutcome>> outcomes, String name, String caption) {
    PictureTable table = new PictureTable(PICTURE_WIDTH);
    boolean some = false;
    for (Map.Entry<Cell, List<TrialOutcome>> cell : outcomes.entrySet()) {
      for (TrialOutcome trial : cell.getValue()) {
        Path file = trial.folder().resolve(name + ".png");
        if (trial.seed() == options.graft().learning().seed() && Files.exists(file)) {
          table.add(trial.variant(), cell.getKey().title(), file);
          some = true;
        }
      }
    }
    if (some) {
      Path file = folder.resolve(name + "-of-all.png");
      ImageGrid.write(table.draw(), file);
      report.show(file, caption);
    }
  }
}
