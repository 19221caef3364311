package tsugiki.graft;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.Multimaps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tsugiki.report.ImageGrid;
import tsugiki.report.PictureTable;
import tsugiki.study.StudyReport;
import tsugiki.study.StudyTable;
import tsugiki.study.TrialOutcome;
import tsugiki.train.RunDirectory;

/**
 * The report of a study of grafts: a table with a column per domain and number of images, another
 * one of those that leave no image to judge by, the scores of each such column at every truncation,
 * the rates that were chosen, and the figures of the paper.
 */
final class GraftStudyReport {
  /** The name of a graft's number of weights among its figures. */
  static final String PARAMETERS = "parameters";

  /** The name of the mean difference of reconstructions among its figures. */
  static final String RECONSTRUCTION = "reconstruction_l1";

  private static final String METHOD = "method";
  private static final String WITHOUT = "without held-out images";
  private static final String LEFT_OVER =
      " Where all images of a domain are trained on, the methods have a table of their own, of kmmd: it cannot tell a graft that has learned the domain from one that has its images by heart.";
  private static final String PHOTOGRAPHS = "The held-out photographs by the same protocol";
  private static final String FLOOR =
      " The held-out photographs have a table too, the floor of a generator's scores: as if a generator had drawn them, and for kmmd what as many samples would have that are distributed as the photographs are (the root of the mean of its square). That is above 0, and the larger the fewer images there are.";
  private static final int PICTURE_WIDTH = 420;

  private final Path folder;
  private final GraftStudyOptions options;
  private final List<StudyCell> cells;
  private final GraftTrialScores scores;
  private final GraftRates rates;
  private final StudyReport report;

  /**
   * Makes it.
   *
   * @param cells all columns of the tables
   */
  GraftStudyReport(
      Path folder,
      GraftStudyOptions options,
      List<StudyCell> cells,
      GraftTrialScores scores,
      GraftRates rates) {
    this.folder = folder;
    this.options = options;
    this.cells = cells;
    this.scores = scores;
    this.rates = rates;
    String budget =
        "%d steps of %d images onto %s; every seed draws its own training images."
            .formatted(
                options.graft().learning().steps(),
                options.graft().learning().batch() * options.graft().learning().accumulate(),
                options.graft().generator().getFileName());
    report =
        new StudyReport(
            folder,
            new StudyReport.Texts(
                "Grafts",
                budget,
                reading() + rates.warning() + " " + scores.protocol(),
                RunDirectory.json(options)));
  }

  private String reading() {
    boolean some = cells.stream().anyMatch(StudyCell::holdsOut);
    String reading =
        "In the first table: %s at truncation %s; parameters: the weights that train, on the mean over the domains."
            .formatted(scores.headline(some), GraftWatchOptions.word(options.truncations().get(0)));
    String whole =
        some && !cells.stream().allMatch(StudyCell::holdsOut) ? reading + LEFT_OVER : reading;
    return some ? whole + FLOOR : whole;
  }

  /** Writes {@code study.md}, the CSV files, charts, pictures and page. */
  void write(Map<StudyCell, List<TrialOutcome>> outcomes) {
    Map<StudyCell, List<TrialOutcome>> heldOut = new LinkedHashMap<>(outcomes);
    heldOut.keySet().removeIf(cell -> !cell.holdsOut());
    Map<StudyCell, List<TrialOutcome>> training = new LinkedHashMap<>(outcomes);
    training.keySet().removeIf(StudyCell::holdsOut);
    List<StudyReport.Group> groups = new ArrayList<>();
    groups.add(methods(heldOut.isEmpty() ? training : heldOut, "The methods", "study.csv"));
    if (!heldOut.isEmpty() && !training.isEmpty()) {
      groups.add(methods(training, "The methods, " + WITHOUT, "without-held-out.csv"));
    }
    if (!heldOut.isEmpty()) {
      groups.add(photographs());
    }
    StudyReport.Section apart = inPerCent(heldOut, "");
    StudyReport.Section within = inPerCent(training, ", " + WITHOUT);
    List<StudyReport.Section> sections =
        Stream.of(
                rates.table(),
                apart,
                within,
                GraftPaper.beside(options.variants().get(0), apart, within))
            .filter(section -> !section.rows().isEmpty())
            .toList();
    outcomes.forEach(
        (cell, trials) ->
            options.truncations().forEach(cut -> groups.add(group(cell, trials, cut))));
    pictures(outcomes);
    report.write(
        groups.get(0),
        groups.subList(1, groups.size()),
        sections,
        new StudyReport.Charts(name -> name.equals("l1"), Map.of()));
  }

  private StudyReport.Group methods(
      Map<StudyCell, List<TrialOutcome>> outcomes, String heading, String csv) {
    List<String> columns = new ArrayList<>(List.of(PARAMETERS));
    outcomes.keySet().forEach(cell -> columns.add(cell.title()));
    return new StudyReport.Group(heading, METHOD, csv, columns, merged(outcomes), true);
  }

  /** A row per domain and number with what no training has seen, scored as samples are. */
  private StudyReport.Group photographs() {
    List<TrialOutcome> rows = new ArrayList<>();
    for (StudyCell cell : cells.stream().filter(StudyCell::holdsOut).toList()) {
      for (long seed : options.seeds()) {
        rows.add(
            new TrialOutcome(
                cell.title(),
                seed,
                folder,
                scores.ofHeldOut(cell.domain(), cell.count(), seed),
                Optional.empty()));
      }
    }
    return new StudyReport.Group(
        PHOTOGRAPHS, "images", "photographs.csv", scores.columnsOfHeldOut(), rows);
  }

  private StudyReport.Section inPerCent(
      Map<StudyCell, List<TrialOutcome>> outcomes, String heading) {
    List<String> cells = outcomes.keySet().stream().map(StudyCell::title).toList();
    StudyReport.Section section = StudyTable.of(METHOD, cells, merged(outcomes)).inPerCent();
    return new StudyReport.Section(
        section.heading() + heading, section.text(), section.header(), section.rows());
  }

  private String headline(StudyCell cell) {
    return GraftTrialScores.at(scores.headline(cell.holdsOut()), options.truncations().get(0));
  }

  /** A graft of one column. */
  private record CellTrial(StudyCell cell, TrialOutcome trial) {}

  /** The trials of a variant and seed on all domains as one, with a figure for each. */
  private List<TrialOutcome> merged(Map<StudyCell, List<TrialOutcome>> outcomes) {
    ListMultimap<String, CellTrial> byTrial =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    outcomes.forEach(
        (cell, trials) ->
            trials.forEach(
                trial ->
                    byTrial.put(trial.variant() + " " + trial.seed(), new CellTrial(cell, trial))));
    return Multimaps.asMap(byTrial).values().stream().map(this::ofAllCells).toList();
  }

  private TrialOutcome ofAllCells(List<CellTrial> parts) {
    Map<String, Double> figures = new LinkedHashMap<>();
    // Where a graft chooses its sites by the images, the number differs between domains.
    parts.stream()
        .map(part -> part.trial().figures().get(PARAMETERS))
        .filter(Objects::nonNull)
        .mapToDouble(count -> count)
        .average()
        .ifPresent(mean -> figures.put(PARAMETERS, mean));
    List<String> failures = new ArrayList<>();
    for (CellTrial part : parts) {
      String title = part.cell().title();
      Optional.ofNullable(part.trial().figures().get(headline(part.cell())))
          .ifPresent(score -> figures.put(title, score));
      part.trial().failure().ifPresent(reason -> failures.add("%s: %s".formatted(title, reason)));
    }
    TrialOutcome first = parts.get(0).trial();
    return new TrialOutcome(
        first.variant(),
        first.seed(),
        first.folder(),
        figures,
        failures.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failures)));
  }

  private StudyReport.Group group(StudyCell cell, List<TrialOutcome> trials, float cut) {
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
        "%s, truncation %s".formatted(cell.title(), GraftWatchOptions.word(cut)),
        METHOD,
        "%s-%s.csv".formatted(cell.file(), GraftWatchOptions.word(cut)),
        columns,
        finished,
        true);
  }

  /** A picture per kind: rows are methods, columns domains, all of the first seed. */
  private void pictures(Map<StudyCell, List<TrialOutcome>> outcomes) {
    picture(outcomes, "samples", "Samples of the first seed");
    picture(outcomes, "interpolation", "From one sample to another, first seed");
  }

  private void picture(Map<StudyCell, List<TrialOutcome>> outcomes, String name, String caption) {
    PictureTable table = new PictureTable(PICTURE_WIDTH);
    boolean some = false;
    for (Map.Entry<StudyCell, List<TrialOutcome>> cell : outcomes.entrySet()) {
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
