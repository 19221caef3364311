package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Studies of grafts without some part, on several domains and numbers of images: what was trained,
 * and that the tables say what the CSV files do.
 */
@Tag("slow")
class GraftStudyPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/graft-study.md");
  private static final Map<String, String> SMALL =
      Map.of("passion-flower", "reds", "human-face", "blues", "faces-1000.zip", "greens");

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static TinyGraftStudy tiny;

  @BeforeAll
  static void makeDomains() {
    tiny = TinyGraftStudy.in(shared);
  }

  private static String budget(int steps) {
    return " --steps %d --batch 2 --score-images 4 --perceptual %s --device cpu"
        .formatted(steps, tiny.network());
  }

  @Test
  void anAblationIsItsMethodWithoutOnePartAndTheDefaultHasItsFinish() throws IOException {
    Path out = folder.resolve("study");
    String flags =
        "--variants point-wise:2,point-wise:2/no-noise,point-wise:2/no-class-vector,default"
            + " --counts 3 --truncations 1 --rates 1e-3 --repeats 1 --group-size 2 --judge %s"
            + " --finish all --finish-steps 2 --finish-latent-steps 1 --finish-side 32 --finish-projector %s";
    tiny.study(List.of("reds"), out, flags.formatted(tiny.network(), tiny.network()) + budget(3))
        .succeeds();

    JsonNode whole = options(out, "reds-3-point-wise-2-0");
    assertThat(whole.at("/learning/noise").asDouble()).isPositive();
    assertThat(whole.at("/learning/embedding_rate").asDouble()).isPositive();
    assertThat(whole.at("/finish/finish").asText()).isEqualTo("none");
    JsonNode quiet = options(out, "reds-3-point-wise-2-no-noise-0");
    assertThat(quiet.at("/learning/noise").asDouble(1)).isZero();
    JsonNode fixed = options(out, "reds-3-point-wise-2-no-class-vector-0");
    assertThat(fixed.at("/learning/embedding_rate").asDouble(1)).isZero();
    for (JsonNode ablation : List.of(quiet, fixed)) {
      assertThat(ablation.at("/learning/layer_rate").asDouble()).isEqualTo(1e-3);
    }
    JsonNode usual = options(out, "reds-3-default-0");
    assertThat(usual.at("/finish/finish").asText()).isEqualTo("all");
    assertThat(usual.at("/learning/steps").asInt()).isEqualTo(3);
    assertThat(usual.at("/learning/layer_rate").asDouble()).isEqualTo(5e-4);
    // Each part has a part in the result.
    List<String> lines = Files.readAllLines(out.resolve("reds-3-1.0.csv"));
    assertThat(lines).hasSize(1 + 4);
    assertThat(lines.get(0)).endsWith(",reconstruction_l1");
    assertThat(lines.stream().map(line -> line.substring(line.lastIndexOf(','))))
        .doesNotHaveDuplicates();
    StudyPage page = StudyPage.read(out);
    page.hasMeansOf(page.table("", 0), "study.csv");
    page.hasMeansOf(page.table("reds, 3 images, truncation 1.0", 0), "reds-3-1.0.csv");
  }

  private static JsonNode options(Path study, String trial) throws IOException {
    return new ObjectMapper().readTree(study.resolve(trial).resolve("options.json").toFile());
  }

  /** The command of the page on small domains, with one step. */
  @Test
  void thePagesCommandHasTablesThatAgreeWithTheirCsvFiles() throws IOException {
    Path out = folder.resolve("study");
    String command = command();
    List<String> domains =
        Pattern.compile("--data (\\S+) ")
            .matcher(command)
            .results()
            .map(m -> SMALL.get(m.group(1)))
            .toList();
    assertThat(domains).containsExactly("reds", "blues", "greens");
    String flags =
        command
            .replaceAll("--data \\S+ ", "")
            .replace("--counts 25,50,100", "--counts 2,4")
            .replace("--judge inception-folded:DIR --taps 768", "--judge " + tiny.network());
    assertThat(flags).contains("--counts 2,4", tiny.network());
    String fewer = " --variants scale-shift --rates 1e-3 --repeats 1 --truncations 0.4,1";
    tiny.study(domains, out, flags + fewer + budget(1)).succeeds();

    StudyPage page = StudyPage.read(out);
    assertThat(page.table("", 0).get(0))
        .containsExactly(
            "method",
            "parameters",
            "reds, 2 images",
            "reds, 4 images",
            "greens, 2 images",
            "greens, 4 images",
            "repetitions");
    page.hasMeansOf(page.table("", 0), "study.csv");
    // Of three blues one is left, which judges nothing, and no table mixes them with the others.
    String without = "The methods, without held-out images";
    assertThat(page.table(without, 0).get(0))
        .containsExactly("method", "parameters", "blues, 2 images", "repetitions");
    page.hasMeansOf(page.table(without, 0), "without-held-out.csv");
    for (String cell : List.of("reds-2", "reds-4", "blues-2", "greens-2", "greens-4")) {
      for (String cut : List.of("0.4", "1.0")) {
        String heading = "%s images, truncation %s".formatted(cell.replace("-", ", "), cut);
        page.hasMeansOf(page.table(heading, 0), "%s-%s.csv".formatted(cell, cut));
        assertThat(page.table(heading, 0).get(0).contains("held_out_kmmd"))
            .as(heading)
            .isEqualTo(!cell.startsWith("blues"));
      }
    }
  }

  /** Its own discriminator is what the finish of a rootstock that has one begins with. */
  @Test
  void theDefaultBeginsItsFinishAsTheVerbGraftDoes() throws IOException {
    TinyGraftStudy own = TinyGraftStudy.in(folder);
    Files.createFile(
        Files.createDirectory(own.generator().resolve("discriminator")).resolve("weights.index"));
    String flags = "--dry-run --counts 2 --finish all --variants scale-shift --rates 1e-3";
    Program program = own.study(List.of("reds"), folder.resolve("study"), flags + budget(1));
    assertThat(program.succeeds().out())
        .contains("\"finish_from\" : \"%s\"".formatted(own.generator()), "\"steps\" : 1,");
  }

  /** What the page's first block has after the verb, in one line. */
  private static String command() throws IOException {
    Matcher block =
        Pattern.compile("```\ntools/tsugiki study graft (.*?)\n```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    assertThat(block.find()).isTrue();
    return block.group(1).replaceAll("\\\\\n\\s*", "");
  }
}
