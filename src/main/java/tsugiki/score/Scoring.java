package tsugiki.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.features.FeatureProtocol;
import tsugiki.features.Features;

/**
 * Scores one set of images against another by the options, and says beside every figure how it was
 * made. What was asked for by name and cannot be had is refused; of the rest, what cannot be had is
 * left out with a note.
 */
public final class Scoring {
  private static final int LONGEST_REASON = 200;

  private final ScoreOptions options;
  private final ScoreSheet sheet = new ScoreSheet();
  private final List<BadInputException> refusals = new ArrayList<>();
  private final Optional<Bootstrap> bootstrap;
  private final FeatureScores compared;

  /** Begins a sheet. */
  public Scoring(ScoreOptions options) {
    this.options = options;
    bootstrap =
        options.bootstrap() == 0
            ? Optional.empty()
            : Optional.of(new Bootstrap("⟨bootstrap⟩", options.bootstrap(), options.seed()));
    bootstrap.ifPresent(b -> sheet.protocol("intervals", b.protocol()));
    compared = new FeatureScores(options, bootstrap, sheet);
  }

  /** Says something that a reader of the figures has to know. */
  public void note(String sentence) {
    sheet.note(sentence);
  }

  /**
   * The sheet with all that was scored.
   *
   * @throws BadInputException if that is nothing at all
   */
  public ScoreSheet sheet() {
    if (sheet.figures().isEmpty() && !refusals.isEmpty()) {
      throw refusals.get(0);
    }
    return sheet;
  }

  /**
   * Scores images against others by their features.
   *
   * @param features what the features are
   * @throws BadInputException if the sides do not fit each other, or do not allow a metric that was
   *     asked for by name
   */
  public void compare(ScoreSide real, ScoreSide generated, FeatureProtocol features) {
    if (real.dimensions() != generated.dimensions()) {
      throw new BadInputException(
          "%s has %d dimensions and %s has %d; take both from the same network and tap"
              .formatted(
                  real.source(), real.dimensions(), generated.source(), generated.dimensions()));
    }
    requireSubsets(real, generated);
    sheet.count("real", countOf(real));
    sheet.count("generated", countOf(generated));
    sheet.count("dimensions", real.dimensions());
    sheet.protocol("real", real.source());
    sheet.protocol("generated", generated.source());
    sheet.protocol("features", features.words());
    if (options.wants(Metric.FID) || options.wants(Metric.KID)) {
      features.limits(real.dimensions()).ifPresent(sheet::note);
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
              "%s and %s hold one image each, which leaves nothing to reckon with; give more, or compare the insides of two images by ⟨metrics⟩ sifid"
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
   * Scores a metric if it is wanted; where it cannot be had, refuses it or notes that.
   *
   * @throws BadInputException if it was asked for by name and cannot be had
   */
  public void score(Metric metric, Runnable work) {
    if (!options.wants(metric)) {
      return;
    }
    try {
      work.run();
    } catch (BadInputException e) {
      if (options.insistsOn(metric)) {
        throw e;
      }
      refusals.add(e);
      sheet.note("'%s' is left out: %s".formatted(metric, shortened(e.getMessage())));
    }
  }

  /** A reason that was not asked for; the whole of it comes to who insists on the metric. */
  private static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON
        ? reason + "."
        : reason.substring(0, LONGEST_REASON).strip() + " …";
  }

  /** The closest pairs of a generated and a training image; none where nobody looked. */
  public List<Memorisation.Pair> closestPairs() {
    return compared.closestPairs();
  }

  /**
   * Scores images by their class probabilities alone.
   *
   * @throws BadInputException if the rows are no probabilities, are fewer than the splits, or the
   *     Inception Score was asked for by name and these are not its probabilities
   */
  public void classes(ClassProbabilities classes) {
    boolean inception = classes.score().equals(ClassProbabilities.INCEPTION);
    if (!inception && options.insistsOn(Metric.IS)) {
      throw new BadInputException(
          "⟨metrics⟩ is needs the class probabilities of the 2015 Inception network, and these are %s; write ⟨metrics⟩ class-score for %s"
              .formatted(classes.protocol(), classes.score()));
    }
    if (sheet.figures().isEmpty()) {
      sheet.count("generated", classes.values().count());
    }
    sheet.count("classes", classes.values().dimensions());
    boolean named = inception && !options.insistsOn(Metric.CLASS_SCORE);
    score(named ? Metric.IS : Metric.CLASS_SCORE, () -> classScore(classes));
  }

  private void classScore(ClassProbabilities classes) {
    Features values = classes.values();
    InceptionScore.Result result =
        options.shuffle()
            ? InceptionScore.shuffled(values, options.splits(), options.seed())
            : InceptionScore.inOrder(values, options.splits());
    sheet.figure(classes.score() + "_mean", result.mean());
    sheet.figure(classes.score() + "_std", result.deviation());
    sheet.protocol(classes.score(), result.protocol() + "; " + classes.protocol());
    bootstrap.ifPresent(
        b -> sheet.interval(classes.score() + "_mean", InceptionScore.interval(values, result, b)));
    SmallSamples.classes(classes, result, sheet::note);
  }

  /** Adds how different the generated images are from one another. */
  public void diversity(LpipsImages.Result result, String network) {
    DiversityScores.add(result, network, sheet);
    if (bootstrap.isPresent()) {
      sheet.note("lpips has no interval.");
    }
  }

  /**
   * Adds the distances of images from images by their positions, one figure for all pairs.
   *
   * @param name what it is called on that map: {@code sifid} on the authors' weights alone
   * @param distances {@link Sifid} of every pair, at least one
   * @param protocol what the map and the pairs are, in words
   */
  public void singleImages(String name, List<FrechetDistance.Result> distances, String protocol) {
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
