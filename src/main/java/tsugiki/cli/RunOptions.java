package tsugiki.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.runtime.Device;
import tsugiki.runtime.Precision;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;
import tsugiki.train.RunNumbers;

/** The flags of every verb that trains and writes a run directory; a picocli mixin. */
final class RunOptions {
  /** In options of which only the defaults are of interest. */
  static final Execution ANYWHERE = new Execution(Device.CPU, 1, 1, "");

  private static final Path RUNS = Path.of("runs");

  /** The flags; null where a folder was not given. */
  private record Flags(
      Path out, Path resume, long seed, boolean dryRun, Device device, Precision precision) {
    static final RecordFlags<Flags> ALL =
        RecordFlags.of(new Flags(null, null, 0, false, Device.AUTO, Precision.FLOAT32))
            .option("dryRun", option -> option.negatable(false));
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb;

  private RunDirectory resumed;

  @Mixin private final FlagSection flags = new FlagSection("run", Flags.ALL);

  private Flags given() {
    return Flags.ALL.read(verb);
  }

  Optional<Path> resume() {
    return Optional.ofNullable(given().resume);
  }

  /** The run to go on with, opened once: it knows the options that this process has read. */
  RunDirectory resumed() {
    Path folder = given().resume;
    if (resumed == null || !resumed.path().equals(folder)) {
      resumed = RunDirectory.resume(folder);
    }
    return resumed;
  }

  boolean dryRun() {
    return given().dryRun;
  }

  Device device() {
    return given().device;
  }

  /**
   * Where and how a new run computes.
   *
   * @throws tsugiki.base.BadInputException if the device is missing, or its precision
   */
  Execution here() {
    return Execution.here(given().device).in(given().precision);
  }

  /** The same for a training that may have replicas. */
  Execution here(ReplicasFlag replicas) {
    return replicas.here(given().device).in(given().precision);
  }

  /**
   * The folder of the run: the one to go on with, the one named, or a new one.
   *
   * @param name of the run, for a new one
   * @throws tsugiki.base.BadInputException if a new run is to go into a folder that is in use
   */
  Path folder(String name) {
    Flags given = given();
    if (given.resume != null) {
      return given.resume;
    }
    Path folder = given.out != null ? given.out : RunNumbers.next(RUNS, name);
    RunDirectory.refuseUsed(folder);
    return folder;
  }

  /**
   * The run directory, after everything that may fail for the user's input: the one to go on with,
   * or a new one at {@link #folder}. Where the user named none and another run has taken the number
   * meanwhile, it is the next one. The log goes there as soon as this process holds it.
   */
  RunDirectory directory(String name, Object options) {
    Flags given = given();
    RunDirectory directory =
        given.resume != null
            ? resumed()
            : given.out != null
                ? RunDirectory.create(given.out, options)
                : RunDirectory.createNext(RUNS, name, options);
    return directory.whenHeld(() -> Logs.alsoTo(directory.resolve("log.txt")));
  }
}
