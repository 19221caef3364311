package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the help of every verb has. */
class ExamplesTest {
  static Set<String> verbs() {
    return AllVerbs.names();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void theHelpEndsWithAnExampleThatParses(String verb) {
    CommandLine line = Tsugiki.commandLine();
    String help = Examples.verbs(line).get(verb).getUsageMessage();
    String example = Examples.of(verb).orElseThrow();
    assertThat(help.lines().filter(l -> l.startsWith("Example: "))).hasSize(1);
    assertThat(help.replaceAll("\\s+", " ")).endsWith("Example: " + example + " ");
    String[] words = example.substring("tsugiki ".length()).split(" ");
    line.parseArgs(FlagAliases.resolved(line, words));
  }

  /**
   * A script for a shell is no result; a worker has none, and that of cluster is its training's.
   */
  @ParameterizedTest
  @MethodSource("verbs")
  void everyVerbWritesItsResultAsJson(String verb) {
    Set<String> flags =
        Examples.verbs(Tsugiki.commandLine()).get(verb).getCommandSpec().optionsMap().keySet();
    assertThat(flags.contains("--json"))
        .isEqualTo(!Set.of("completion", "worker", "cluster").contains(verb));
  }
}
