package tsugiki.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
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
    refuseOthers(spec);
    return RunDirectory.resume(run.resume().orElseThrow()).options(type);
  }

  private static void refuseOthers(CommandSpec spec) {
    List<String> others =
        spec.commandLine().getParseResult().matchedOptions().stream()
            .map(OptionSpec::longestName)
            .filter(name -> !BESIDE_RESUME.contains(name))
            .toList();
    if (!others.isEmpty()) {
      throw new BadInputException(
          "--resume takes the options from the run; leave out " + String.join(", ", others));
    }
  }

  /**
   * The recipe of the run that is gone on with; empty where its options name none.
   *
   * @throws BadInputException if other options were given, or the folder is no run
   */
  static String recipe(CommandSpec spec, RunOptions run) {
    refuseOthers(spec);
    Named named = RunDirectory.resume(run.resume().orElseThrow()).options(Named.class);
    return Objects.requireNonNullElse(named.recipe(), "");
  }

  /** What all options of {@code train} begin with. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Named(String recipe) {}

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
