package tsugiki.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a look at the program's source files alone can tell. */
class SourcesTest {
  private static final Path MAIN = Path.of("src/main/java/tsugiki");
  private static final Path TESTS = Path.of("src/test/java/tsugiki");

  private static final int MOST_LINES = 300;
  private static final int MOST_LINES_OF_A_MAIN = 60;

  /** A flag within a text; a text that is {@code --name=} and on is what a peer of bench gets. */
  private static final Pattern FLAG =
      Pattern.compile("^(?!\\s*(\\*|//|/\\*)).*\"(?!--[a-z-]+=)([^\"]*[^\"\\w-])?--[a-z]");

  private static final Pattern NO_CODE = Pattern.compile("^\\s*($|\\*|//|/\\*|import |package )");

  private static final Pattern WILDCARD = Pattern.compile("^import .*\\*;");
  private static final Pattern MAIN_METHOD = Pattern.compile("static void main\\(String");

  /** A source file, by its path below the root, and its lines. */
  private record Source(Path path, List<String> lines) {
    boolean has(Pattern pattern) {
      return lines.stream().anyMatch(pattern.asPredicate());
    }

    /** Without empty lines, comments and imports. */
    long codeLines() {
      return lines.stream().filter(NO_CODE.asPredicate().negate()).count();
    }

    boolean in(String room) {
      return path.startsWith(MAIN.resolve(room));
    }

    @Override
    public String toString() {
      return path + ", " + lines.size() + " lines";
    }
  }

  @Test
  void noClassIsLongerThanAPersonReads() {
    assertThat(sources(MAIN)).noneMatch(source -> source.lines().size() > MOST_LINES);
  }

  @Test
  void programsParseCallAndPrint() {
    Predicate<Source> isMain = source -> source.has(MAIN_METHOD) && !source.in("cli");
    assertThat(sources(MAIN).stream().filter(isMain))
        .isNotEmpty()
        .noneMatch(source -> source.codeLines() > MOST_LINES_OF_A_MAIN);
  }

  @Test
  void importsNameWhatTheyImport() {
    assertThat(Stream.concat(sources(MAIN).stream(), sources(TESTS).stream()))
        .noneMatch(source -> source.has(WILDCARD));
  }

  /** TensorFlow's own scopes take time that grows with the square of the graph's size. */
  @Test
  void graphsAreBuiltInOurScopes() {
    Pattern created = Pattern.compile("\\bOps\\.create\\(");
    assertThat(sources(MAIN).stream().filter(source -> source.has(created)))
        .extracting(source -> source.path().getFileName().toString())
        .containsExactly("GraphScope.java");
  }

  /**
   * Messages elsewhere name arguments in angle brackets, which the command line spells as flags.
   */
  @Test
  void onlyTheCommandLineKnowsFlags() {
    assertThat(sources(MAIN).stream().filter(source -> !source.in("cli")))
        .noneMatch(source -> source.has(FLAG));
    assertThat(sources(MAIN)).as("the search finds flags").anyMatch(source -> source.has(FLAG));
  }

  private static List<Source> sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .sorted()
          .map(SourcesTest::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Source read(Path file) {
    try {
      return new Source(file, Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
