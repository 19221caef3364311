package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Every flag of a record has words, and there are no words without a flag. */
class FlagWordsTest {
  @Test
  void flagsAndWordsAreTheSame() {
    Map<String, Set<String>> flags = new TreeMap<>();
    Map<String, Set<String>> words = new TreeMap<>();
    for (FlagSection section : sections(Tsugiki.commandLine().getCommandSpec())) {
      String file = section.words().file();
      words.put(file, section.words().described());
      section
          .flags()
          .keySet()
          .forEach(
              flag -> flags.computeIfAbsent(file, f -> new HashSet<>()).add(flag.substring(2)));
    }
    assertThat(flags).containsKeys("tsugiki.cli.train", "tsugiki.cli.graft").isEqualTo(words);
  }

  /** The sections of a verb and of all verbs below it. */
  private static List<FlagSection> sections(CommandSpec spec) {
    List<FlagSection> sections = new ArrayList<>();
    if (spec.userObject() instanceof FlagSection section) {
      sections.add(section);
    }
    spec.mixins().values().forEach(mixin -> sections.addAll(sections(mixin)));
    spec.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .forEach(verb -> sections.addAll(sections(verb)));
    return sections;
  }
}
