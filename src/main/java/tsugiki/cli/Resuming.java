package tsugiki.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tsugiki.base.BadInputException;
import tsugiki.train.Execution;
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
   * @param changeable the whole numbers that may be given anew: flags, and where {@code
   *     options.json} has them
   * @param execution where the options have the processor, which has to be like this one
   * @throws BadInputException if other options were given, or the folder is no run of this verb, or
   *     this process would compute other bits
   */
  static <T> T options(
      CommandSpec spec,
      RunOptions run,
      Class<T> type,
      Map<String, String> changeable,
      Function<T, Execution> execution) {
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
    execution.apply(options).refuseElsewhere();
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
}
