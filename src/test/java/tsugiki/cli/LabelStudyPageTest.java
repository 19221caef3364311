package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.report.BarChart;

/**
 * The commands of the page of the studies with three steps: their CSV files, their text and their
 * pages say the same.
 */
@Tag("slow")
class LabelStudyPageTest {
  @TempDir private static Path folder;
  private static Path study;
  private static TinyLabelStudy tiny;

  @BeforeAll
  static void study() throws IOException {
    tiny = TinyLabelStudy.in(folder);
    study = folder.resolve("study");
    PageCommand shares = TinyLabelStudy.shown().get(1).with("--shares", "50%");
    assertThat(shares.list("--variants")).containsExactly("s2gan", "s2gan-co");
    tiny.study(shares, 2, study, "--feature-label-weight 0.3 --label-weight 0.7").succeeds();
  }

  @Test
  void everyCellOfTheTablesIsTheMeanAndTheIntervalOfTheSeeds() throws IOException {
    agrees(study);
    StudyPage page = StudyPage.read(study);
    page.hasMeansOf(page.table("By the share of the labels", 0), "shares.csv");
    List<List<String>> differences = page.table("By the share of the labels", 1);
    assertThat(differences.get(2).get(0)).isEqualTo("s2gan, 50% − s2gan, 20%");
    assertThat(study.resolve("differences-shares.csv")).isNotEmptyFile();
    List<List<String>> claims = page.table("What the paper claims, pair by pair", 0);
    assertThat(claims).hasSize(2);
    assertThat(claims.get(1)).isEqualTo(page.table("Differences", 0).get(1));
    assertThat(claims.get(1).get(0)).isEqualTo("s2gan-co − s2gan");
  }

  private static void agrees(Path study) throws IOException {
    StudyPage page = StudyPage.read(study);
    page.hasMeansOf(page.table("", 0), "study.csv");
    page.hasMeansOf(page.table("Feature networks", 0), "features.csv");
    page.hasMeansOf(page.table("Real images by the same protocol", 0), "real.csv");
    page.isShownBy(study.resolve("report.html"));
  }

  /**
   * The first command, of nine variants, and the last one, with a projected discriminator: they
   * take long, so the profile {@code faults} types them.
   */
  @Tag("faults")
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void thePagesCommandsTrainTheirVariants(int number) throws IOException {
    PageCommand shown = TinyLabelStudy.shown().get(number);
    Path out = folder.resolve("study-" + number);
    tiny.study(shown, 1, out, "").succeeds();
    agrees(out);
    String text = Files.readString(out.resolve("study.md"));
    assertThat(text).doesNotContain("Failed trials", "Left out");
    List<String> variants = shown.list("--variants");
    assertThat(variants).hasSizeGreaterThan(4);
    for (String variant : variants) {
      assertThat(text).contains("\n| %s | ".formatted(variant));
      assertThat(Files.readString(out.resolve(variant + "-0/options.json")))
          .contains("\"kind\" : \"%s\"".formatted(number == 0 ? "own" : "projected"));
    }
  }

  @Test
  void aJudgeWithoutClassesHasNoClassScoreAndTheOthersHaveTheirs() throws IOException {
    for (String file : List.of("study.csv", "real.csv")) {
      for (CSVRecord row : csv(file)) {
        assertThat(row.get("starter_blind_class_score")).isEmpty();
        assertThat(Double.parseDouble(row.get("starter_class_score"))).isGreaterThan(1);
        assertThat(row.get("diversity_starter_blind")).isNotEmpty();
      }
    }
    assertThat(csv("study.csv"))
        .allSatisfy(row -> assertThat(row.get("fid_starter_blind_features")).isNotEmpty());
  }

  @Test
  void realImagesAreNearerToRealOnesThanSamplesAre() throws IOException {
    List<CSVRecord> rows = csv("real.csv");
    assertThat(rows)
        .extracting(row -> row.get(0) + " " + row.get("seed"))
        .containsExactly("real images 0", "real halves 0", "real halves 1");
    assertThat(rows.get(0).get("fid_starter_features")).isEmpty();
    assertThat(Double.parseDouble(rows.get(0).get("diversity_starter"))).isEqualTo(1);
    double drawn = Double.parseDouble(csv("study.csv").get(0).get("fid_starter_features"));
    for (CSVRecord halves : rows.subList(1, 3)) {
      assertThat(Double.parseDouble(halves.get("fid_starter_features")))
          .isPositive()
          .isLessThan(drawn);
    }
    assertThat(rows.get(1).get("fid_starter_features"))
        .as("every seed draws other halves")
        .isNotEqualTo(rows.get(2).get("fid_starter_features"));
  }

  @Test
  void aShareIsTrainedWithForItselfBesideTheStudysOwn() throws IOException {
    List<CSVRecord> rows = csv("shares.csv");
    assertThat(rows)
        .extracting(row -> row.get(0) + " " + row.get("seed"))
        .containsExactly(
            "s2gan, 20% 0",
            "s2gan, 20% 1",
            "s2gan-co, 20% 0",
            "s2gan-co, 20% 1",
            "s2gan, 50% 0",
            "s2gan, 50% 1",
            "s2gan-co, 50% 0",
            "s2gan-co, 50% 1");
    CSVRecord own =
        csv("study.csv").stream().filter(row -> row.get(0).equals("s2gan-co")).findFirst().get();
    assertThat(rows.get(2).get("kid_starter_features")).isEqualTo(own.get("kid_starter_features"));
    assertThat(rows.get(6).get("kid_starter_features"))
        .isNotEmpty()
        .isNotEqualTo(own.get("kid_starter_features"));
    assertThat(study.resolve("s2gan-co-50-percent-1/model/card.md")).exists();
    assertThat(study.resolve("features-50-percent-1/model/card.md")).exists();
  }

  @Test
  void whatTheHeadPredictsAndHowVariedEachClassIsAreInTheRecordsAndOnThePage() throws IOException {
    String text = Files.readString(study.resolve("study.md"));
    String record = Files.readString(study.resolve("s2gan-co-0/figures.json"));
    for (CSVRecord row : csv("head-classes.csv")) {
      double[] shares = row.stream().skip(2).mapToDouble(Double::parseDouble).toArray();
      assertThat(shares).hasSize(10);
      assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-9));
      if (row.get(0).equals("s2gan-co") && row.get("seed").equals("0")) {
        assertThat(record).contains("\"head_share: arrow\" : " + row.get("arrow"));
        double classes = Arrays.stream(shares).filter(share -> share > 0).count();
        assertThat(record).contains("\"head_classes\" : " + classes);
      }
    }
    assertThat(text).contains("## What the co-trained head predicts", "| arrow | 10.0 % |");
    String page = Files.readString(study.resolve("report.html"));
    for (String variant : List.of("s2gan-co", "s2gan-co, 50%")) {
      assertThat(page)
          .contains("The classes that the co-trained head of %s predicts".formatted(variant));
      String chart = "head-classes-%s.png".formatted(variant.replace(", 50%", "-50-percent"));
      assertThat(page).contains(chart);
      assertThat(Pixels.of(study.resolve(chart))).isEqualTo(chartOfTheCsvFile(variant));
    }

    List<CSVRecord> diversities = csv("class-diversity.csv");
    assertThat(diversities)
        .extracting(row -> row.get(0) + " " + row.get("seed"))
        .contains("s2gan 0", "s2gan-co, 50% 1")
        .hasSize(8);
    for (CSVRecord row : diversities) {
      double least =
          row.stream()
              .skip(2)
              .filter(cell -> !cell.isEmpty())
              .mapToDouble(Double::parseDouble)
              .min()
              .orElseThrow();
      String name =
          row.toMap().entrySet().stream()
              .filter(cell -> cell.getValue().equals(Double.toString(least)))
              .findFirst()
              .get()
              .getKey();
      assertThat(text)
          .containsPattern(
              "\\| %s \\| %s \\| [0-9.]+ \\| %.3f \\| %s \\|"
                  .formatted(row.get(0), row.get("seed"), least, name));
    }
  }

  /** The shares of the real images, which are alike, and the means of the seeds' predictions. */
  private static int[] chartOfTheCsvFile(String variant) throws IOException {
    List<CSVRecord> rows =
        csv("head-classes.csv").stream().filter(row -> row.get(0).equals(variant)).toList();
    assertThat(rows).hasSize(2);
    List<String> classes = rows.get(0).toMap().keySet().stream().skip(2).toList();
    double[] real = new double[classes.size()];
    Arrays.fill(real, 0.1);
    double[] shares =
        classes.stream()
            .mapToDouble(
                name ->
                    rows.stream()
                        .mapToDouble(row -> Double.parseDouble(row.get(name)))
                        .average()
                        .orElseThrow())
            .toArray();
    Path chart = folder.resolve("chart.png");
    new BarChart("classes", "share of images", classes)
        .series("real images", real)
        .series(variant, shares)
        .write(1000, 600, chart);
    return Pixels.of(chart);
  }

  @Test
  void theReportSaysWhoseLabelsAJudgeSaw() throws IOException {
    String seen = "This network was trained with the labels of ";
    assertThat(Files.readString(study.resolve("study.md")))
        .contains(
            "Columns with starter: ", seen + "40 classes of Tiny ImageNet, six breeds of dogs")
        .satisfies(text -> assertThat(text.split(seen, -1)).as("not the blind one").hasSize(2));
  }

  @Test
  void theFeatureNetworkAndTheGanHaveTheirOwnWeightOfLabels() {
    assertThat(study.resolve("features-20-percent-0/options.json"))
        .content()
        .contains("\"label_weight\" : 0.3");
    assertThat(study.resolve("s2gan-co-0/options.json"))
        .content()
        .contains("\"label_weight\" : 0.7");
  }

  @Test
  void thePageShowsInterpolationsAndOneClassOfEveryVariant() throws IOException {
    String page = Files.readString(study.resolve("report.html"));
    assertThat(page)
        .contains("From one latent vector to another", "Samples of one class")
        .contains("walks-within-classes-of-all.png", "one-class-of-all.png");
    for (String variant : List.of("s2gan", "s2gan-co")) {
      for (String picture : List.of("walks-within-classes", "one-class")) {
        assertThat(study.resolve("%s-0/%s.png".formatted(variant, picture))).isNotEmptyFile();
      }
      // What the run's page shows was written before it, and is not written over.
      Path own = study.resolve(variant + "-0/report.html");
      assertThat(Files.getLastModifiedTime(study.resolve(variant + "-0/interpolation.png")))
          .isLessThan(Files.getLastModifiedTime(own));
      assertThat(Files.getLastModifiedTime(study.resolve(variant + "-0/one-class.png")))
          .isGreaterThan(Files.getLastModifiedTime(own));
    }
  }

  private static List<CSVRecord> csv(String file) throws IOException {
    return CSVFormat.DEFAULT
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .get()
        .parse(Files.newBufferedReader(study.resolve(file)))
        .getRecords();
  }
}
