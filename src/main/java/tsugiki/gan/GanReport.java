package tsugiki.gan;

import java.util.List;
import java.util.Optional;
import tsugiki.base.Counted;
import tsugiki.score.Diversity;
import tsugiki.score.KidProbe;
import tsugiki.train.ModelCard;
import tsugiki.train.RunDirectory;
import tsugiki.train.TrainingReport;

/** The texts of a GAN's page and model card. */
final class GanReport {
  private GanReport() {}

  /**
   * Puts both together.
   *
   * @param saved the options as {@code options.json} holds them
   * @param classNames the classes in the order of their labels; empty for an unconditional
   *     generator
   * @param figures names and values of the results
   * @param scores those of the kept generator, where there is a network to score with
   */
  static TrainingReport of(
      RunDirectory run,
      GanRunOptions options,
      Object saved,
      List<String> classNames,
      List<List<String>> figures,
      Optional<FinalScores> scores) {
    boolean conditional = !classNames.isEmpty();
    int size = options.network().imageSize();
    TrainingReport report =
        new TrainingReport(
            run,
            "A %s of %s, %d pixels"
                .formatted(
                    options.recipe(),
                    conditional ? Counted.of(classNames.size(), "class") : "one class",
                    size),
            "%s generator of %d-pixel images"
                .formatted(conditional ? "A class-conditional" : "An unconditional", size),
            saved);
    page(report, conditional, figures, scores);
    card(report.card(), options.recipe(), classNames, figures, scores);
    return report;
  }

  private static void page(
      TrainingReport report,
      boolean conditional,
      List<List<String>> figures,
      Optional<FinalScores> scores) {
    report.page().section("Figures").table(List.of("", "value"), figures);
    scores.ifPresent(
        found -> report.page().table(FinalScores.HEADER, found.rows()).paragraph(found.words()));
    report.page().section("Samples of the averaged generator, z from N(0, 1) without truncation");
    report
        .picture("samples.png", conditional ? "One row per class" : "Samples")
        .frames(
            Interpolation.FILE,
            Interpolation.FRAMES,
            conditional
                ? "From one image to another of the same class; the first classes, one per row"
                : "From one image to another")
        .picture(NearestImages.FILE, NearestImages.CAPTION)
        .page()
        .section("The way there");
    report
        .overTime("samples", "The same latent vectors over time")
        .chart("Losses", "losses.png", List.of("loss_d", "loss_g"))
        .chart("Scores of the discriminator", "scores.png", List.of("score_real", "score_fake"))
        .chart(
            "Other terms of the losses",
            "heads.png",
            report.names("loss_class", "loss_rotation", "gradient_penalty"))
        .chart(
            "Variety over that of the training images",
            "variety.png",
            report.names(Diversity.VARIANCE, Diversity.SPACING));
    report.names(KidProbe.NAME).forEach(name -> report.chart(name, name + ".png", List.of(name)));
  }

  private static void card(
      ModelCard card,
      String recipe,
      List<String> classNames,
      List<List<String>> figures,
      Optional<FinalScores> scores) {
    card.paragraph(
        ("The recipe `%s`, trained by `tsugiki train`. It draws one image for each latent vector `z`"
                + " from N(0, 1)%s; with `z` cut at a smaller range (truncation) the images are less"
                + " varied and better.")
            .formatted(recipe, classNames.isEmpty() ? "" : " and class `label`"));
    if (!classNames.isEmpty()) {
      card.section("Classes").paragraph(String.join(", ", classNames));
    }
    card.section("Figures").table(List.of("", ""), figures);
    scores.ifPresent(
        found -> card.table(FinalScores.HEADER, found.rows()).paragraph(found.words()));
  }
}
