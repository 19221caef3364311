package tsugiki.gan;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tsugiki.report.HtmlReport;
import tsugiki.report.LineChart;
import tsugiki.score.Diversity;
import tsugiki.train.RunDirectory;

/** The page and the model card of a training. */
final class GanReport {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 400;

  private final RunDirectory run;
  private final GanRunOptions options;
  private final List<String> classNames;
  private final List<JsonNode> metrics;

  GanReport(RunDirectory run, GanRunOptions options, List<String> classNames) {
    this.run = run;
    this.options = options;
    this.classNames = classNames;
    this.metrics = run.metrics();
  }

  /**
   * Writes {@code report.html} with its charts.
   *
   * @param figures names and values of the results
   */
  void write(List<List<String>> figures) {
    HtmlReport page =
        new HtmlReport(
                "A %s of %d classes, %d pixels"
                    .formatted(options.recipe(), classNames.size(), options.network().size()))
            .options(savedOptions())
            .section("Figures")
            .table(List.of("", "value"), figures)
            .section("Samples of the averaged generator, z from N(0, 1) without truncation")
            .picture(run.resolve("samples.png"), "One row a class")
            .section("The way there");
    chart(page, "Losses", "losses.png", List.of("loss_d", "loss_g"));
    chart(page, "Scores of the discriminator", "scores.png", List.of("score_real", "score_fake"));
    List<String> tasks = names("loss_class", "loss_rotation");
    if (!tasks.isEmpty()) {
      chart(page, "Losses of the other heads", "heads.png", tasks);
    }
    List<String> variety = names(Diversity.VARIANCE, Diversity.SPACING);
    if (!variety.isEmpty()) {
      chart(page, "Variety over that of the training images", "variety.png", variety);
    }
    scoreNames().forEach(name -> chart(page, name, name + ".png", List.of(name)));
    page.write(run.resolve("report.html"));
  }

  /**
   * The model card.
   *
   * @param figures names and values of the results
   * @return Markdown
   */
  String card(List<List<String>> figures) {
    StringBuilder card = new StringBuilder();
    card.append("# A class-conditional generator of %d-pixel images\n\n".formatted(size()));
    card.append(
        "BigGAN, trained by `tsugiki train`. It draws one image for each latent vector `z`");
    card.append(" from N(0, 1) and class `label`; with `z` cut at a smaller range (truncation)");
    card.append(" the images are less varied and better.\n\n");
    card.append("## Classes\n\n").append(String.join(", ", classNames)).append("\n\n");
    card.append("## Figures\n\n| | |\n|---|---|\n");
    figures.forEach(row -> card.append("| %s | %s |\n".formatted(row.get(0), row.get(1))));
    card.append("\n## Training\n\n```json\n%s\n```\n".formatted(savedOptions()));
    return card.toString();
  }

  /** The last value of every score, with its name. */
  List<List<String>> lastScores() {
    List<List<String>> rows = new ArrayList<>();
    for (String name : scoreNames()) {
      double[] values = values(name);
      rows.add(List.of(name, String.format(Locale.ROOT, "%.5f", values[values.length - 1])));
    }
    return rows;
  }

  /** What was measured last, by name. */
  Map<String, Double> lastMetrics() {
    Map<String, Double> last = new LinkedHashMap<>();
    for (JsonNode line : metrics) {
      line.properties().forEach(e -> last.put(e.getKey(), e.getValue().asDouble()));
    }
    last.remove("step");
    return last;
  }

  /** The options as the run keeps them, with the source of its labels. */
  private String savedOptions() {
    return RunDirectory.json(run.options(JsonNode.class));
  }

  private int size() {
    return options.network().size();
  }

  private List<String> scoreNames() {
    return names("kid");
  }

  /** The names of all metrics that begin with one of the words. */
  private List<String> names(String... beginnings) {
    List<String> names = new ArrayList<>();
    for (JsonNode line : metrics) {
      line.fieldNames()
          .forEachRemaining(
              name -> {
                if (Arrays.stream(beginnings).anyMatch(name::startsWith) && !names.contains(name)) {
                  names.add(name);
                }
              });
    }
    return names;
  }

  private void chart(HtmlReport page, String title, String file, List<String> names) {
    LineChart chart = new LineChart(title, "step", "");
    names.forEach(name -> chart.series(name, steps(name), values(name)));
    Path target = run.resolve(file);
    chart.write(WIDTH, HEIGHT, target);
    page.picture(target, title);
  }

  private double[] steps(String name) {
    return column(name, "step");
  }

  private double[] values(String name) {
    return column(name, name);
  }

  private double[] column(String present, String taken) {
    return metrics.stream()
        .filter(line -> line.has(present))
        .mapToDouble(line -> line.get(taken).asDouble())
        .toArray();
  }
}
