package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.base.SystemProperty;

/** A study of grafts of three steps, whole and broken off; and what it refuses. */
@Tag("slow")
class GraftStudyCommandTest {
  private static final String TINY =
      " --counts 3 --steps 3 --batch 2 --score-images 6 --truncations 0.5,1 --device cpu";

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static TinyGraftStudy tiny;

  @BeforeAll
  static void makeDomains() {
    tiny = TinyGraftStudy.in(shared);
  }

  @Test
  void tablesPicturesAndRunsOfEveryMethodAndTheSameAgainWhenResumed() throws IOException {
    Path out = folder.resolve("study");
    Path json = folder.resolve("study.json");
    assertThat(study(out, "--dry-run --variants point-wise:2" + TINY).succeeds().out())
        .contains("the first training needs at least ", "3 steps: about ");
    assertThat(out).doesNotExist();
    String flags =
        "--variants scale-shift,point-wise:2/no-prior --rates 1e-3 --repeats 2 --json " + json;
    try (SystemProperty atOnce = new SystemProperty("tsugiki.phase", "0")) {
      assertThat(study(out, flags + TINY).succeeds().out())
          .contains("The table is in " + out.resolve("study.md"));
    }
    assertThat(out.resolve("log.txt"))
        .content()
        .containsPattern("scale-shift on reds, 3 images, seed 0: .*\n.* building the networks")
        .contains("writing the report of the study");
    assertThat(out.resolve("reds-3-scale-shift-0/log.txt")).content().contains("scoring " + out);

    List<String> lines = Files.readAllLines(out.resolve("study.csv"));
    assertThat(lines.get(0)).isEqualTo("method,seed,parameters,\"reds, 3 images\"");
    assertThat(lines).hasSize(1 + 2 * 2);
    assertThat(Files.readAllLines(out.resolve("reds-3-0.5.csv")).get(0))
        .isEqualTo(
            "method,seed,held_out_kmmd,held_out_kid,kmmd,kid,pairwise,distance,memorised,reconstruction_l1");
    for (String file :
        List.of(
            "differences.csv",
            "differences-reds-3-1.0.csv",
            "report.html",
            "samples-of-all.png",
            "interpolation-of-all.png",
            "reds-3-1.0.csv",
            "reds-3-point-wise-2-no-prior-1/model/card.md")) {
      assertThat(out.resolve(file)).exists();
    }
    assertThat(out.resolve("study.md"))
        .content()
        .contains("## Rates", "| point-wise:2/no-prior − scale-shift |", "## In per cent")
        .doesNotContain("The paper's own figures")
        .contains("## How many seeds a difference needs", "One rate was given")
        .contains("## reds, 3 images, truncation 0.5", "is that of the perceptual loss");
    StudyPage page = StudyPage.read(out);
    page.hasMeansOf(page.table("", 0), "study.csv");
    page.hasDifferencesOf(page.table("Differences", 0), "study.csv", "differences.csv");
    for (String cut : List.of("0.5", "1.0")) {
      List<List<List<String>>> both = page.tables().get("reds, 3 images, truncation " + cut);
      String csv = "reds-3-%s.csv".formatted(cut);
      page.hasMeansOf(both.get(0), csv);
      page.hasDifferencesOf(both.get(1), csv, "differences-" + csv);
      assertThat(both.get(1).get(0)).contains("held_out_kid", "pairwise", "memorised");
    }
    String photographs = "The held-out photographs by the same protocol";
    page.hasMeansOf(page.table(photographs, 0), "photographs.csv");
    assertThat(page.table(photographs, 0).get(1)).startsWith("reds, 3 images").endsWith("2");
    page.isShownBy(out.resolve("report.html"));
    JsonNode grafts = new ObjectMapper().readTree(json.toFile()).at("/grafts");
    assertThat(grafts).hasSize(2 * 2);
    assertThat(grafts.get(0).at("/name").asText()).isEqualTo("scale-shift");
    assertThat(grafts.get(1).at("/parameters").asInt())
        .isPositive()
        .isNotEqualTo(grafts.get(0).at("/parameters").asInt());
    // Each seed has its own images, and the first table its first truncation.
    assertThat(grafts.get(0).at("/held_out_kmmd@0.5").asDouble())
        .isNotEqualTo(grafts.get(2).at("/held_out_kmmd@0.5").asDouble())
        .isEqualTo(Double.parseDouble(lines.get(1).split(",")[3]));

    // Broken off before the last graft: the others are not done again.
    FileTime made = Files.getLastModifiedTime(out.resolve("reds-3-scale-shift-0/samples.png"));
    FileUtils.deleteDirectory(out.resolve("reds-3-scale-shift-1").toFile());
    // Lists that are as the study has them may be said again.
    Path data = tiny.folder().resolve("reds");
    String variants = "scale-shift,point-wise:2/no-prior";
    Program.run(
            "study", "graft", "--resume", out, "--variants", variants, "--data", data + "," + data)
        .refuses(folder.resolve("none"), "leave out --data (", ", where the run has " + data);
    Program.run("study", "graft", "--resume", out, "--variants", variants, "--data", data)
        .succeeds();
    assertThat(Files.readAllLines(out.resolve("study.csv"))).isEqualTo(lines);
    assertThat(Files.getLastModifiedTime(out.resolve("reds-3-scale-shift-0/samples.png")))
        .isEqualTo(made);
  }

  @Test
  void theRateIsChosenWithASeedThatNoTableHas() throws IOException {
    Path out = folder.resolve("study");
    String flags = "--variants point-wise:2 --rates 1e-4,5e-3,1 --repeats 1" + TINY;
    tiny.study(List.of("blues", "greens"), out, flags).succeeds();
    assertThat(out.resolve("tuning-point-wise-2-0.005/options.json"))
        .content()
        .contains("\"seed\" : 1000000", "\"layer_rate\" : 0.005");
    assertThat(out.resolve("tuning-point-wise-2-0.005/figures.json"))
        .content()
        .contains("held_out_kmmd@0.5")
        .doesNotContain("held_out_kmmd@1.0");
    assertThat(out.resolve("greens-3-point-wise-2-0/figures.json"))
        .content()
        .contains("held_out_kmmd@0.5", "held_out_kmmd@1.0");
    assertThat(out.resolve("study.md"))
        .content()
        .containsPattern("\\| point-wise:2 \\| [0-9.E-]+ \\| .*1.0E-4: .*0\\.005: ")
        .contains(
            "with 3 training images of greens. These and the 9 that judge them are set aside");
    List<String> lines = Files.readAllLines(out.resolve("study.csv"));
    assertThat(lines).hasSize(2).noneMatch(line -> line.contains("1000000"));
    assertThat(lines.get(0)).endsWith("\"greens, 3 images\"");
    // All three blues are trained on, so that they have a table of their own.
    assertThat(Files.readAllLines(out.resolve("without-held-out.csv")).get(0))
        .isEqualTo("method,seed,parameters,\"blues, 3 images\"");
    StudyPage page = StudyPage.read(out);
    String without = "The methods, without held-out images";
    assertThat(page.table(without, 0).get(0))
        .containsExactly("method", "parameters", "blues, 3 images", "repetitions");
    page.hasMeansOf(page.table(without, 0), "without-held-out.csv");
    for (String cut : List.of("0.5", "1.0")) {
      String heading = "blues, 3 images, truncation " + cut;
      page.hasMeansOf(page.table(heading, 0), "blues-3-%s.csv".formatted(cut));
      assertThat(page.table(heading, 0).get(0)).doesNotContain("held_out_kmmd");
    }
    assertThat(Files.readAllLines(out.resolve("blues-3-1.0.csv")).get(0))
        .isEqualTo("method,seed,kmmd,kid,pairwise,distance,memorised,reconstruction_l1");

    // If a rate is tried again, the best one may be another one.
    Path chosen = out.resolve("greens-3-point-wise-2-0/options.json");
    Files.writeString(
        chosen, Files.readString(chosen).replaceFirst("(layer_rate\" : )[^,]+", "$10.25"));
    assertThat(Program.run("study", "graft", "--resume", out).err())
        .contains(chosen.getParent() + " has the rate 0.25, and", "delete this folder, and it is");
  }

  /** Sites that are chosen by the images may differ from domain to domain. */
  @Test
  void theWeightsAreTheMeanOverTheDomainsAndSeedsCanFollow() throws IOException {
    Path out = folder.resolve("study");
    String flags = "--variants scale-shift --rates 1e-3 --repeats 1" + TINY;
    tiny.study(List.of("reds", "greens"), out, flags).succeeds();
    String one = weights(out);
    Path figures = out.resolve("greens-3-scale-shift-0/figures.json");
    assertThat(figures).content().contains("\"parameters\" : " + one);
    double more = Double.parseDouble(one) + 100;
    Files.writeString(figures, Files.readString(figures).replace(": " + one, ": " + more));
    Program.run("study", "graft", "--resume", out).succeeds();
    assertThat(Double.parseDouble(weights(out))).isEqualTo(Double.parseDouble(one) + 50);

    List<String> lines = Files.readAllLines(out.resolve("study.csv"));
    Program.run("study", "graft", "--resume", out, "--repeats", 2).succeeds();
    Program.run("study", "graft", "--resume", out).succeeds();
    assertThat(Files.readAllLines(out.resolve("study.csv")))
        .hasSize(3)
        .startsWith(lines.toArray(String[]::new));
  }

  private static String weights(Path study) throws IOException {
    return Files.readAllLines(study.resolve("study.csv")).get(1).split(",")[2];
  }

  @Test
  void aChangedFinishAndSamplesThatNothingCuts() throws IOException {
    TinyGraftStudy own = TinyGraftStudy.in(folder);
    Path out = folder.resolve("study");
    String flags =
        " --finish all --finish-projector %s --finish-latent-steps 1 --measure-every 1"
            .formatted(own.network());
    own.study(
            List.of("reds"),
            out,
            "--variants default/finish-steps-2/steps-2,default/finish-none --repeats 1 --counts 3"
                + " --steps 3 --batch 2 --score-images 6 --truncations none,0.5 --device cpu"
                + flags)
        .succeeds();
    assertThat(out.resolve("study.md")).content().contains("3 images, truncation none");
    assertThat(Files.readAllLines(out.resolve("reds-3-none.csv")))
        .hasSize(3)
        .anyMatch(line -> line.startsWith("default/finish-steps-2/steps-2,0,"));
    assertThat(out.resolve("reds-3-default-finish-steps-2-steps-2-0/metrics.jsonl"))
        .content()
        .contains("\"loss_d\"");
    assertThat(out.resolve("reds-3-default-finish-none-0/metrics.jsonl"))
        .content()
        .doesNotContain("loss_d");

    Path trial = out.resolve("reds-3-default-finish-none-0");
    Path model = folder.resolve("model");
    Program.run("export", "--model", trial, "--checkpoint", "latest", "--out", model)
        .refuses(model, "--model " + trial + " is a training of the study " + out);

    // What stands for a number may be said again, too.
    Program.run("study", "graft", "--resume", out, "--truncations", "none,0.5").succeeds();
    // Other images would be paired with those of the finished grafts.
    Files.copy(own.folder().resolve("blues/0.png"), own.folder().resolve("reds/blue.png"));
    assertThat(Program.run("study", "graft", "--resume", out).err())
        .contains("--resume " + out + " began with other images of reds");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--variants point-wise | --variants names 'point-wise'; give default, scale-shift",
        "--variants point-wise:0 | --variants names 'point-wise:0'",
        "--variants scale-shift/no-last-site | --variants names 'scale-shift/no-last-site'",
        "--variants default,default | --variants is [default, default]; name one or more, each once",
        "--variants point-wise:3 | which does not divide the",
        "--counts 1 | --counts is 1",
        "--counts 7 | has 6 images, and --counts asks for [7]",
        "--rates 0 | --rates is 0.0",
        "--repeats 0 | --repeats is 0",
        "--seed 9223372036854775807 | --seed is 9223372036854775807; give at most 9223372036852775807",
        "--truncations 0 | --truncations is 0.0; give 0.001 or more",
        "--truncations some | --truncations",
        "--truncations 0.0005 | --truncations is 5.0E-4; give 0.001 or more",
        "--truncation 0.0005 | --truncation is 5.0E-4; give 0.001 or more",
        "--data / | --data is /; name a folder or a zip in it",
        "--data reds | --data is [reds, reds]; name one or more, each domain, by a name of its own, once",
        "--slim | Unknown option",
        "--variants default/finish-side-96 | --variants names 'default/finish-side-96', and --finish is none; give --finish all or graft",
        "--judge none | --judge names the network none, which does not exist",
        "--counts 3 --variants point-wise:2,default --finish all --finish-projector nothing | --finish-projector names the network nothing",
      })
  void aBadFlagIsOneSentence(String flags, String named) {
    Path out = folder.resolve("study");
    study(out, flags).refuses(out, named);
  }

  private static Program study(Path out, String flags) {
    return tiny.study(List.of("reds"), out, flags);
  }
}
