package tsugiki.score;

/** The figures of {@link LpipsImages}, written onto a sheet with their protocol and limits. */
final class DiversityScores {
  private static final String ALL = "lpips";
  private static final String WITHIN = "lpips_within";

  private DiversityScores() {}

  static void add(LpipsImages.Result result, String network, ScoreSheet sheet) {
    sheet.figure(ALL, result.all().mean());
    sheet.protocol(
        ALL,
        "%s, %d×%d pixels, mean over all %d pairs of %s"
            .formatted(
                network, result.side(), result.side(), result.all().pairs(), compared(result)));
    sheet.count("lpips_images", result.images());
    result.within().ifPresent(within -> within(within, result, sheet));
    SmallSamples.lpips(result.images(), sheet::note);
    if (result.images() < result.generated()) {
      sheet.note(
          "lpips: %s; more images are better, and take time by their square."
              .formatted(compared(result)));
    }
    if (result.resized() > 0) {
      sheet.note(
          "lpips: %d images of another size were cut to their central square and resized to %d pixels; it depends on the size."
              .formatted(result.resized(), result.side()));
    }
    if (result.within().isEmpty() && result.training() > 0) {
      sheet.note(
          "lpips_within is left out: %d training images are more than this score takes; it is made for few."
              .formatted(result.training()));
    }
  }

  private static void within(
      LpipsDiversity.Within within, LpipsImages.Result result, ScoreSheet sheet) {
    if (within.clusters() == 0) {
      sheet.note(
          "lpips_within is left out: no training image is the nearest one of two generated images.");
      return;
    }
    sheet.figure(WITHIN, within.mean());
    sheet.protocol(
        WITHIN,
        "each of %s to its nearest of %d training images by LPIPS, mean over the pairs of a cluster (its first %d images), mean over the %d clusters of two or more"
            .formatted(
                compared(result),
                result.training(),
                LpipsDiversity.MOST_A_CLUSTER,
                within.clusters()));
    sheet.detail("lpips_cluster_sizes", within.sizes());
  }

  private static String compared(LpipsImages.Result result) {
    return result.images() == result.generated()
        ? "all %d generated images".formatted(result.generated())
        : "%d of %d generated images, drawn with seed %d"
            .formatted(result.images(), result.generated(), result.seed());
  }
}
