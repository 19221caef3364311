package tsugiki.score;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tsugiki.features.Features;

/** The metrics that compare features, each written onto a sheet with its protocol and limits. */
final class FeatureScores {
  /** Pairs of images that are listed and shown. */
  private static final int CLOSEST = 16;

  private final ScoreOptions options;
  private final Optional<Bootstrap> bootstrap;
  private final ScoreSheet sheet;
  private List<Memorisation.Pair> closest = List.of();

  FeatureScores(ScoreOptions options, Optional<Bootstrap> bootstrap, ScoreSheet sheet) {
    this.options = options;
    this.bootstrap = bootstrap;
    this.sheet = sheet;
  }

  void fid(ScoreSide real, ScoreSide generated) {
    if (bootstrap.isPresent()) {
      real.require("⟨bootstrap⟩");
      generated.require("⟨bootstrap⟩");
    }
    FrechetDistance.Result result = real.distance(generated);
    sheet.figure("fid", result.value());
    sheet.protocol("fid", result.protocol());
    bootstrap.ifPresent(
        b ->
            sheet.interval(
                "fid",
                FrechetDistance.interval(
                    real.require("FID"), generated.require("FID"), result, b)));
    SmallSamples.fid(real, generated, sheet::note);
  }

  void kid(Features real, Features generated) {
    Kid.Result all = Kid.allSamples(real, generated);
    if (options.kid().count() == 0) {
      sheet.figure("kid", all.value());
      sheet.protocol("kid", all.protocol());
    } else {
      Kid.SubsetResult result =
          Kid.subsets(real, generated, options.kid().count(), options.kid().size(), options.seed());
      sheet.figure("kid", result.mean());
      sheet.figure("kid_std", result.deviation());
      sheet.protocol("kid", result.protocol());
    }
    bootstrap.ifPresent(b -> sheet.interval("kid", Kid.interval(real, generated, b)));
    SmallSamples.kid(real.count(), generated.count(), sheet::note);
  }

  void kmmd(Features real, Features generated) {
    double[] sigmas = options.kmmd().widths();
    Kmmd.Result result =
        options.kmmd().fixed()
            ? Kmmd.fixed(real, generated, sigmas)
            : Kmmd.relative(real, generated, sigmas);
    sheet.figure("kmmd", result.value());
    sheet.protocol("kmmd", result.protocol());
    bootstrap.ifPresent(
        b -> sheet.interval("kmmd", Kmmd.interval(real, generated, result, sigmas, b)));
    SmallSamples.kmmd(real.count(), generated.count(), sheet::note);
  }

  void prdc(Features real, Features generated) {
    PrecisionRecall.Result result = PrecisionRecall.of(real, generated, options.neighbours());
    sheet.figure("precision", result.precision());
    sheet.figure("recall", result.recall());
    sheet.figure("density", result.density());
    sheet.figure("coverage", result.coverage());
    sheet.protocol("prdc", result.protocol());
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("generated_in_a_real_ball", (long) result.precise());
    counts.put("real_in_a_generated_ball", (long) result.recalled());
    counts.put("pairs_of_generated_and_real_ball", result.memberships());
    counts.put("real_balls_with_generated", (long) result.covered());
    sheet.detail("prdc_counts", counts);
    bootstrap.ifPresent(
        b ->
            PrecisionRecall.intervals(real, generated, options.neighbours(), b)
                .forEach(sheet::interval));
    SmallSamples.prdc(real.count(), generated.count(), sheet::note);
  }

  void memorised(ScoreSide real, ScoreSide generated) {
    String name = "The check for copies";
    Memorisation.Result result = Memorisation.of(real.require(name), generated.require(name));
    sheet.figure("memorised", result.share());
    sheet.protocol("memorised", result.protocol());
    closest = result.pairs().subList(0, Math.min(CLOSEST, result.pairs().size()));
    sheet.detail(
        "closest_pairs",
        closest.stream()
            .map(
                pair ->
                    new NamedPair(
                        generated.name(pair.generated()),
                        real.name(pair.training()),
                        pair.distance(),
                        pair.radius()))
            .toList());
    bootstrap.ifPresent(b -> sheet.interval("memorised", result.interval(b)));
  }

  /**
   * A generated image and its nearest training image, as the JSON object lists them.
   *
   * @param generated the generated image
   * @param real the training image
   * @param distance between the two
   * @param radius the training image's distance from the nearest other one
   */
  record NamedPair(String generated, String real, double distance, double radius) {}

  /** The closest pairs of a generated and a training image; none where they were not searched. */
  List<Memorisation.Pair> closestPairs() {
    return closest;
  }
}
