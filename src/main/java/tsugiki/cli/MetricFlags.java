package tsugiki.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tsugiki.base.BadInputException;
import tsugiki.score.ScoreOptions;

/** The flags of {@code score} that say what is scored, and how: those of {@link ScoreOptions}. */
final class MetricFlags {
  static final RecordFlags<ScoreOptions> FLAGS =
      RecordFlags.of(ScoreOptions.defaults())
          .without("kmmd.fixed", "keepProbabilities")
          .option("shuffle", option -> option.negatable(false))
          .named("kid.count", "kid-subsets")
          .named("kid.size", "kid-subset-size")
          .named("kmmd.sigmas", "kmmd-sigmas");

  @Mixin private final FlagSection options = new FlagSection("score", FLAGS.without("lpipsImages"));

  @Option(
      names = "--kmmd-bandwidths",
      split = ",",
      paramLabel = "S",
      description = "The same as --kmmd-sigmas in units of the features.")
  private List<Double> bandwidths;

  /** The options of a scoring. */
  ScoreOptions options(CommandSpec spec) {
    Set<String> given = FLAGS.given(spec).keySet();
    boolean subsets = given.contains("kid.count") || given.contains("kid.size");
    ScoreOptions standard = ScoreOptions.defaults();
    ScoreOptions options =
        FLAGS.read(spec, subsets ? standard.withKid(ScoreOptions.Subsets.PUBLISHED) : standard);
    if (subsets) {
      options =
          options.withKid(ScoreOptions.Subsets.of(options.kid().count(), options.kid().size()));
    }
    if (bandwidths == null) {
      return options;
    }
    if (given.contains("kmmd.sigmas")) {
      throw new BadInputException(
          "⟨kmmdSigmas⟩ and ⟨kmmdBandwidths⟩ both give the kernel's widths; leave one out");
    }
    return options.withKmmd(new ScoreOptions.Kernel(bandwidths, true));
  }
}
