package tsugiki.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import tsugiki.base.Environment;
import tsugiki.report.HtmlReport;
import tsugiki.report.LineChart;
import tsugiki.report.PictureSeries.Slide;
import tsugiki.report.StepPictures;

/** The report of a run: the page {@code report.html} with its charts, and the model card. */
public final class TrainingReport {
  /** The page's name in the run directory; a run that has it was finished. */
  static final String PAGE = "report.html";

  private static final int WIDTH = 900;
  private static final int HEIGHT = 400;
  private static final int MOST_SLIDES = 12;

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
    card = new ModelCard(cardTitle, json).paragraph("Made on %s.".formatted(made()));
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

  /** Adds a picture of the run directory whose columns follow each other in time. */
  public TrainingReport frames(String file, int columns, String caption) {
    page.frames(run.resolve(file), columns, caption);
    return this;
  }

  /** Adds what the run drew of this name every so many steps, as a series with a slider. */
  public TrainingReport overTime(String name, String caption) {
    return overTime(name, MOST_SLIDES, step -> "Step " + step, caption);
  }

  /**
   * The same of trainings whose steps have other names.
   *
   * @param most the number of pictures that are shown at most, at least 2
   * @param label of the picture after so many steps
   */
  public TrainingReport overTime(
      String name, int most, LongFunction<String> label, String caption) {
    List<Slide> slides =
        StepPictures.in(run.path(), name).entrySet().stream()
            .map(entry -> new Slide(entry.getValue(), label.apply(entry.getKey())))
            .toList();
    page.slides(StepPictures.spread(slides, most), caption);
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
      RunDirectory.Series series = MetricsFile.series(metrics, name);
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

  /** When, by what and where, in words. */
  private String made() {
    double seconds =
        metrics.isEmpty() ? 0 : metrics.get(metrics.size() - 1).path("seconds").asDouble();
    return "%s; %s in steps".formatted(Environment.now(), TrainingProgress.words(seconds));
  }

  void write() {
    page.section("The run").paragraph("Finished on %s.".formatted(made()));
    page.write(run.resolve(PAGE));
  }
}
