package tsugiki.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tsugiki.base.AtomicFile;
import tsugiki.base.Environment;
import tsugiki.report.HtmlReport;

/**
 * The report of a study: tables as Markdown and CSV, paired differences, charts, sample grids, and
 * the page that shows all of it.
 */
public final class StudyReport {
  private static final String INTERVALS =
      "Mean ± half the width of its 95 % interval (Student's t) over the repetitions.";
  private static final String DIFFERENCES =
      "Differences to the first variant, paired by seed. %s has all pairs of variants.";
  private static final String PAGE = "report.html";
  private static final String DIFFERENCES_CSV = "differences.csv";

  /**
   * Texts of a report.
   *
   * @param title of the study
   * @param budget of every trial, in one sentence
   * @param protocol of the figures, in words
   * @param options of the study as JSON
   */
  public record Texts(String title, String budget, String protocol, String options) {}

  /**
   * Trials in one table.
   *
   * @param heading of the table
   * @param first title of the first column
   * @param csv name of the file with every seed
   * @param columns names of the measures
   * @param outcomes of the trials
   * @param compared whether it is followed by the differences between its variants, with all pairs
   *     in {@code differences-CSV}; those of a report's first table always are shown
   */
  public record Group(
      String heading,
      String first,
      String csv,
      List<String> columns,
      List<TrialOutcome> outcomes,
      boolean compared) {

    /** The same without differences. */
    public Group(
        String heading,
        String first,
        String csv,
        List<String> columns,
        List<TrialOutcome> outcomes) {
      this(heading, first, csv, columns, outcomes, false);
    }

    private StudyTable table() {
      return StudyTable.of(first, columns, outcomes);
    }

    private Optional<PairedDifferences> differences() {
      return Optional.of(table().differences()).filter(found -> compared && found.some());
    }

    private String differencesCsv() {
      return "differences-" + csv;
    }
  }

  /**
   * A table of a study's own.
   *
   * @param heading above it
   * @param text says how to read it
   * @param header the columns' names
   * @param rows its cells
   */
  public record Section(
      String heading, String text, List<String> header, List<List<String>> rows) {}

  /**
   * The charts of a report, from {@code metrics.jsonl} of the trials.
   *
   * @param compared the measures with a chart each, a curve per variant
   * @param together by the charts' title the measures that share a chart per variant, a curve per
   *     measure
   */
  public record Charts(Predicate<String> compared, Map<String, Predicate<String>> together) {}

  private final Path folder;
  private final Texts texts;
  private final Map<Path, String> pictures = new LinkedHashMap<>();

  /**
   * Makes it.
   *
   * @param folder of the study
   */
  public StudyReport(Path folder, Texts texts) {
    this.folder = folder;
    this.texts = texts;
  }

  /** Shows a picture of the study's own on the page. */
  public void show(Path picture, String caption) {
    pictures.put(picture, caption);
  }

  /**
   * Writes everything.
   *
   * @param main the variants, whose differences, curves and samples are shown
   * @param others further tables
   * @param curves the measures with a chart
   */
  public void write(Group main, List<Group> others, Predicate<String> curves) {
    write(main, others, List.of(), curves);
  }

  /**
   * Writes everything, with tables of the study's own after those of the figures.
   *
   * @param main the variants, whose differences, curves and samples are shown
   * @param others further tables of figures
   * @param sections tables of the study's own
   * @param curves the measures with a chart
   */
  public void write(
      Group main, List<Group> others, List<Section> sections, Predicate<String> curves) {
    write(main, others, sections, new Charts(curves, Map.of()));
  }

  /**
   * Writes everything, with charts of several measures too.
   *
   * @param main the variants, whose differences, curves and samples are shown
   * @param others further tables of figures
   * @param further tables of the study's own
   */
  public void write(Group main, List<Group> others, List<Section> further, Charts charts) {
    List<Section> sections = new ArrayList<>(further);
    Section seeds = main.table().seedsNeeded();
    if (!seeds.rows().isEmpty()) {
      sections.add(seeds);
    }
    Map<String, Group> byFile = new LinkedHashMap<>();
    byFile.put(main.csv(), main);
    others.forEach(group -> byFile.put(group.csv(), group));
    byFile.forEach((file, group) -> save(file, group.table().csv()));
    if (main.table().differences().some()) {
      save(DIFFERENCES_CSV, main.table().differences().csv());
    }
    others.forEach(
        group -> group.differences().ifPresent(found -> save(group.differencesCsv(), found.csv())));
    save("study.md", markdown(main, others, sections));
    page(main, others, sections, charts).write(folder.resolve(PAGE));
  }

  private String markdown(Group main, List<Group> others, List<Section> sections) {
    List<String> parts = new ArrayList<>();
    parts.add("# " + texts.title());
    parts.add(texts.budget() + " " + INTERVALS);
    parts.add(main.table().markdown().strip());
    parts.add(texts.protocol());
    if (main.table().differences().some()) {
      parts.add("## Differences");
      parts.add(DIFFERENCES.formatted(DIFFERENCES_CSV));
      parts.add(main.table().differences().markdown().strip());
    }
    for (Group group : others) {
      parts.add("## " + group.heading());
      parts.add(group.table().markdown().strip());
      group
          .differences()
          .ifPresent(
              found -> {
                parts.add(DIFFERENCES.formatted(group.differencesCsv()));
                parts.add(found.markdown().strip());
              });
    }
    for (Section section : sections) {
      parts.add("## " + section.heading());
      parts.add(section.text());
      parts.add(Cells.markdown(section.header(), section.rows()).strip());
    }
    List<List<String>> failed = failed(main, others);
    if (!failed.isEmpty()) {
      parts.add("## Failed trials");
      parts.add(Cells.markdown(List.of("trial", "reason"), failed).strip());
    }
    parts.add(written());
    return String.join("\n\n", parts) + "\n";
  }

  private HtmlReport page(Group main, List<Group> others, List<Section> sections, Charts charts) {
    StudyTable table = main.table();
    HtmlReport page =
        new HtmlReport(texts.title() + ": the variants at one budget")
            .options(texts.options())
            .paragraph(texts.budget() + " " + INTERVALS)
            .table(table.header(), table.cells())
            .paragraph(texts.protocol());
    if (table.differences().some()) {
      page.section("Differences")
          .paragraph(DIFFERENCES.formatted(DIFFERENCES_CSV))
          .table(table.differences().header(), table.differences().cells());
    }
    for (Group group : others) {
      page.section(group.heading()).table(group.table().header(), group.table().cells());
      group
          .differences()
          .ifPresent(
              found ->
                  page.paragraph(DIFFERENCES.formatted(group.differencesCsv()))
                      .table(found.header(), found.cells()));
    }
    for (Section section : sections) {
      page.section(section.heading())
          .paragraph(section.text())
          .table(section.header(), section.rows());
    }
    pictures.forEach(page::picture);
    List<List<String>> failed = failed(main, others);
    if (!failed.isEmpty()) {
      page.section("Failed trials").table(List.of("trial", "reason"), failed);
    }
    page.section("The scores over time");
    Curves curves = new Curves(main.outcomes());
    curves.draw(charts.compared(), folder, page);
    charts.together().forEach((title, names) -> curves.drawTogether(title, names, folder, page));
    page.section("Samples");
    SampleHistory.draw(main.outcomes(), folder, page);
    for (TrialOutcome trial : main.outcomes()) {
      Path samples = trial.folder().resolve("samples.png");
      // A failed trial may have none.
      if (Files.exists(samples)) {
        page.picture(samples, "%s, seed %d".formatted(trial.variant(), trial.seed()));
      }
    }
    return page.links("The trials", pages(main, others)).section("The study").paragraph(written());
  }

  /** The pages of the trials, each named after its folder. */
  private static Map<Path, String> pages(Group main, List<Group> others) {
    Map<Path, String> pages = new LinkedHashMap<>();
    all(main, others)
        .map(TrialOutcome::folder)
        .forEach(trial -> pages.put(trial.resolve(PAGE), trial.getFileName().toString()));
    return pages;
  }

  private static Stream<TrialOutcome> all(Group main, List<Group> others) {
    return Stream.concat(Stream.of(main), others.stream())
        .flatMap(group -> group.outcomes().stream());
  }

  /** Trials may be of other processes and days; each has a page of its own that says so. */
  private static String written() {
    return "Written on %s. Every trial's own page says when and where it was trained."
        .formatted(Environment.now());
  }

  private static List<List<String>> failed(Group main, List<Group> others) {
    return all(main, others)
        .filter(TrialOutcome::failed)
        .map(
            trial ->
                List.of(
                    "%s, seed %d".formatted(trial.variant(), trial.seed()),
                    trial.failure().orElseThrow()))
        .toList();
  }

  private void save(String name, String text) {
    AtomicFile.write(folder.resolve(name), text);
  }
}
