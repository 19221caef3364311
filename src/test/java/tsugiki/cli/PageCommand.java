package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command that a page shows, to be typed with smaller numbers.
 *
 * @param words the verb and its flags
 */
record PageCommand(String words) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```\n(.*?)^```$");

  /** The commands of a verb in the page's blocks, each in one line. */
  static List<PageCommand> of(Path page, String verb) throws IOException {
    String start = "tools/tsugiki ";
    return BLOCK
        .matcher(Files.readString(page))
        .results()
        .flatMap(block -> block.group(1).replaceAll("\\\\\n\\s*", "").lines())
        .filter(line -> line.startsWith(start + verb + " "))
        .map(line -> new PageCommand(line.substring(start.length())))
        .toList();
  }

  /** The values of a flag, once for each time that it is there. */
  List<String> values(String flag) {
    return flag(flag).matcher(words).results().map(found -> found.group(1)).toList();
  }

  /** The values of a flag that takes a list. */
  List<String> list(String flag) {
    return values(flag).stream().flatMap(value -> Arrays.stream(value.split(","))).toList();
  }

  /** The same with another value of a flag that it has. */
  PageCommand with(String flag, Object value) {
    assertThat(values(flag)).as("%s of %s", flag, words).hasSize(1);
    String changed = " %s %s".formatted(flag, value);
    return new PageCommand(flag(flag).matcher(words).replaceAll(Matcher.quoteReplacement(changed)));
  }

  /** The same with other words in place of some that it has. */
  PageCommand replacing(String some, String others) {
    assertThat(words).contains(some);
    return new PageCommand(words.replace(some, others));
  }

  /** The same without a flag that it has. */
  PageCommand without(String flag) {
    assertThat(values(flag)).as("%s of %s", flag, words).isNotEmpty();
    return new PageCommand(flag(flag).matcher(words).replaceAll(""));
  }

  /** Types it, with more flags. */
  Program run(String more) {
    return Program.run((Object[]) (words + " " + more).strip().split(" +"));
  }

  private static Pattern flag(String flag) {
    return Pattern.compile(" " + Pattern.quote(flag) + " (\\S+)");
  }
}
