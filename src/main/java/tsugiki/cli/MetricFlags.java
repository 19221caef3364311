package tsugiki.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import tsugiki.base.BadInputException;
import tsugiki.score.Metric;
import tsugiki.score.ScoreOptions;

/** The flags of {@code score} that say what is scored, and how. */
final class MetricFlags {
  private static final ScoreOptions DEFAULTS = ScoreOptions.defaults();

  @Option(
      names = "--metrics",
      split = ",",
      paramLabel = "M",
      description =
          "Out of ${COMPLETION-CANDIDATES}. Default: all that the input allows, but sifid and lpips.")
  private Set<Metric> metrics = DEFAULTS.metrics();

  @Option(
      names = "--splits",
      paramLabel = "N",
      description = "Parts of the Inception Score. Default: ${DEFAULT-VALUE}.")
  private int splits = DEFAULTS.splits();

  @Option(
      names = "--shuffle",
      description = "Shuffle the images before they are split. Default: the files' order.")
  private boolean shuffle = DEFAULTS.shuffle();

  @Option(
      names = "--kid-subsets",
      paramLabel = "N",
      description =
          "KID as mean and deviation over so many subsets, usually 100; of many thousand images it"
              + " is also the faster way. Default: one KID of all samples.")
  private Integer kidSubsets;

  @Option(
      names = "--kid-subset-size",
      paramLabel = "N",
      description = "Images of either side in a subset. Default: 1000.")
  private Integer kidSubsetSize;

  @Option(
      names = "--kmmd-sigmas",
      split = ",",
      paramLabel = "S",
      description =
          "Widths of KMMD's kernels (several are summed) in units of the real images' distances."
              + " Default: 1.")
  private List<Double> kmmdSigmas;

  @Option(
      names = "--kmmd-bandwidths",
      split = ",",
      paramLabel = "S",
      description = "The same in units of the features.")
  private List<Double> kmmdBandwidths;

  @Option(
      names = "--neighbours",
      paramLabel = "K",
      description = "The k of precision, recall, density, coverage. Default: ${DEFAULT-VALUE}.")
  private int neighbours = DEFAULTS.neighbours();

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      description =
          "95 %% confidence intervals from N draws of the images, usually 1000; FID is computed"
              + " anew for every draw. Default: none.")
  private int bootstrap = DEFAULTS.bootstrap();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Of the shuffle, the subsets, the draws and the first image of --model. Default:"
              + " ${DEFAULT-VALUE}.")
  private long seed = DEFAULTS.seed();

  /** The seed. */
  long seed() {
    return seed;
  }

  /** The options of a scoring. */
  ScoreOptions options() {
    return DEFAULTS
        .withMetrics(metrics)
        .withSplits(splits)
        .withShuffle(shuffle)
        .withKid(subsets())
        .withKmmd(kernel())
        .withNeighbours(neighbours)
        .withSeed(seed)
        .withBootstrap(bootstrap);
  }

  private ScoreOptions.Subsets subsets() {
    if (kidSubsets == null && kidSubsetSize == null) {
      return DEFAULTS.kid();
    }
    ScoreOptions.Subsets published = ScoreOptions.Subsets.PUBLISHED;
    return ScoreOptions.Subsets.of(
        kidSubsets == null ? published.count() : kidSubsets,
        kidSubsetSize == null ? published.size() : kidSubsetSize);
  }

  private ScoreOptions.Kernel kernel() {
    if (kmmdSigmas != null && kmmdBandwidths != null) {
      throw new BadInputException(
          "⟨kmmdSigmas⟩ and ⟨kmmdBandwidths⟩ both give the kernel's widths; leave one out");
    }
    if (kmmdBandwidths != null) {
      return new ScoreOptions.Kernel(kmmdBandwidths, true);
    }
    return kmmdSigmas == null ? DEFAULTS.kmmd() : new ScoreOptions.Kernel(kmmdSigmas, false);
  }
}
