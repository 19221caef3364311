package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import tsugiki.architecture.Pages;

/** The commands and flags that README and the pages show, each as the program takes it today. */
class PageCommandsTest {
  /**
   * The launcher or the jar with a verb and flags, up to the end of the line, a comment, or what a
   * shell takes for the end.
   */
  private static final Pattern COMMAND =
      Pattern.compile(
          "\\btsugiki(?:\\.jar)? ((?!tsugiki)(?=[a-z][a-z-]* )(?:(?! #)[^'`|;&)\\n])*--(?:(?! #)[^'`|;&)\\n])*)");

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern FLAG = Pattern.compile("(?<!\\S)--[a-z][a-z0-9-]*");

  /** Of Spark's worker and of Docker, and the example of a flag that could be. */
  private static final Set<String> OTHERS = Set.of("--cores", "--build-arg", "--batch-size");

  /** A command, and the page that it is on. */
  record Shown(Path page, String words) {
    @Override
    public String toString() {
      return page.getFileName() + ": " + words;
    }
  }

  static List<Shown> commands() throws IOException {
    List<Shown> commands = new ArrayList<>();
    for (Path page : Pages.all()) {
      String text = Files.readString(page).replaceAll("\\\\\n\\s*", "");
      Matcher found = COMMAND.matcher(text);
      while (found.find()) {
        commands.add(new Shown(page, found.group(1).strip()));
      }
    }
    return commands;
  }

  @Test
  void theSearchFindsThem() throws IOException {
    assertThat(commands())
        .hasSizeGreaterThan(60)
        .extracting(Shown::toString)
        .contains("graft.md: invert --model runs/flowers --image new.jpg --out inverted")
        // Over two lines, and within another command.
        .anyMatch(c -> c.startsWith("activation.md: study activation") && c.contains("--batch 32"))
        .anyMatch(c -> c.startsWith("several-devices.md: cluster") && c.contains("-- train"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theCommandLineTakesIt(Shown shown) {
    List<String> words = List.of(shown.words().split("\\s+"));
    parse(words);
    int inner = words.indexOf("--");
    if (inner > 0) {
      parse(words.subList(inner + 1, words.size()));
    }
  }

  /** In the text: `VERB --flag` has flags of the verb, and `--flag` is one of some verb. */
  @Test
  void theFlagsOfTheTextAreThere() throws IOException {
    CommandLine line = Tsugiki.commandLine();
    Map<String, CommandLine> verbs = Examples.verbs(line);
    Set<String> all = new TreeSet<>(OTHERS);
    verbs.values().forEach(verb -> all.addAll(verb.getCommandSpec().optionsMap().keySet()));
    Set<String> unknown = new TreeSet<>();
    int seen = 0;
    for (Path page : Pages.all()) {
      Matcher code = CODE.matcher(BLOCK.matcher(Files.readString(page)).replaceAll(""));
      while (code.find()) {
        String[] words = code.group(1).strip().split("\\s+");
        String two = String.join(" ", List.of(words).subList(0, Math.min(2, words.length)));
        CommandLine verb = verbs.getOrDefault(two, verbs.get(words[0]));
        if (verb == null && !words[0].startsWith("--")) {
          continue;
        }
        Matcher flags = FLAG.matcher(code.group(1));
        while (flags.find()) {
          seen++;
          String[] given =
              Stream.of(two.split(" "))
                  .filter(word -> !word.startsWith("-"))
                  .toArray(String[]::new);
          String flag = verb == null ? flags.group() : resolved(line, given, flags.group());
          boolean known =
              verb == null
                  ? all.contains(flag)
                  : verb.getCommandSpec().optionsMap().containsKey(flag);
          if (!known) {
            unknown.add("%s: %s has no %s".formatted(page.getFileName(), code.group(1), flag));
          }
        }
      }
    }
    assertThat(unknown).isEmpty();
    assertThat(seen).isGreaterThan(300);
  }

  /** A flag by the verb's own word for it. */
  private static String resolved(CommandLine line, String[] verb, String flag) {
    String[] words = Stream.concat(Stream.of(verb), Stream.of(flag)).toArray(String[]::new);
    return FlagAliases.resolved(line, words)[verb.length];
  }

  private static void parse(List<String> words) {
    CommandLine line = Tsugiki.commandLine();
    // N stands for any number, and so does a variable of the shell.
    String[] given =
        words.stream().map(w -> w.matches("[A-Z]|\\$\\w+") ? "1" : w).toArray(String[]::new);
    line.parseArgs(FlagAliases.resolved(line, given));
  }
}
