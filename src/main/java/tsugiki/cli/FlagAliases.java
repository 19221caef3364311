package tsugiki.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/**
 * One word per thing: where a verb has one of the words of a group, the others mean the same. What
 * a verb has itself keeps its own meaning, such as {@code --model} beside {@code --real}.
 */
final class FlagAliases {
  private static final List<Set<String>> GROUPS =
      List.of(Set.of("--generator", "--model"), Set.of("--images", "--data", "--real"));

  private FlagAliases() {}

  /**
   * Puts a verb's own words in the place of their aliases.
   *
   * @param line the program with its verbs
   * @param args the verb and its flags, as typed
   */
  static String[] resolved(CommandLine line, String... args) {
    CommandLine verb = line;
    List<String> words = new ArrayList<>();
    for (String word : args) {
      CommandLine below = verb.getSubcommands().get(word);
      if (below != null) {
        verb = below;
      }
      words.add(below == null ? resolved(verb, word) : word);
    }
    return words.toArray(String[]::new);
  }

  private static String resolved(CommandLine verb, String word) {
    int value = word.indexOf('=');
    String name = value < 0 ? word : word.substring(0, value);
    if (has(verb, name)) {
      return word;
    }
    return GROUPS.stream()
        .filter(group -> group.contains(name))
        .flatMap(Set::stream)
        .filter(other -> has(verb, other))
        .findFirst()
        .map(other -> other + word.substring(name.length()))
        .orElse(word);
  }

  private static boolean has(CommandLine verb, String name) {
    return verb.getCommandSpec().findOption(name) != null;
  }
}
