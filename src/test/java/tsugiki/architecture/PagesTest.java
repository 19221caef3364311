package tsugiki.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What README and the pages name is there: classes, tests, files, and what their links lead to. */
class PagesTest {
  private static final Pattern TEST = Pattern.compile("`(?:[a-z]+\\.)?([A-Z]\\w+Test)\\b");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  /** Not below {@code target}, which the build makes. */
  private static final Pattern FILE =
      Pattern.compile("`((?:src|tools|graphs|savedmodels|\\.ci)/[\\w./-]*)`");

  private static Pattern inRooms() {
    return Pattern.compile(
        "`(%s)\\.([A-Z]\\w*(?:\\.[A-Z]\\w*)?)".formatted(String.join("|", Rooms.names())));
  }

  @Test
  void theClassesAreThere() throws IOException {
    Set<String> named = new TreeSet<>();
    Set<String> missing = new TreeSet<>();
    for (Path page : Pages.all()) {
      Matcher found = inRooms().matcher(Files.readString(page));
      while (found.find()) {
        String name = Rooms.ROOT + found.group(1) + "." + found.group(2).replace('.', '$');
        named.add(name);
        if (!exists(name)) {
          missing.add(page + ": " + found.group());
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(named).as("the walks in house.md alone name more").hasSizeGreaterThan(40);
  }

  @Test
  void theTestsAreThere() throws IOException {
    Set<String> missing = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      Set<String> tests = new TreeSet<>();
      files.forEach(file -> tests.add(file.getFileName().toString().replace(".java", "")));
      for (Path page : Pages.all()) {
        Matcher found = TEST.matcher(Files.readString(page));
        while (found.find()) {
          if (!tests.contains(found.group(1))) {
            missing.add(page + ": " + found.group(1));
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void theLinksLeadSomewhere() throws IOException {
    Set<String> dead = new TreeSet<>();
    int seen = 0;
    for (Path page : Pages.all()) {
      Matcher found = LINK.matcher(Files.readString(page));
      while (found.find()) {
        String[] link = found.group(1).split("#", 2);
        Path target = link[0].isEmpty() ? page : page.resolveSibling(link[0]).normalize();
        if (link[0].startsWith("https://")) {
          continue;
        }
        seen++;
        if (!Files.exists(target) || link.length > 1 && !anchors(target).contains(link[1])) {
          dead.add(page + ": " + found.group(1));
        }
      }
    }
    assertThat(dead).isEmpty();
    assertThat(seen).as("the links of README alone are more").isGreaterThan(40);
  }

  /** The names that headings get where Markdown becomes HTML, as GitHub makes them. */
  private static Set<String> anchors(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(heading -> heading.group(1).strip().toLowerCase(Locale.ROOT))
        .map(text -> text.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Test
  void theFilesAreThere() throws IOException {
    Set<String> missing = new TreeSet<>();
    int seen = 0;
    for (Path page : Pages.all()) {
      Matcher found = FILE.matcher(Files.readString(page));
      while (found.find()) {
        seen++;
        // VERB stands for any.
        String name = found.group(1).replace("VERB", "train");
        if (!Files.exists(Path.of(name))) {
          missing.add(page + ": " + found.group(1));
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(seen).isGreaterThan(10);
  }

  private static boolean exists(String name) {
    try {
      Class.forName(name, false, PagesTest.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
