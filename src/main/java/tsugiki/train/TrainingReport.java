package tsugiki.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tsugiki.report.HtmlReport;
import tsugiki.report.LineChart;

/** The report of a run: the page {@code report.html} with its charts, and the model card. */
public final class TrainingReport {
  /** The page's name in the run directory; a run that has it was finished. */
  static final String PAGE = "report.html";

  private static final int WIDTH = 900;
  private static final int HEIGHT = 400;

  private final RunDirectory run;
  private final List<JsonNode> metrics;
  private final HtmlReport page;
  private final ModelCard card;

  /**
   * Begins a report.
   *
   * @param title of the page
   * @param cardTitle of the model card
   * @param options the resolved options, which both show
   */
  public TrainingReport(RunDirectory run, String title, String cardTitle, Object options) {
    this.run = run;
    metrics = run.metrics();
    String json = RunDirectory.json(options);
    page = new HtmlReport(title).options(json);
    card = new ModelCard(cardTitle, json);
  }

  /** The page, for sections, tables and paragraphs. */
  public HtmlReport page() {
    return page;
  }

  /** The model card. */
  public ModelCard card() {
    return card;
  }

  /** Adds a picture of the run directory to the page. */
  public TrainingReport picture(String file, String caption) {
    page.picture(run.resolve(file), caption);
    return this;
  }

  /**
   * Draws metrics over the steps and adds the chart to the page; without a metric of these names
   * there is no chart.
   *
   * @param title what it shows
   * @param file its name in the run directory
   * @param names of the metrics
   */
  public TrainingReport chart(String title, String file, List<String> names) {
    LineChart chart = new LineChart(title, "step", "");
    List<String> there = names.stream().filter(names()::contains).toList();
    if (there.isEmpty()) {
      return this;
    }
    for (String name : there) {
      RunDirectory.Series series = RunDirectory.series(metrics, name);
      chart.series(name, series.steps(), series.values());
    }
    Path target = run.resolve(file);
    chart.write(WIDTH, HEIGHT, target);
    page.picture(target, title);
    return this;
  }

  /** The names of the metrics that begin with one of the words, in the order of their coming. */
  public List<String> names(String... beginnings) {
    List<String> found = new ArrayList<>(names());
    found.removeIf(name -> Arrays.stream(beginnings).noneMatch(name::startsWith));
    return found;
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    metrics.forEach(line -> line.fieldNames().forEachRemaining(names::add));
    return names;
  }

  void write() {
    page.write(run.resolve(PAGE));
  }
}
