package tsugiki.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tsugiki.BadInputException;
import tsugiki.train.RunDirectory;

/** What {@code --resume} means to every verb that trains. */
final class Resuming {
  /** What may be said beside {@code --resume}, which takes all else from the run. */
  private static final Set<String> BESIDE_RESUME =
      Set.of("--resume", "--dry-run", "--json", "--verbose");

  private Resuming() {}

  /**
   * The options of the run that is gone on with.
   *
   * @throws BadInputException if other options were given, or the folder is no run of this verb
   */
  static <T> T options(CommandSpec spec, RunOptions run, Class<T> type) {
    List<String> others =
        spec.commandLine().getParseResult().matchedOptions().stream()
            .map(OptionSpec::longestName)
            .filter(name -> !BESIDE_RESUME.contains(name))
            .toList();
    if (!others.isEmpty()) {
      throw new BadInputException(
          "--resume takes the options from the run; leave out " + String.join(", ", others));
    }
    return RunDirectory.resume(run.resume().orElseThrow()).options(type);
  }

  /**
   * The folder of the run: the one to go on with, the one named, or a new one.
   *
   * @throws BadInputException if a new run is to go into a folder that is in use
   */
  static Path folder(RunOptions run, String verb) {
    if (run.resume().isPresent()) {
      return run.resume().orElseThrow();
    }
    Path folder = run.out().orElseGet(() -> RunDirectory.next(Path.of("runs"), verb));
    RunDirectory.refuseUsed(folder);
    return folder;
  }
}
