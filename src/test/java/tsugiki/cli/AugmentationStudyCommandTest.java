package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.base.SystemProperty;
import tsugiki.painting.PaintedShapes;
import tsugiki.pretrained.FrozenNetworks;

/** A study of augmentation of two steps, whole and broken off; and what it refuses. */
@Tag("slow")
class AugmentationStudyCommandTest {
  private static final String TINY =
      " --size 16 --channels 8 --multipliers 1,1,1 --attention 0 --batch 4 --steps 2 --discriminator-steps 1"
          + " --standing-batches 1 --measure-every 1 --score-images 16 --images 30 --repeats 1"
          + " --device cpu";

  private static final String UNWANTED = "n07768694_pomegranate";

  @TempDir private Path folder;

  @Test
  void tablesOfEveryVariantAndTheSameAgainWhenResumed() throws IOException {
    Path data = PaintedShapes.in(folder.resolve("data"), 5, 32);
    Path out = folder.resolve("study");
    Path json = folder.resolve("study.json");
    String variants =
        "--variants generated+invert,none,ada+lecam --wanted %s --json %s"
            .formatted(wanted(), json);
    assertThat(study(data, out, "--dry-run --variants ada+lecam" + TINY).succeeds().out())
        .contains("the first training needs at least ", "2 steps: about ");
    assertThat(out).doesNotExist();
    try (SystemProperty atOnce = new SystemProperty("tsugiki.phase", "0")) {
      assertThat(study(data, out, variants + TINY).succeeds().out())
          .contains("The table is in " + out.resolve("study.md"));
    }
    assertThat(out.resolve("log.txt"))
        .content()
        .containsPattern("none, seed 0: .*\n.* enlarging the .*\n.* building the networks")
        .contains("writing the report of the study");
    assertThat(out.resolve("none-0/log.txt")).content().contains("scoring " + out);

    for (String file :
        List.of("study.md", "report.html", "none-0/model/card.md", "generated-invert-0/log.txt")) {
      assertThat(out.resolve(file)).exists();
    }
    List<String> lines = Files.readAllLines(out.resolve("study.csv"));
    assertThat(lines.get(0))
        .isEqualTo(
            "variant,seed,starter_class_score,wanted_share,kid,fid,precision,recall,memorised");
    assertThat(lines).hasSize(4);
    assertThat(out.resolve("study.md"))
        .content()
        .contains(
            "30 images of data and, with a static policy, 30 copies",
            "A larger Inception Score is better",
            "compares with no published score",
            "trained with the labels of 40 classes of Tiny ImageNet, six breeds of dogs among them",
            "; against 16 of 20 images that no training has seen.",
            "## What the scores compare with",
            "All steps are done, and the generator of the last one is scored.",
            "## Ranks",
            "## How the scores agree",
            "## The classes of the images",
            "| generated+invert |")
        // Scores that are alike for all variants, such as a recall of 0, have no order to compare.
        .doesNotContain("NaN");
    // The classifier has 40 classes; the page shows the commonest, the file all of them.
    assertThat(Files.readAllLines(out.resolve("classes.csv")))
        .hasSize(41)
        .startsWith("class,real images,none,generated+invert,ada+lecam");
    for (CSVRecord row : csv(out.resolve("classes.csv"))) {
      double images = 16 * Double.parseDouble(row.get("real images"));
      assertThat(images).isCloseTo(Math.rint(images), within(1e-9));
    }
    for (CSVRecord row : csv(out.resolve("study.csv"))) {
      double unwanted = share(out, UNWANTED, row.get("variant"));
      assertThat(Double.parseDouble(row.get("wanted_share"))).isCloseTo(1 - unwanted, within(1e-9));
    }
    assertThat(out.resolve("classes-generated-invert.png")).exists();
    assertThat(out.resolve("report.html")).content().contains("classes of the images of none");
    assertThat(options(out, "none-0").at("/training/mirror").asBoolean()).isFalse();
    assertThat(options(out, "ada+lecam-0").at("/training/augment/0").asText()).isEqualTo("ada");
    assertThat(options(out, "ada+lecam-0").at("/training/augmentation/lecam").asDouble())
        .isEqualTo(0.3);
    assertThat(out.resolve("ada-lecam-0/metrics.jsonl")).content().contains("ada_probability");
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertThat(result.at("/generators/0/precision").asDouble()).isBetween(0.0, 1.0);

    // Broken off before the last training: the others are not done again.
    FileTime made = Files.getLastModifiedTime(out.resolve("none-0/samples.png"));
    FileUtils.deleteDirectory(out.resolve("ada-lecam-0").toFile());
    Program.run("study", "augmentation", "--resume", out).succeeds();
    assertThat(Files.readAllLines(out.resolve("study.csv"))).isEqualTo(lines);
    assertThat(Files.getLastModifiedTime(out.resolve("none-0/samples.png"))).isEqualTo(made);

    Path own = out.resolve("options.json");
    String before = Files.readString(own);
    Program more =
        Program.run("study", "augmentation", "--resume", out, "--repeats", 7, "--dry-run");
    assertThat(more.succeeds().out()).contains("\"repeats\" : 7");
    assertThat(own).content().isEqualTo(before);

    Path next = folder.resolve("next");
    // Transfers begin with the first study's generator.
    String transfers =
        "--variants none,ada+lecam,freezed --freeze-d 1 --from " + out.resolve("none-0");
    String stopping = " --stop-after 1 --score-network starter --score-every 1";
    study(data, next, transfers + stopping + " --compare " + out + TINY).succeeds();
    // The scores over time choose what is kept, by images that the table's scores do not take.
    List<String> kept = Files.readAllLines(next.resolve("study.csv"));
    assertThat(kept.get(0)).endsWith("memorised,kept_step,steps");
    for (String trial : List.of("none-0", "ada-lecam-0", "freezed-0")) {
      assertThat(next.resolve(trial + "/metrics.jsonl")).content().contains("best_step");
      JsonNode figures = figures(next.resolve(trial));
      assertThat(figures.at("/kept_step").asInt()).isBetween(1, figures.at("/steps").asInt());
      assertThat(figures.at("/steps").asInt()).isLessThanOrEqualTo(2);
    }
    assertThat(options(next, "freezed-0").at("/stopping/stop_after").asInt()).isEqualTo(1);
    assertThat(options(next, "freezed-0").at("/training/discriminator/freeze_d").asInt())
        .isEqualTo(1);
    assertThat(options(next, "freezed-0").at("/training/generator_rate").asDouble())
        .isEqualTo(options(next, "none-0").at("/training/generator_rate").asDouble() / 4);
    assertThat(options(next, "none-0").at("/from").asText()).isEmpty();
    assertThat(next.resolve("freezed-0/log.txt")).content().contains("begun with the weights");
    assertThat(next.resolve("study.md"))
        .content()
        .contains(
            "## The same variants on other data",
            "| kid | 2 | ",
            "images that no training has seen and that have not chosen the moment that is kept",
            "A training ends after 1 scores over time without a better one",
            "## kid_768 over time");
    assertThat(csv(next.resolve("kid_768-over-time.csv"))).hasSize(3);
  }

  /** All classes but one, as a user may write them: "tabby" for n02123045_tabby. */
  private static String wanted() {
    return FrozenNetworks.open("classifier", "starter", "probabilities").classNames().stream()
        .filter(name -> !name.equals(UNWANTED))
        .map(name -> name.substring(name.indexOf('_') + 1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(","));
  }

  /** Of one seed: the share of a variant's images that are of a class. */
  private static double share(Path study, String className, String variant) throws IOException {
    return csv(study.resolve("classes.csv")).stream()
        .filter(row -> row.get("class").equals(className))
        .mapToDouble(row -> Double.parseDouble(row.get(variant)))
        .sum();
  }

  private static List<CSVRecord> csv(Path file) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser lines = CSVParser.parse(Files.newBufferedReader(file), format)) {
      return lines.getRecords();
    }
  }

  private static JsonNode figures(Path trial) throws IOException {
    return new ObjectMapper().readTree(trial.resolve("figures.json").toFile());
  }

  @Test
  void aSourceThatCannotFreezeIsRefusedBeforeAnythingIsTrained() {
    Path data = PaintedShapes.in(folder.resolve("data"), 2, 32);
    Path out = folder.resolve("study");
    // The starter's discriminators are projected ones.
    study(
            data,
            out,
            "--variants none,transfer,freezed+diffaugment --from savedmodels/starter-64"
                + " --device cpu --images 4")
        .refuses(
            out,
            "--variants has freezed+diffaugment, which cannot be trained: --freeze-d keeps layers of"
                + " the discriminator of --from");
  }

  /** They are in one array; nothing is trained before they are found to be too many. */
  @Test
  void moreSamplesThanMemoryHoldsAreRefusedAtTheStart() {
    Path data = PaintedShapes.in(folder.resolve("data"), 5, 32);
    Path out = folder.resolve("study");
    String many = TINY.replace("--score-images 16", "--score-images 2000000000");
    study(data, out, "--variants none" + many)
        .refuses(out, "--score-images is 2000000000; give at most ");
  }

  private static JsonNode options(Path study, String trial) throws IOException {
    return new ObjectMapper()
        .readTree(study.resolve(trial.replace('+', '-')).resolve("options.json").toFile());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--variants sepia | --variants has 'sepia'; give none, or of contrast, invert, hflip",
        "--variants hflip+hflip | --variants has 'hflip+hflip'",
        "--variants none,none | each once",
        "--variants generated | add none",
        "--variants none --images -1 | --images is -1",
        "--variants none --repeats 0 | --repeats is 0",
        "--variants none --seed 9223372036854775807 | --seed is 9223372036854775807; give at most 9223372036852775807",
        "--variants none --wanted unicorn | --wanted is unicorn",
        "--variants none --augment ada | study augmentation decides --augment by --variants",
        "--variants transfer | --variants has a transfer",
        "--variants none --from savedmodels/starter-64 --multipliers 4,4,4,4 | --from is for --variants with transfer",
        "--variants none --stop-after 3 | --stop-after counts scores over time; name the network",
        "--variants none --stop-after 3 --score-network starter | are trained on; give fewer --images",
        "--variants none --hold-out nowhere | nowhere",
        "--variants none,contrast --lecam 0.5 | --lecam is for --variants with lecam; add one or leave it out",
        "--variants transfer --freeze-d 1 --from savedmodels/starter-64 --multipliers 4,4,4,4 | --freeze-d is for --variants with freezed; add one or leave it out",
        "--variants freezed --discriminator projected --projector starter --from savedmodels/starter-64 --multipliers 4,4,4,4 | --variants has freezed, which freezes layers of --discriminator own",
        "--variants none --compare nowhere | nowhere/study.csv cannot be read (no such file or folder)",
        "--variants none --grey | --recipe biggan makes no use of --grey",
        "--variants none --projector-side 64 | --projector-side needs --discriminator projected",
        "--variants none --score-images 3 | --score-images is 3; give 4 or more",
      })
  void aBadFlagIsOneSentence(String flags, String named) {
    Path data = PaintedShapes.in(folder.resolve("data"), 2, 32);
    Path out = folder.resolve("study");
    study(data, out, flags + " --size 32").refuses(out, named);
  }

  private static Program study(Path data, Path out, String flags) {
    String words = "study augmentation --data %s --out %s %s".formatted(data, out, flags);
    return Program.run((Object[]) words.split(" +"));
  }
}
