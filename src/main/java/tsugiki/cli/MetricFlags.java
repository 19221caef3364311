package tsugiki.cli;

import com.google.common.collect.Sets;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tsugiki.base.BadInputException;
import tsugiki.score.Metric;
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

  private static final String BANDWIDTHS = "--kmmd-bandwidths";

  @Mixin private final FlagSection options = new FlagSection("score", FLAGS.without("lpipsImages"));

  @Option(
      names = BANDWIDTHS,
      split = ",",
      paramLabel = "S",
      description = "The same as --kmmd-sigmas in units of the features.")
  private List<Double> bandwidths;

  /**
   * The options of a scoring.
   *
   * @throws BadInputException if a flag makes no sense, or is of a metric that is not scored
   */
  ScoreOptions options(CommandSpec spec) {
    ScoreOptions options = read(spec);
    refuseUseless(spec, options);
    return options;
  }

  private static void refuseUseless(CommandSpec spec, ScoreOptions options) {
    refuseUnless(options.wantsClasses(), spec, "is or class-score", named("splits", "shuffle"));
    refuseUnless(options.wants(Metric.KID), spec, "kid", named("kid"));
    refuseUnless(
        options.wants(Metric.KMMD), spec, "kmmd", Sets.union(named("kmmd"), Set.of(BANDWIDTHS)));
    refuseUnless(options.wants(Metric.PRDC), spec, "prdc", named("neighbours"));
    refuseUnless(
        options.requires(Metric.LPIPS),
        spec,
        "lpips",
        Sets.union(named("lpipsImages"), NetworkOptions.FLAGS.only("lpips").names()));
  }

  private static Set<String> named(String... paths) {
    return FLAGS.only(paths).names();
  }

  private static void refuseUnless(
      boolean scored, CommandSpec spec, String metric, Set<String> flags) {
    UselessFlags.refuseUnless(scored, spec, flags, "--metrics " + metric);
  }

  private ScoreOptions read(CommandSpec spec) {
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
