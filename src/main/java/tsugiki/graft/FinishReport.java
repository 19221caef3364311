package tsugiki.graft;

import java.util.List;
import java.util.Optional;
import tsugiki.model.FrozenNetwork;
import tsugiki.train.TrainingReport;

/** What the page and the model card of a graft say about its finish. */
final class FinishReport {
  private FinishReport() {}

  /** Adds the section of the page and the paragraph of the card. */
  static void add(
      TrainingReport report, GraftOptions options, Optional<FrozenNetwork> judge, long best) {
    FinishOptions finish = options.finish();
    String what =
        ("%d steps of an adversarial finish of %s followed, with a projected discriminator on %s at %d pixels. %s%s")
            .formatted(
                finish.finishSteps(),
                finish.finish() == FinishKind.ALL
                    ? "all weights of the generator"
                    : "the weights that the graft trains",
                finish.finishProjector(),
                finish.finishSide(),
                kept(judge, best),
                finish.finishLatentSteps() == 0
                    ? ""
                    : " The last %d steps moved the latent vectors of the training images alone."
                        .formatted(finish.finishLatentSteps()));
    report.page().section("The finish").paragraph(what);
    report
        .chart("Losses of the finish", "finish.png", List.of("loss_g", "loss_d", "anchor"))
        .chart("Scores of the discriminator", "scores.png", List.of("score_real", "score_fake"))
        .chart("KID at the judgements", "finish_kid.png", List.of(FinishJudge.KID))
        .chart(
            "Distance to the nearest training image over that of the training images",
            "finish_distance.png",
            List.of(FinishJudge.DISTANCE));
    report.card().paragraph(what);
  }

  private static String kept(Optional<FrozenNetwork> judge, long best) {
    return judge
        .map(
            network ->
                "The weights are the average as it was after its step %d, the best by the network %s."
                    .formatted(best, network.name()))
        .orElse(
            "The weights are the average at its end: every network to score with has a part in the"
                + " losses, and could not choose a moment.");
  }
}
