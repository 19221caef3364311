package tsugiki.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The classes that README and the pages name are there, and the tests too. */
class PagesTest {
  private static final Pattern TEST = Pattern.compile("`(?:[a-z]+\\.)?([A-Z]\\w+Test)\\b");

  private static Pattern inRooms() {
    return Pattern.compile(
        "`(%s)\\.([A-Z]\\w*(?:\\.[A-Z]\\w*)?)".formatted(String.join("|", Rooms.names())));
  }

  @Test
  void theClassesAreThere() throws IOException {
    Set<String> named = new TreeSet<>();
    Set<String> missing = new TreeSet<>();
    for (Path page : pages()) {
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
      for (Path page : pages()) {
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

  private static Iterable<Path> pages() throws IOException {
    try (Stream<Path> pages = Files.list(Path.of("src/site/markdown"))) {
      return Stream.concat(Stream.of(Path.of("README.md")), pages).sorted().toList();
    }
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
