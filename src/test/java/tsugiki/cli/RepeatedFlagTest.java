package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Of a flag given twice the last value counts, and no other flag loses what was given to it. */
@Tag("slow")
class RepeatedFlagTest {
  /** Each parse begins with the defaults again. */
  private final CommandLine tsugiki = Tsugiki.commandLine();

  /** Every verb that does work, as its words. */
  static Stream<List<String>> verbs() {
    return AllVerbs.names().stream().map(verb -> List.of(verb.split(" ")));
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void changesNoOtherFlag(List<String> verb) {
    List<OptionSpec> flags =
        spec(verb).options().stream()
            .filter(RepeatedFlagTest::takesOneValue)
            .filter(RepeatedFlagTest::excludesNoOther)
            .toList();
    List<String> words = new ArrayList<>(verb);
    spec(verb).positionalParameters().forEach(given -> words.add("bash"));
    spec(verb).argGroups().stream()
        .filter(ArgGroupSpec::exclusive)
        .map(group -> (OptionSpec) group.args().iterator().next())
        .forEach(flag -> words.add(flag.longestName() + "=" + values(flag).get(0)));
    spec(verb).options().stream()
        .filter(flag -> flag.required() && flag.isMultiValue())
        .forEach(flag -> words.add(flag.longestName() + "=" + values(flag).get(0)));
    flags.forEach(flag -> words.add(flag.longestName() + "=" + values(flag).get(0)));
    Map<String, Object> once = given(words);
    assertThat(once).hasSameSizeAs(flags).doesNotContainValue(null);
    for (OptionSpec flag : flags) {
      String name = flag.longestName();
      List<String> twice = new ArrayList<>(words);
      twice.add(name + "=" + values(flag).get(1));

      Map<String, Object> others = given(twice);
      assertThat(others.remove(name)).as(name).isNotNull().isNotEqualTo(once.get(name));
      assertThat(others).as("%s given twice", name).hasSize(once.size() - 1);
      assertThat(once).as("%s given twice", name).containsAllEntriesOf(others);
    }
  }

  @Test
  void aListGoesOn() {
    CommandSpec graft = parsed(List.of("graft", "--network=starter", "--network=vgg16"));
    assertThat(graft.findOption("--network").<Object>getValue())
        .isEqualTo(List.of("starter", "vgg16"));
  }

  private static boolean takesOneValue(OptionSpec flag) {
    return !flag.isMultiValue() && flag.arity().max() > 0 && !flag.negatable();
  }

  /** A flag that another one excludes can be given once. */
  private static boolean excludesNoOther(OptionSpec flag) {
    return flag.group() == null || !flag.group().exclusive();
  }

  /** Two values that the flag takes. */
  private static List<String> values(OptionSpec flag) {
    if (flag.type() == TrainRecipe.class) {
      return List.of("biggan", "features");
    }
    Class<?> type = flag.isMultiValue() ? flag.auxiliaryTypes()[0] : flag.type();
    return type.isEnum()
        ? Stream.of(type.getEnumConstants()).map(Object::toString).limit(2).toList()
        : List.of("1", "2");
  }

  private Map<String, Object> given(List<String> words) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (OptionSpec flag : parsed(words).options()) {
      if (takesOneValue(flag) && excludesNoOther(flag)) {
        Object value = flag.getValue();
        values.put(flag.longestName(), value instanceof Seeds seeds ? seeds.asList() : value);
      }
    }
    return values;
  }

  private CommandSpec spec(List<String> verb) {
    CommandLine line = tsugiki;
    for (String word : verb) {
      line = line.getSubcommands().get(word);
    }
    return line.getCommandSpec();
  }

  private CommandSpec parsed(List<String> words) {
    ParseResult result = tsugiki.parseArgs(words.toArray(String[]::new));
    while (result.hasSubcommand()) {
      result = result.subcommand();
    }
    return result.commandSpec();
  }
}
