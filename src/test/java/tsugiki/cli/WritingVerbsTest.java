package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tsugiki.base.SystemProperty;
import tsugiki.data.LoggedLines;

/**
 * Verbs that write, where nothing is in their way. Each names its result on standard output, and in
 * the log everything that may take longer than two seconds. Trainings are in {@link RunPagesTest},
 * studies have tests of their own.
 */
@Tag("slow")
class WritingVerbsTest {
  private static final String OPENING = "opening the model ";
  private static final List<String> WALK = List.of(OPENING, "drawing and writing 2 images");
  private static final List<String> COPY = List.of("writing the model");

  /** What the lines of a case's log begin with. */
  private static final Map<String, List<String>> NAMED =
      Map.ofEntries(
          Map.entry("generate", List.of(OPENING, "images: 0 of 4", "images: 4 of 4")),
          Map.entry("interpolate", WALK),
          Map.entry("animation", WALK),
          Map.entry("frames", WALK),
          Map.entry("invert", List.of(OPENING, "steps: 0 of 1", "steps: 1 of 1")),
          Map.entry("drawing", List.of("drawing with ")),
          Map.entry(
              "score",
              List.of(
                  "opening the network ",
                  "images: 0 of 8",
                  "computing the scores of the features",
                  "computing the scores of the images")),
          Map.entry("features", List.of("images: 0 of 8")),
          Map.entry("export", COPY),
          Map.entry("serving", COPY),
          Map.entry("augment", List.of("images: 0 of 16")),
          Map.entry("inspect", List.of("reading ", "writing the graph to ")),
          Map.entry("import", List.of("reading ", "writing the model to ")),
          Map.entry("serve-check", List.of("running ", "checking them in Python")),
          Map.entry("bench", List.of("measuring")),
          Map.entry("devices", List.of("asking TensorFlow")));

  @TempDir private static Path folder;

  @BeforeAll
  static void makeInput() {
    WritingVerbs.makeInput(folder);
  }

  static Stream<String> cases() {
    return WritingVerbs.WORDS.keySet().stream().filter(name -> !name.startsWith("study-"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aVerbNamesItsResultAndWhatTakesTime(String name) throws IOException {
    assertThat(NAMED).containsKey(name);
    String words = WritingVerbs.WORDS.get(name);
    Path out = Files.createDirectories(folder.resolve("out").resolve(name));
    try (SystemProperty noBars = new SystemProperty("tsugiki.terminal", "false");
        SystemProperty atOnce = new SystemProperty("tsugiki.phase", "0");
        LoggedLines log = new LoggedLines("tsugiki")) {
      Program done = Program.run(WritingVerbs.words(words, folder, out)).succeeds();
      assertThat(done.out()).isNotBlank();
      Arrays.stream(words.split(" "))
          .filter(word -> word.startsWith("OUT/"))
          .forEach(word -> assertThat(done.out()).contains(word.replace("OUT", out.toString())));
      assertThat(out.resolve("result.json")).isNotEmptyFile();
      for (String phase : NAMED.get(name)) {
        assertThat(log.lines()).as(phase).anyMatch(line -> line.startsWith(phase));
      }
    }
  }
}
