package tsugiki.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.features.FeatureProtocol;
import tsugiki.features.Features;

/**
 * Fills a {@link ScoreSheet}: each metric's figures with their protocol and limits. A metric that
 * the options require by name and the input does not allow is refused; any other is left out with a
 * note.
 */
final class ScoreSheetBuilder {
  private static final int LONGEST_REASON = 200;

  private final ScoreOptions options;
  private final ScoreSheet sheet = new ScoreSheet();
  private final List<BadInputException> refusals = new ArrayList<>();
  private final Optional<Bootstrap> bootstrap;
  private final FeatureScores compared;

  /** Begins a sheet. */
  ScoreSheetBuilder(ScoreOptions options) {
    this.options = options;
    bootstrap =
        options.bootstrap() == 0
            ? Optional.empty()
            : Optional.of(new Bootstrap("⟨bootstrap⟩", options.bootstrap(), options.seed()));
    bootstrap.ifPresent(b -> sheet.protocol("intervals", b.protocol()));
    compared = new FeatureScores(options, bootstrap, sheet);
  }

  /** Adds a sentence that a reader of the figures has to know. */
  void note(String sentence) {
    sheet.note(sentence);
  }

  /** Adds how something was made that figures rest on. */
  void protocol(String of, String words) {
    sheet.protocol(of, words);
  }

  /** Adds what is behind the figures, for the JSON object alone. */
  void detail(String name, Object value) {
    sheet.detail(name, value);
  }

  /**
   * The sheet with all that was scored.
   *
   * @throws BadInputException if that is nothing at all
   */
  ScoreSheet sheet() {
    if (sheet.figures().isEmpty() && !refusals.isEmpty()) {
      throw refusals.get(0);
    }
    return sheet;
  }

  /**
   * Scores images against others by their features.
   *
   * @param features describes the features
   * @throws BadInputException if the sides do not fit each other, or do not allow a metric that is
   *     required by name
   */
  void compare(ScoreSide real, ScoreSide generated, FeatureProtocol features) {
    Features.requireSameDimensions(
        real.source(), real.dimensions(), generated.source(), generated.dimensions());
    requireSubsets(real, generated);
    sheet.count("real", countOf(real));
    sheet.count("generated", countOf(generated));
    sheet.count("dimensions", real.dimensions());
    sheet.protocol("real", real.source());
    sheet.protocol("generated", generated.source());
    sheet.protocol("features", features.words());
    if (options.wants(Metric.FID) || options.wants(Metric.KID)) {
      features
          .limits(real.dimensions())
          .ifPresent(
              limit -> {
                sheet.note(limit);
                sheet.notComparable("fid");
                sheet.notComparable("kid");
              });
    }
    score(Metric.FID, () -> compared.fid(real, generated));
    score(Metric.KID, () -> compared.kid(real.require("KID"), generated.require("KID")));
    score(Metric.KMMD, () -> compared.kmmd(real.require("KMMD"), generated.require("KMMD")));
    score(Metric.PRDC, () -> compared.prdc(real.require("PRDC"), generated.require("PRDC")));
    score(Metric.MEMORISED, () -> compared.memorised(real, generated));
    if (real.count() == 1 && generated.count() == 1) {
      refusals.add(
          0,
          new BadInputException(
              "%s and %s hold one image each, which leaves nothing to compute with; give more, or compare the positions within two images by ⟨metrics⟩ sifid"
                  .formatted(real.source(), generated.source())));
    }
  }

  private void requireSubsets(ScoreSide real, ScoreSide generated) {
    long most = Math.min(real.count(), generated.count());
    boolean known = real.features().isPresent() && generated.features().isPresent();
    if (options.kid().count() > 0 && known && options.kid().size() > most) {
      throw new BadInputException(
          "⟨kidSubsetSize⟩ is %d, and there are %d real and %d generated images; give at most %d"
              .formatted(options.kid().size(), real.count(), generated.count(), most));
    }
  }

  private static Object countOf(ScoreSide side) {
    return side.count() == 0 ? "unknown" : side.count();
  }

  /**
   * Scores a metric if it is wanted; where the input does not allow it, refuses it or notes that.
   *
   * @throws BadInputException if it is required by name and the input does not allow it
   */
  void score(Metric metric, Runnable work) {
    if (!options.wants(metric)) {
      return;
    }
    try {
      work.run();
    } catch (BadInputException e) {
      if (options.requires(metric)) {
        throw e;
      }
      refusals.add(e);
      sheet.note("'%s' is left out: %s".formatted(metric, shortened(e.getMessage())));
    }
  }

  /** The beginning of a reason; the whole of it is shown where the metric is required. */
  private static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON
        ? reason + "."
        : reason.substring(0, LONGEST_REASON).strip() + " …";
  }

  /** The closest pairs of a generated and a training image; none where they were not searched. */
  List<Memorisation.Pair> closestPairs() {
    return compared.closestPairs();
  }

  /**
   * The metric under which the score of class probabilities appears.
   *
   * @param score {@link ClassProbabilities#score}
   * @param whose whose probabilities they are, for the message
   * @throws BadInputException if the Inception Score is required by name and these are not its
   *     probabilities
   */
  Metric classMetric(String score, String whose) {
    boolean inception = score.equals(ClassProbabilities.INCEPTION);
    if (!inception && options.requires(Metric.IS)) {
      throw new BadInputException(
          "⟨metrics⟩ 'is' needs the class probabilities of the 2015 Inception network, and these are %s; write ⟨metrics⟩ class-score for %s"
              .formatted(whose, score));
    }
    return inception && !options.requires(Metric.CLASS_SCORE) ? Metric.IS : Metric.CLASS_SCORE;
  }

  /**
   * Adds the score of images by their class probabilities alone.
   *
   * @param name {@link ClassProbabilities#score}
   * @param result the score
   * @param rows the probabilities of every image, which an interval is drawn from; empty for none
   * @param whose whose probabilities they are, in words
   * @param comparable whether they are known to be those of the published Inception network
   */
  void classes(
      String name,
      InceptionScore.Result result,
      Optional<Features> rows,
      String whose,
      boolean comparable) {
    if (sheet.figures().isEmpty()) {
      sheet.count("generated", result.images());
    }
    sheet.count("classes", result.classes());
    sheet.figure(name + "_mean", result.mean());
    sheet.figure(name + "_std", result.deviation());
    sheet.protocol(name, result.protocol() + "; " + whose);
    if (bootstrap.isPresent() && rows.isPresent()) {
      sheet.interval(name + "_mean", InceptionScore.interval(rows.get(), result, bootstrap.get()));
    }
    SmallSamples.classes(name, result, comparable, sheet::note);
    if (!comparable) {
      sheet.notComparable(name);
    }
  }

  /** Adds how much the generated images differ from one another. */
  void diversity(LpipsImages.Result result, String network) {
    DiversityScores.add(result, network, sheet);
    if (bootstrap.isPresent()) {
      sheet.note("lpips has no interval.");
    }
  }

  /** Adds how much stronger than real images generated ones are at some frequency. */
  void spectrum(SpectrumRatio.Result result) {
    sheet.figure("spectrum_worst", result.worst());
    sheet.figure("spectrum_above_3", result.above());
    sheet.count("real", result.real());
    sheet.count("generated", result.generated());
    sheet.protocol(
        "spectrum",
        "mean power of the generated images over that of the real ones, luma under a Hann window, the %d frequencies up to half a cycle per pixel of images of %d×%d; the worst is (%d, %d), in cycles per image downwards and to the right"
            .formatted(
                result.frequencies(), result.side(), result.side(), result.down(), result.right()));
    sheet.detail("spectrum_worst_at", result.at());
    SmallSamples.spectrum(Math.min(result.real(), result.generated()), sheet::note);
    if (bootstrap.isPresent()) {
      sheet.note("spectrum has no interval.");
    }
  }

  /**
   * Adds the distances of images from images by their positions, one figure for all pairs.
   *
   * @param name what it is called on that map: {@code sifid} on the authors' weights alone
   * @param distances {@link Sifid} of every pair, at least one
   * @param protocol what the map and the pairs are, in words
   */
  void singleImages(String name, List<FrechetDistance.Result> distances, String protocol) {
    MeanDeviation figure =
        MeanDeviation.of(distances.stream().mapToDouble(FrechetDistance.Result::value).toArray());
    sheet.figure(name, figure.mean());
    sheet.protocol(name, Sifid.PROTOCOL + "; " + protocol);
    sheet.count("pairs", distances.size());
    SmallSamples.positions(name, distances, sheet::note);
    if (bootstrap.isPresent()) {
      sheet.note(name + " has no interval: the positions of an image are no independent samples.");
    }
  }
}
