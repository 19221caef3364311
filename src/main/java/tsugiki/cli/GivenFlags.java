package tsugiki.cli;

import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tsugiki.base.BadInputException;

/** What the flags that the user gave mean for options. */
final class GivenFlags {
  private GivenFlags() {}

  /**
   * Refuses flags that have no effect.
   *
   * @param useless their names
   * @param sentence what to say, with a place for those of them that were given
   * @throws BadInputException if any of them was given
   */
  static void refuse(CommandSpec spec, Collection<String> useless, String sentence) {
    List<String> given =
        spec.commandLine().getParseResult().matchedOptionsSet().stream()
            .map(OptionSpec::longestName)
            .filter(useless::contains)
            .toList();
    if (!given.isEmpty()) {
      throw new BadInputException(sentence.formatted(String.join(", ", given)));
    }
  }
}
