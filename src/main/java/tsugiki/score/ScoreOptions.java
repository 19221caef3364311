package tsugiki.score;

import com.google.common.collect.Sets;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;

/**
 * How images are scored.
 *
 * @param metrics what is scored; empty for all that the input allows
 * @param splits parts of the Inception Score
 * @param shuffle whether the images are shuffled before they are split
 * @param kid the subsets of KID
 * @param kmmd the kernel of KMMD
 * @param neighbours k of precision, recall, density and coverage
 * @param bootstrap draws for confidence intervals, 0 for none
 * @param seed of the shuffle, the subsets and the draws
 * @param lpipsImages images of either side that LPIPS compares at most, at least 2
 * @param keepProbabilities whether the result keeps the class probabilities of every image
 */
@RecordBuilder
public record ScoreOptions(
    Set<Metric> metrics,
    int splits,
    boolean shuffle,
    Subsets kid,
    Kernel kmmd,
    int neighbours,
    int bootstrap,
    long seed,
    int lpipsImages,
    boolean keepProbabilities)
    implements ScoreOptionsBuilder.With {
  private static final ScoreOptions DEFAULTS =
      new ScoreOptions(
          Set.of(),
          10,
          false,
          Subsets.ALL_SAMPLES,
          new Kernel(List.of(1.0), false),
          PrecisionRecall.DEFAULT_NEIGHBOURS,
          0,
          0,
          100,
          false);

  private static final Set<Metric> OF_FEATURES =
      Set.of(Metric.FID, Metric.KID, Metric.KMMD, Metric.PRDC, Metric.MEMORISED);

  /**
   * Subsets of KID.
   *
   * @param count how many; 0 for KID of all samples at once
   * @param size images of either side in each
   */
  public record Subsets(int count, int size) {
    /** No subsets: KID of all samples at once. */
    public static final Subsets ALL_SAMPLES = new Subsets(0, 0);

    /** The subsets of the authors' code. */
    public static final Subsets PUBLISHED = new Subsets(100, 1000);

    /**
     * Subsets.
     *
     * @throws BadInputException if a number is out of its range, naming its argument
     */
    public static Subsets of(int count, int size) {
      Checks.atLeast("kidSubsets", count, 1);
      Checks.atLeast("kidSubsetSize", size, 2);
      return new Subsets(count, size);
    }
  }

  /**
   * The kernel of KMMD.
   *
   * @param sigmas its widths; several for a sum of kernels
   * @param fixed whether they are in units of the features, else of the real images' distances
   */
  public record Kernel(List<Double> sigmas, boolean fixed) {
    double[] widths() {
      return sigmas.stream().mapToDouble(sigma -> sigma).toArray();
    }
  }

  /**
   * Checks every number by itself.
   *
   * @throws BadInputException if one is out of its range, naming its argument
   */
  public ScoreOptions {
    Objects.requireNonNull(metrics, "metrics");
    Objects.requireNonNull(kid, "kid");
    Objects.requireNonNull(kmmd, "kmmd");
    metrics = Set.copyOf(metrics);
    Checks.atLeast("splits", splits, 1);
    Checks.atLeast("neighbours", neighbours, 1);
    Checks.atLeast("lpipsImages", lpipsImages, 2);
    kmmd.sigmas().forEach(s -> Checks.positive(kmmd.fixed() ? "kmmdBandwidths" : "kmmdSigmas", s));
    if (bootstrap != 0) {
      new Bootstrap("⟨bootstrap⟩", bootstrap, seed);
    }
  }

  /**
   * The usual protocol: all metrics, 10 splits in file order, KID of all samples, σ = 1, k = 3, 100
   * images for LPIPS, no intervals, seed 0.
   */
  public static ScoreOptions defaults() {
    return DEFAULTS;
  }

  /** Whether a score of class probabilities is wanted. */
  public boolean wantsClasses() {
    return wants(Metric.IS) || wants(Metric.CLASS_SCORE);
  }

  /** Whether anything is wanted that compares features. */
  public boolean wantsFeatures() {
    return metrics.isEmpty() || requiresFeatures();
  }

  /** Whether a metric that compares features is required by its name. */
  public boolean requiresFeatures() {
    return !Collections.disjoint(metrics, OF_FEATURES);
  }

  /** The required metrics by their words, sorted. */
  public List<String> words() {
    return metrics.stream().map(Metric::toString).sorted().toList();
  }

  /**
   * Whether statistics of the features are enough: of the metrics of features only FID is wanted.
   */
  public boolean statisticsSuffice() {
    return Sets.intersection(OF_FEATURES, metrics).equals(Set.of(Metric.FID)) && bootstrap == 0;
  }

  /** Whether a metric is scored if the input allows it. */
  public boolean wants(Metric metric) {
    return metrics.isEmpty() || metrics.contains(metric);
  }

  /** Whether a metric is required by its name, so that an input that does not allow it is wrong. */
  public boolean requires(Metric metric) {
    return metrics.contains(metric);
  }
}
