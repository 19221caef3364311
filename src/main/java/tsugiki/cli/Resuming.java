package tsugiki.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tsugiki.base.BadInputException;
import tsugiki.train.RunDirectory;

/** What {@code --resume} means to every verb that trains. */
final class Resuming {
  /** What may be said beside {@code --resume}, which takes all else from the run. */
  private static final Set<String> BESIDE_RESUME =
      Set.of("--resume", "--dry-run", "--json", "--verbose");

  private static final Path RUNS = Path.of("runs");

  private Resuming() {}

  /**
   * The options of the run that is gone on with.
   *
   * @param changeable the whole numbers that may be given anew: flags, and where {@code
   *     options.json} has them
   * @throws BadInputException if other options were given, or the folder is no run of this verb
   */
  static <T> T options(
      CommandSpec spec, RunOptions run, Class<T> type, Map<String, String> changeable) {
    Set<OptionSpec> given = spec.commandLine().getParseResult().matchedOptionsSet();
    List<String> others =
        given.stream()
            .map(OptionSpec::longestName)
            .filter(name -> !BESIDE_RESUME.contains(name) && !changeable.containsKey(name))
            .toList();
    if (!others.isEmpty()) {
      throw new BadInputException(
          "--resume takes the options from the run; leave out " + String.join(", ", others));
    }
    T options = RunDirectory.resume(run.resume().orElseThrow()).options(type);
    for (OptionSpec flag : given) {
      String place = changeable.get(flag.longestName());
      if (place != null) {
        options = RunDirectory.changed(options, place, flag.<Number>getValue().longValue());
      }
    }
    return options;
  }

  /**
   * The recipe of the run that is gone on with; empty where it names none, or is no run.
   *
   * @throws BadInputException if the options are damaged
   */
  static String recipe(RunOptions run) {
    Path folder = run.resume().orElseThrow();
    if (!Files.exists(folder.resolve("options.json"))) {
      return "";
    }
    Named named = RunDirectory.resume(folder).options(Named.class);
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
    Path folder = run.out().orElseGet(() -> RunDirectory.next(RUNS, verb));
    RunDirectory.refuseUsed(folder);
    return folder;
  }

  /**
   * The run directory, after everything that may fail for the user's input: the one to go on with,
   * or a new one at {@link #folder}. Where the user named none and another run has taken the number
   * meanwhile, it is the next one. The log goes there from now on.
   */
  static RunDirectory directory(RunOptions run, String verb, Object options) {
    RunDirectory directory;
    if (run.resume().isPresent()) {
      directory = RunDirectory.resume(run.resume().orElseThrow());
    } else if (run.out().isPresent()) {
      directory = RunDirectory.create(run.out().orElseThrow(), options);
    } else {
      directory = RunDirectory.createNext(RUNS, verb, options);
    }
    Logs.alsoTo(directory.resolve("log.txt"));
    return directory;
  }
}
