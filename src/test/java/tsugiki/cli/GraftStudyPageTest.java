package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.graft.FinishKind;
import tsugiki.graft.GraftOptions;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;

/**
 * The commands of the page of studies of grafts on small domains: what was trained, and that the
 * tables say what the CSV files do. The profile {@code faults} types the second, the third and the
 * fifth, which take long.
 */
@Tag("slow")
class GraftStudyPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/graft-study.md");
  private static final Map<String, String> SMALL =
      Map.of("passion-flower", "reds", "human-face", "blues", "faces-1000.zip", "greens");

  private static final String BUDGET = " --batch 2 --perceptual %s --device cpu";

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static TinyGraftStudy tiny;

  @BeforeAll
  static void makeDomains() {
    tiny = TinyGraftStudy.in(shared);
  }

  /**
   * Types a command of the page with three steps, one seed and one rate, on one of its domains.
   *
   * @param counts numbers of training images
   */
  private StudyPage typed(PageCommand shown, String counts, String more) throws IOException {
    assertThat(shown.values("--data").stream().map(SMALL::get)).startsWith("reds", "blues");
    PageCommand small =
        shown
            .without("--data")
            .without("--taps")
            .with("--judge", tiny.network())
            .with("--counts", counts)
            .with("--score-images", 4)
            .with("--steps", 3)
            .with("--repeats", 1);
    PageCommand rateless = small.values("--rates").isEmpty() ? small : small.without("--rates");
    String flags =
        rateless.words().replace("study graft", "")
            + " --rates 1e-3"
            + BUDGET.formatted(tiny.network())
            + more;
    Path out = folder.resolve("study");
    tiny.study(List.of("reds"), out, flags).succeeds();
    StudyPage page = StudyPage.read(out);
    assertThat(page.table("", 0).stream().skip(1).map(row -> row.get(0)))
        .containsExactlyElementsOf(shown.list("--variants"));
    page.hasMeansOf(page.table("", 0), "study.csv");
    return page;
  }

  @Tag("faults")
  @Test
  void theFirstComparesTheMethods() throws IOException {
    StudyPage page = typed(shown().get(0), "3", "");
    assertThat(page.table("", 0).get(0))
        .containsExactly("method", "parameters", "reds, 3 images", "repetitions");
    assertThat(options(page, "reds-3-scale-shift-0").at("/method").asText())
        .isEqualTo("scale-shift");
  }

  @Test
  void theSixthComparesTheMethodsAndTheDefaultHasItsFinish() throws IOException {
    String finish =
        " --finish-steps 2 --finish-latent-steps 1 --finish-side 32 --finish-projector "
            + tiny.network();
    StudyPage page = typed(shown().get(5), "3", finish);

    assertThat(page.table("", 0).get(0))
        .containsExactly("method", "parameters", "reds, 3 images", "repetitions");
    GraftOptions verb =
        GraftOptions.of(Path.of("images"), Path.of("generator"), Execution.here(Device.CPU))
            .finished(FinishKind.ALL);
    JsonNode usual = options(page, "reds-3-default-steps-20-truncation-none-0");
    assertThat(usual.at("/finish/finish").asText()).isEqualTo("all");
    assertThat(usual.at("/learning/steps").asInt()).isEqualTo((int) verb.learning().steps());
    assertThat(usual.at("/watch/truncation").asDouble()).isEqualTo(verb.watch().truncation());
    assertThat(usual.at("/learning/layer_rate").asDouble()).isEqualTo(5e-4);
    JsonNode plain = options(page, "reds-3-point-wise-8-0");
    assertThat(plain.at("/finish/finish").asText()).isEqualTo("none");
    assertThat(plain.at("/learning/layer_rate").asDouble()).isEqualTo(1e-3);
    for (String cut : List.of("0.4", "0.7", "1.0")) {
      String heading = "reds, 3 images, truncation %s".formatted(cut);
      page.hasMeansOf(page.table(heading, 0), "reds-3-%s.csv".formatted(cut));
      assertThat(page.table(heading, 0).get(0)).contains("held_out_kmmd");
    }
  }

  /** More channels per group are more weights. */
  @Tag("faults")
  @Test
  void theSecondComparesGroups() throws IOException {
    StudyPage page = typed(shown().get(1), "3", "");
    List<Long> weights =
        page.table("", 0).stream().skip(2).map(row -> Long.parseLong(row.get(1))).toList();
    assertThat(weights).hasSize(5).isSorted().doesNotHaveDuplicates();
  }

  @Tag("faults")
  @Test
  void theThirdComparesNumbersOfImages() throws IOException {
    StudyPage page = typed(shown().get(2), "2,4", "");
    assertThat(page.table("", 0).get(0))
        .containsExactly("method", "parameters", "reds, 2 images", "reds, 4 images", "repetitions");
    for (int count : List.of(2, 4)) {
      String heading = "reds, %d images, truncation 1.0".formatted(count);
      page.hasMeansOf(page.table(heading, 0), "reds-%d-1.0.csv".formatted(count));
    }
  }

  @Test
  void theFourthIsTheMethodWithoutOnePartEach() throws IOException {
    StudyPage page = typed(shown().get(3), "3", " --noise 1");
    String whole = "reds-3-point-wise-8";
    JsonNode options = options(page, whole + "-0");
    assertThat(options.at("/learning/noise").asDouble()).isPositive();
    assertThat(options.at("/learning/embedding_rate").asDouble()).isPositive();
    assertThat(options.at("/loss/prior_weight").asDouble()).isPositive();
    assertThat(options.at("/plain_last_site").asBoolean(true)).isFalse();
    JsonNode quiet = options(page, whole + "-no-noise-0");
    assertThat(quiet.at("/learning/noise").asDouble(1)).isZero();
    JsonNode fixed = options(page, whole + "-no-class-vector-0");
    assertThat(fixed.at("/learning/embedding_rate").asDouble(1)).isZero();
    JsonNode free = options(page, whole + "-no-prior-0");
    assertThat(free.at("/loss/prior_weight").asDouble(1)).isZero();
    JsonNode plain = options(page, whole + "-no-last-site-0");
    assertThat(plain.at("/plain_last_site").asBoolean()).isTrue();
    for (JsonNode ablation : List.of(quiet, fixed, free, plain)) {
      assertThat(ablation.at("/learning/layer_rate").asDouble()).isEqualTo(1e-3);
    }
    Map<String, Long> weights = new HashMap<>();
    page.table("", 0).stream()
        .skip(1)
        .forEach(row -> weights.put(row.get(0), Long.parseLong(row.get(1))));
    assertThat(weights.get("point-wise:8/no-class-vector"))
        .as("a class vector that stays is no weight that trains")
        .isPositive()
        .isLessThan(weights.get("point-wise:8"));
    // Each part has a part in the result, the noise of the latent vectors if it is large.
    List<String> lines = Files.readAllLines(page.folder().resolve("reds-3-1.0.csv"));
    assertThat(lines).hasSize(1 + 5);
    assertThat(lines.get(0)).endsWith(",reconstruction_l1");
    assertThat(lines.stream().map(line -> line.substring(line.lastIndexOf(','))))
        .doesNotHaveDuplicates();
    page.hasMeansOf(page.table("reds, 3 images, truncation 1.0", 0), "reds-3-1.0.csv");
  }

  /** Each option changes what its variant trains, or what with. */
  @Tag("faults")
  @Test
  void theFifthIsTheMethodWithOneOptionEach() throws IOException {
    StudyPage page = typed(shown().get(4), "3", "");
    List<String> scores =
        Files.readAllLines(page.folder().resolve("reds-3-1.0.csv")).stream()
            .skip(1)
            .map(line -> line.substring(line.indexOf(",0,")))
            .toList();
    assertThat(scores).hasSize(10);
    // The nearest mixture of the tiny rootstock's classes is its nearest class, and no other is
    // alike.
    assertThat(scores.get(5)).isEqualTo(scores.get(4));
    assertThat(Set.copyOf(scores)).hasSize(9);
  }

  private static List<PageCommand> shown() throws IOException {
    return PageCommand.of(PAGE, "study graft");
  }

  private static JsonNode options(StudyPage study, String trial) throws IOException {
    return new ObjectMapper()
        .readTree(study.folder().resolve(trial).resolve("options.json").toFile());
  }

  /** Its own discriminator is what the finish of a rootstock that has one begins with. */
  @Test
  void theDefaultBeginsItsFinishAsTheVerbGraftDoes() throws IOException {
    TinyGraftStudy own = TinyGraftStudy.in(folder);
    Files.createFile(
        Files.createDirectory(own.generator().resolve("discriminator")).resolve("weights.index"));
    String flags =
        "--dry-run --counts 2 --finish all --variants scale-shift --rates 1e-3 --steps 1";
    Program program =
        own.study(
            List.of("reds"), folder.resolve("study"), flags + BUDGET.formatted(tiny.network()));
    assertThat(program.succeeds().out())
        .contains("\"finish_from\" : \"%s\"".formatted(own.generator()), "\"steps\" : 1,");
  }
}
