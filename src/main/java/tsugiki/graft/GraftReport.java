package tsugiki.graft;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tsugiki.report.HtmlReport;
import tsugiki.report.LineChart;
import tsugiki.train.RunDirectory;

/** The page and the model card of a graft. */
final class GraftReport {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 400;
  private static final String CAUTION =
      "Scores against so few images reward copying them: they tell before from after, not good"
          + " from best.";

  private final RunDirectory run;
  private final GraftOptions options;
  private final Map<String, Double> before;
  private final Map<String, Double> after;
  private final List<String> protocols;

  GraftReport(
      RunDirectory run,
      GraftOptions options,
      Map<String, Double> before,
      Map<String, Double> after,
      List<String> protocols) {
    this.run = run;
    this.options = options;
    this.before = before;
    this.after = after;
    this.protocols = protocols;
  }

  /**
   * Writes {@code report.html}.
   *
   * @param trained what was trained, line by line
   */
  void write(List<String> trained) {
    HtmlReport page =
        new HtmlReport("A graft of " + options.images().getFileName())
            .options(RunDirectory.json(options))
            .section("Samples")
            .picture(
                run.resolve("samples.png"),
                "Latent vectors cut at ±" + options.watch().truncation())
            .picture(run.resolve("interpolation.png"), "From one image to another")
            .section("Training images")
            .picture(run.resolve("reconstruction.png"), "Each beside what its latent vector gives")
            .section("Figures")
            .table(List.of("", "before", "after"), figures())
            .paragraph(CAUTION);
    protocols.forEach(page::paragraph);
    page.section("The way there");
    chart(page, "Loss", "loss.png", List.of("loss"));
    // The prior's size would press these two flat onto the axis of the whole loss.
    chart(page, "Distance to the training images", "terms.png", List.of("l1", "perceptual"));
    page.picture(run.resolve("samples-000000.png"), "The rootstock, before the first step");
    page.section("What was trained").code(String.join("\n", trained));
    page.write(run.resolve("report.html"));
  }

  /** The model card in Markdown. */
  String card() {
    StringBuilder card = new StringBuilder("# A grafted generator\n\n");
    card.append(
        ("Written by `tsugiki graft`. Input `z` [N, D] from N(0, 1), cut at ±%s by whoever samples;"
                + " outputs `images` uint8 and `images_float`.\n\n")
            .formatted(options.watch().truncation()));
    card.append("## Figures\n\n| | before | after |\n|---|---|---|\n");
    figures().forEach(row -> card.append("| ").append(String.join(" | ", row)).append(" |\n"));
    card.append("\n%s %d samples.\n\n".formatted(CAUTION, GraftScores.SAMPLES));
    protocols.forEach(line -> card.append("- ").append(line).append('\n'));
    card.append("\n## Training\n\n```json\n%s\n```\n".formatted(RunDirectory.json(options)));
    return card.toString();
  }

  private List<List<String>> figures() {
    List<List<String>> rows = new ArrayList<>();
    before.forEach(
        (name, value) -> rows.add(List.of(name, number(value), number(after.get(name)))));
    return rows;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private void chart(HtmlReport page, String title, String file, List<String> names) {
    LineChart chart = new LineChart(title, "step", "");
    List<JsonNode> lines = run.metrics().stream().filter(line -> line.has("loss")).toList();
    double[] steps = lines.stream().mapToDouble(line -> line.get("step").asDouble()).toArray();
    for (String name : names) {
      chart.series(
          name, steps, lines.stream().mapToDouble(line -> line.get(name).asDouble()).toArray());
    }
    chart.write(WIDTH, HEIGHT, run.resolve(file));
    page.picture(run.resolve(file), title);
  }
}
