package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tsugiki.base.SystemProperty;
import tsugiki.report.Browser;

/**
 * What trainings of a few steps leave to a reader: the last line on standard output, the log, and
 * the page as a browser has it.
 */
@Tag("slow")
class RunPagesTest {
  private static final String STEPS = "4";

  /** A slider's picture: the part of a grid, or the first picture of those of a moment. */
  private static final String PICTURE =
      "(figure => figure.querySelector('.window') ?? [...figure.querySelectorAll('.slide img')].find(i => i.offsetParent))(document.querySelectorAll('input[type=range]')[%d].closest('figure'))";

  private static final Map<TrainingVerb, String> RUNS = new EnumMap<>(TrainingVerb.class);

  @TempDir static Path shared;
  private static Browser browser;

  @BeforeAll
  static void makeInput() {
    TrainingVerb.makeInput(shared);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private static Path out(TrainingVerb verb) {
    return shared.resolve(verb.name());
  }

  /** What the verb printed; the first test that wants its run makes it. */
  private static String run(TrainingVerb verb) {
    return RUNS.computeIfAbsent(
        verb,
        any -> {
          List<String> words = verb.begin(shared, out(verb));
          words.set(words.indexOf("--steps") + 1, STEPS);
          try (SystemProperty noBars = new SystemProperty("tsugiki.terminal", "false");
              SystemProperty atOnce = new SystemProperty("tsugiki.phase", "0")) {
            return Program.run(words.toArray()).succeeds().out();
          }
        });
  }

  @ParameterizedTest
  @EnumSource(TrainingVerb.class)
  void theLastLineNamesTheResultAndTheLogWhatTakesTime(TrainingVerb verb) throws IOException {
    Path out = out(verb);
    assertThat(run(verb).strip().lines().reduce((earlier, last) -> last))
        .hasValueSatisfying(last -> assertThat(last).contains(out + "/"));
    String options = Files.readString(out.resolve("options.json")).strip();
    String whole = Files.readString(out.resolve("log.txt"));
    if (verb == TrainingVerb.STUDY) {
      assertThat(whole)
          .containsSubsequence(
              "reading the images of ",
              "preparing the study",
              "lrelu:0.01, seed 0: ",
              "building the networks",
              "writing the report of the study");
      whole += Files.readString(verb.run(out).resolve("log.txt"));
    }
    assertThat(whole).contains(options).contains(TrainingVerb.PHASES);
    assertThat(whole.replace(options, ""))
        .as("maps and numbers as Java prints them")
        .doesNotContainPattern("\\{\\w+=")
        .doesNotContainPattern("\\d\\.\\d{8,}");
  }

  @ParameterizedTest
  @EnumSource(TrainingVerb.class)
  void aPageIsWholeByItselfAndItsSlidersMove(TrainingVerb verb) throws IOException {
    if (browser == null) {
      browser = Browser.open();
    }
    run(verb);
    Path out = out(verb);
    // Beside no other file, so that nothing but itself can be in it.
    Path page = Files.createDirectory(shared.resolve(verb + "-alone")).resolve("report.html");
    Files.copy(out.resolve("report.html"), page);
    browser.show(page);

    JsonNode seen =
        browser.evaluate(
            """
            (images => ({
              pictures: images.length,
              unread: images.filter(i => i.naturalWidth === 0).map(i => i.alt),
              nameless: images.filter(i => i.alt.trim() === '').map(i => i.parentElement.href),
              links: [...document.querySelectorAll('a')].map(a => a.getAttribute('href')),
              series: document.querySelectorAll('.slides, .frames').length,
              sliders: [...document.querySelectorAll('input[type=range]')].map(i => i.ariaLabel),
            }))([...document.images])
            """);
    assertThat(seen.get("pictures").asInt()).as(seen.toString()).isGreaterThan(4);
    assertThat(seen.get("unread")).isEmpty();
    assertThat(seen.get("nameless")).isEmpty();
    for (JsonNode link : seen.get("links")) {
      assertThat(Path.of(out.toUri().resolve(link.asText()))).exists();
    }
    assertThat(browser.width()).isEqualTo(Browser.PHONE);

    assertThat(seen.get("sliders")).hasSize(seen.get("series").asInt()).isNotEmpty();
    for (int slider = 0; slider < seen.get("sliders").size(); slider++) {
      assertThat(seen.at("/sliders/" + slider).asText()).isNotBlank();
      assertMoves(slider);
    }
    assertThat(browser.requests()).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  /** By the key, as someone without a mouse does it. */
  private static void assertMoves(int slider) {
    String input = "document.querySelectorAll('input[type=range]')[%d]".formatted(slider);
    boolean atTheEnd = browser.evaluate(input + ".value === " + input + ".max").asBoolean();
    String picture = PICTURE.formatted(slider);
    browser.evaluate(input + ".focus()");
    String before = browser.picture(picture);
    browser.press(atTheEnd ? "ArrowLeft" : "ArrowRight");
    assertThat(browser.picture(picture)).isNotEqualTo(before);
  }
}
