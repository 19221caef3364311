package tsugiki.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;

/** The flags of every verb that trains and writes a run directory; a picocli mixin. */
final class RunOptions {
  /** In options of which only the defaults are of interest. */
  static final Execution ANYWHERE = new Execution(Device.CPU, 1, 1, "");

  private static final Path RUNS = Path.of("runs");

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

  Optional<Path> resume() {
    return Optional.ofNullable(resume);
  }

  boolean dryRun() {
    return dryRun;
  }

  Device device() {
    return device;
  }

  /**
   * The folder of the run: the one to go on with, the one named, or a new one.
   *
   * @param name of the run, for a new one
   * @throws tsugiki.base.BadInputException if a new run is to go into a folder that is in use
   */
  Path folder(String name) {
    if (resume != null) {
      return resume;
    }
    Path folder = out != null ? out : RunDirectory.next(RUNS, name);
    RunDirectory.refuseUsed(folder);
    return folder;
  }

  /**
   * The run directory, after everything that may fail for the user's input: the one to go on with,
   * or a new one at {@link #folder}. Where the user named none and another run has taken the number
   * meanwhile, it is the next one. The log goes there as soon as this process holds it.
   */
  RunDirectory directory(String name, Object options) {
    RunDirectory directory =
        resume != null
            ? RunDirectory.resume(resume)
            : out != null
                ? RunDirectory.create(out, options)
                : RunDirectory.createNext(RUNS, name, options);
    return directory.whenHeld(() -> Logs.alsoTo(directory.resolve("log.txt")));
  }
}
