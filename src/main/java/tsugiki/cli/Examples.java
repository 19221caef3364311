package tsugiki.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The example at the end of every verb's help: the flags of one call, a line for each verb in
 * {@code examples.properties}. A word after a verb follows a hyphen there: {@code study-graft}.
 */
final class Examples {
  private Examples() {}

  /**
   * Gives all verbs of a command line their examples.
   *
   * @param line the command line, its verbs already added
   */
  static void register(CommandLine line) {
    verbs(line)
        .forEach(
            (verb, command) ->
                of(verb)
                    .ifPresent(example -> add(command.getCommandSpec().usageMessage(), example)));
  }

  /** Every verb that does something, also those after {@code study} and {@code bench}, by name. */
  static Map<String, CommandLine> verbs(CommandLine line) {
    Map<String, CommandLine> verbs = new TreeMap<>();
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              if (command.getSubcommands().isEmpty()) {
                verbs.put(name, command);
              } else {
                verbs(command).forEach((word, inner) -> verbs.put(name + " " + word, inner));
              }
            });
    return verbs;
  }

  /** The example of a verb as a user types it; empty for a verb that has none. */
  static Optional<String> of(String verb) {
    ResourceBundle lines = ResourceBundle.getBundle("tsugiki.cli.examples", Locale.ROOT);
    String key = verb.replace(' ', '-');
    return lines.containsKey(key)
        ? Optional.of("tsugiki " + verb + " " + lines.getString(key))
        : Optional.empty();
  }

  private static void add(UsageMessageSpec usage, String example) {
    // picocli takes the text for a format.
    usage.footer("", "Example: " + example.replace("%", "%%"));
  }
}
