package tsugiki.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;

/** The flags of every verb that trains and writes a run directory; a picocli mixin. */
final class RunOptions {
  /** In options of which only the defaults are of interest. */
  static final Execution ANYWHERE = new Execution(Device.CPU, 1, 1, "");

  @Option(
      names = "--out",
      paramLabel = "RUN",
      description = "The run directory to write. Without it: a new one under runs/.")
  private Path out;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description = "Go on with the run in this directory from its last checkpoint.")
  private Path resume;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "The same seed gives the same run. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--dry-run",
      description = "Check the options and the input, say what would be done, and write nothing.")
  private boolean dryRun;

  @Option(
      names = "--device",
      paramLabel = "D",
      defaultValue = "auto",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Device device;

  Optional<Path> out() {
    return Optional.ofNullable(out);
  }

  Optional<Path> resume() {
    return Optional.ofNullable(resume);
  }

  long seed() {
    return seed;
  }

  boolean dryRun() {
    return dryRun;
  }

  Device device() {
    return device;
  }
}
