package tsugiki.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import tsugiki.base.BadInputException;
import tsugiki.score.Metric;
import tsugiki.score.ScoreOptions;

/** The flags of {@code score} that say what is scored, and how. */
final class MetricFlags {
  @Option(
      names = "--metrics",
      split = ",",
      paramLabel = "M",
      description =
          "Out of ${COMPLETION-CANDIDATES}. Default: all that the input allows, but sifid and lpips.")
  private Set<Metric> metrics = Set.of();

  @Option(
      names = "--splits",
      paramLabel = "N",
      defaultValue = "10",
      description = "Parts of the Inception Score. Default: ${DEFAULT-VALUE}.")
  private int splits;

  @Option(
      names = "--shuffle",
      description = "Shuffle the images before they are split. Default: the files' order.")
  private boolean shuffle;

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
      defaultValue = "3",
      description = "The k of precision, recall, density, coverage. Default: ${DEFAULT-VALUE}.")
  private int neighbours;

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "95 %% confidence intervals from N draws of the images, usually 1000; FID is reckoned"
              + " anew for every draw. Default: none.")
  private int bootstrap;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Of the shuffle, the subsets and the draws. Default: ${DEFAULT-VALUE}.")
  private long seed;

  ScoreOptions options() {
    return new ScoreOptions(
        metrics, splits, shuffle, subsets(), kernel(), neighbours, bootstrap, seed);
  }

  private ScoreOptions.Subsets subsets() {
    if (kidSubsets == null && kidSubsetSize == null) {
      return ScoreOptions.Subsets.ALL_SAMPLES;
    }
    return ScoreOptions.Subsets.of(
        kidSubsets == null ? 100 : kidSubsets, kidSubsetSize == null ? 1000 : kidSubsetSize);
  }

  private ScoreOptions.Kernel kernel() {
    if (kmmdSigmas != null && kmmdBandwidths != null) {
      throw new BadInputException(
          "--kmmd-sigmas and --kmmd-bandwidths both give the kernel's widths; leave one out");
    }
    return kmmdBandwidths == null
        ? new ScoreOptions.Kernel(kmmdSigmas == null ? List.of(1.0) : kmmdSigmas, false)
        : new ScoreOptions.Kernel(kmmdBandwidths, true);
  }
}
