package tsugiki.graft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tsugiki.gan.Interpolation;
import tsugiki.gan.NearestImages;
import tsugiki.score.Bootstrap;
import tsugiki.train.RunDirectory;
import tsugiki.train.TrainingReport;

/** What the page and the model card of a graft say. */
final class GraftReport {
  private static final String CAUTION =
      "Scores against so few images reward copying them: they tell before from after, not good"
          + " from best.";
  private static final int DIGITS = 4;
  private static final List<String> HEADER = List.of("", "before", "after", "95 %");

  private GraftReport() {}

  /**
   * Puts both together.
   *
   * @param figures of {@link #figures}
   * @param protocols what the scores are, one line per network
   * @param trained what was trained, line by line
   */
  static TrainingReport of(
      RunDirectory run,
      GraftOptions options,
      List<List<String>> figures,
      List<String> protocols,
      List<String> trained) {
    TrainingReport report =
        new TrainingReport(
            run, "A graft of " + options.images().getFileName(), "A grafted generator", options);
    page(report, options.watch(), figures, protocols, trained);
    report
        .card()
        .paragraph(
            "Written by `tsugiki graft`. Input `z` [N, D] from N(0, 1)%s; outputs `images` uint8 and `images_float`."
                .formatted(
                    options.watch().cut()
                        ? ", cut at ±%s by whoever samples".formatted(options.watch().truncation())
                        : ", cut nowhere"))
        .paragraph(
            "Most weights are those of `%s`: what its card says of its data and their licence holds here too."
                .formatted(options.generator().getFileName()))
        .section("Figures")
        .table(HEADER, figures)
        .paragraph(
            "%s %d samples. %s"
                .formatted(CAUTION, options.watch().scoreImages(), Bootstrap.pageWords()))
        .list(protocols);
    return report;
  }

  private static void page(
      TrainingReport report,
      GraftWatchOptions watch,
      List<List<String>> figures,
      List<String> protocols,
      List<String> trained) {
    report.page().section("Samples");
    report
        .picture(
            "samples.png",
            watch.cut()
                ? "Latent vectors cut at ±" + watch.truncation()
                : "Latent vectors from N(0, 1)")
        .frames(Interpolation.FILE, Interpolation.FRAMES, "From one image to another")
        .page()
        .section("Training images");
    report
        .picture("reconstruction.png", "Each beside what its latent vector gives")
        .picture(NearestImages.FILE, NearestImages.CAPTION)
        .page()
        .section("Figures")
        .table(HEADER, figures)
        .paragraph(CAUTION + " " + Bootstrap.pageWords());
    protocols.forEach(report.page()::paragraph);
    report.page().section("The way there");
    report
        .chart("Loss", "loss.png", List.of("loss"))
        // The prior's size would press these two flat onto the axis of the whole loss.
        .chart("Distance to the training images", "terms.png", List.of("l1", "perceptual"))
        .overTime(
            "samples",
            "The same latent vectors over time, from the rootstock before the first step")
        .page()
        .section("What was trained")
        .code(String.join("\n", trained));
  }

  /** The scores before and after, one row each, with the interval of those after. */
  static List<List<String>> figures(
      Map<String, Double> before,
      Map<String, Double> after,
      Map<String, Bootstrap.Interval> intervals) {
    List<List<String>> rows = new ArrayList<>();
    before.forEach(
        (name, value) ->
            rows.add(
                List.of(
                    name,
                    number(value),
                    number(after.get(name)),
                    Optional.ofNullable(intervals.get(name))
                        .map(interval -> interval.words(DIGITS - 1))
                        .orElse(""))));
    return rows;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%." + DIGITS + "f", value);
  }
}
