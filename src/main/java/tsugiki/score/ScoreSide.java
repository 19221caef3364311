package tsugiki.score;

import java.util.Optional;
import java.util.function.IntFunction;
import tsugiki.base.BadInputException;
import tsugiki.features.Features;

/**
 * One side of a comparison: the features of its images or, where those were not kept, their
 * statistics alone.
 */
public final class ScoreSide {
  private final Features features;
  private final GaussianStatistics statistics;
  private final IntFunction<String> names;

  private ScoreSide(Features features, GaussianStatistics statistics, IntFunction<String> names) {
    this.features = features;
    this.statistics = statistics;
    this.names = names;
  }

  /** A side all of whose images' features are at hand. */
  public static ScoreSide of(Features features) {
    return of(features, row -> "row " + row);
  }

  /** The same with the images' names by row. */
  public static ScoreSide of(Features features, IntFunction<String> names) {
    return new ScoreSide(features, null, names);
  }

  /** A side of which only the statistics are known. */
  public static ScoreSide of(GaussianStatistics statistics) {
    return new ScoreSide(null, statistics, row -> "row " + row);
  }

  /** The features, where they are at hand. */
  public Optional<Features> features() {
    return Optional.ofNullable(features);
  }

  /**
   * The statistics, made from the features where there are only those.
   *
   * @throws BadInputException if there is a single image
   */
  public GaussianStatistics statistics() {
    return statistics == null ? GaussianStatistics.of(features) : statistics;
  }

  /** What to call the image of a row, counted from 0. */
  public String name(int row) {
    return names.apply(row);
  }

  /** What errors and protocols call it. */
  public String source() {
    return features == null ? statistics.source() : features.source();
  }

  /** Number of images; 0 where it is not known. */
  public long count() {
    return features == null ? statistics.count() : features.count();
  }

  /** D. */
  public int dimensions() {
    return features == null ? statistics.dimensions() : features.dimensions();
  }

  FrechetDistance.Result distance(ScoreSide generated) {
    if (features != null && generated.features != null) {
      return FrechetDistance.between(features, generated.features);
    }
    if (features != null) {
      return FrechetDistance.between(features, generated.statistics);
    }
    return generated.features != null
        ? swapped(FrechetDistance.between(generated.features, statistics))
        : FrechetDistance.between(statistics, generated.statistics);
  }

  private static FrechetDistance.Result swapped(FrechetDistance.Result result) {
    return new FrechetDistance.Result(
        result.value(),
        result.meanTerm(),
        result.covarianceTerm(),
        result.generated(),
        result.real(),
        result.protocol());
  }

  Features require(String metric) {
    return features()
        .orElseThrow(
            () ->
                new BadInputException(
                    "%s needs the features of every image, and %s holds statistics alone; give images or a .npy of features"
                        .formatted(metric, source())));
  }
}
