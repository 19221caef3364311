package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Sets;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The verbs of the command line, for tests that have a case of each. */
final class AllVerbs {
  private AllVerbs() {}

  /** Their words, such as {@code generate} and {@code study graft}. */
  static Set<String> names() {
    return Examples.verbs(Tsugiki.commandLine()).keySet();
  }

  /**
   * Checks that every verb has a case, or a reason for having none.
   *
   * @param cases command lines
   * @param without the verbs that have none, each with its reason
   */
  static void haveCases(Collection<String> cases, Map<String, String> without) {
    Set<String> names = names();
    Set<String> tried =
        cases.stream()
            .map(
                words ->
                    names.stream()
                        .filter(name -> (words + " ").startsWith(name + " "))
                        .findFirst()
                        .orElse(words))
            .collect(Collectors.toSet());
    assertThat(without.keySet()).doesNotContainAnyElementsOf(tried);
    assertThat(Sets.union(tried, without.keySet())).containsExactlyInAnyOrderElementsOf(names);
  }
}
