package tsugiki.cli;

import picocli.CommandLine.Command;

/** The verb {@code bench}: each piece of work is a word after it, with flags of its own. */
@Command(
    name = "bench",
    description =
        "Times a piece of work on this machine, and other programs that do the same work.",
    synopsisSubcommandLabel = "WORK",
    subcommands = {
      AugmentStepBenchCommand.class,
      DcganStepBenchCommand.class,
      FeaturesBenchCommand.class,
      GanStepBenchCommand.class,
      GraftStepBenchCommand.class,
      LayerBenchCommand.class,
      SingleBenchCommand.class
    })
final class BenchCommand {}
