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
import tsugiki.painting.PaintedShapes;
import tsugiki.recognition.UntrainedFeatureNetwork;
import tsugiki.report.BarChart;

/** The study's command with three steps: its CSV files, its text and its page say the same. */
@Tag("slow")
class LabelStudyPageTest {
  private static final int EACH = 6;

  /** t(0.975, 1) of Student's distribution, for the interval of two seeds. */
  private static final double QUANTILE = 12.7062;

  @TempDir private static Path folder;
  private static Path study;

  @BeforeAll
  static void study() {
    Path data = PaintedShapes.in(folder.resolve("data"), EACH, 32);
    Path blind = folder.resolve("blind/model");
    UntrainedFeatureNetwork.write(blind, PaintedShapes.images(1, 16), List.of("all"));
    study = folder.resolve("study");
    String words =
        "study labels --data %s --out %s --variants single-views,s2gan-co --labels 20%% --shares 50%%"
                .formatted(data, study)
            + " --judge starter --judge starter:%s --taps features --repeats 2 --steps 3"
                .formatted(blind)
            + " --size 16 --channels 8 --multipliers 1,1,1 --attention 0 --embedding 8 --batch 4 --discriminator-steps 1"
            + " --rotated-share 1 --standing-batches 1 --feature-steps 3 --feature-channels 4"
            + " --feature-label-weight 0.3 --label-weight 0.7"
            + " --score-images 20 --score-every 3 --score-network starter --device cpu";
    Program.run((Object[]) words.split(" +")).succeeds();
  }

  @Test
  void everyCellOfTheTablesIsTheMeanAndTheIntervalOfTheSeeds() throws IOException {
    String text = Files.readString(study.resolve("study.md"));
    String page = Files.readString(study.resolve("report.html"));
    int numbers = 0;
    for (String file : List.of("study.csv", "shares.csv", "features.csv", "real.csv")) {
      List<CSVRecord> records = csv(file);
      List<String> columns = List.copyOf(records.get(0).toMap().keySet());
      for (String variant : records.stream().map(row -> row.get(0)).distinct().toList()) {
        List<String> cells = cells(text, columns, variant);
        for (int i = 2; i < columns.size(); i++) {
          String column = columns.get(i);
          double[] values =
              records.stream()
                  .filter(row -> row.get(0).equals(variant) && !row.get(column).isEmpty())
                  .mapToDouble(row -> Double.parseDouble(row.get(column)))
                  .toArray();
          // The cell before the first of the figures is the variant's name.
          String cell = cells.get(i - 1);
          assertCell(cell, values, "%s, %s, %s".formatted(file, variant, column));
          assertThat(page).contains(">%s<".formatted(cell));
          numbers += values.length;
        }
      }
    }
    assertThat(numbers).isGreaterThan(100);
  }

  private static void assertCell(String cell, double[] values, String where) {
    if (values.length == 0) {
      assertThat(cell).as(where).isEqualTo("–");
      return;
    }
    String[] parts = cell.split(" ± | \\(");
    double mean = Arrays.stream(values).average().orElseThrow();
    double rounding = 0.5001 * Math.pow(10, -decimals(parts[0]));
    assertThat(Double.parseDouble(parts[0])).as(where).isCloseTo(mean, within(rounding));
    if (values.length == 2) {
      double margin = QUANTILE * Math.abs(values[0] - values[1]) / 2;
      assertThat(Double.parseDouble(parts[1]))
          .as(where)
          .isCloseTo(margin, within(rounding + 1e-5 * margin));
    }
  }

  private static int decimals(String number) {
    return number.contains(".") ? number.length() - number.indexOf('.') - 1 : 0;
  }

  /** The row of a variant in a table with these columns; two tables may have the same. */
  private static List<String> cells(String text, List<String> columns, String variant) {
    String header =
        "| %s | %s | repetitions |"
            .formatted(columns.get(0), String.join(" | ", columns.subList(2, columns.size())));
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals(header)) {
        for (int row = i + 2; row < lines.size() && lines.get(row).startsWith("|"); row++) {
          List<String> cells =
              Arrays.stream(lines.get(row).split("\\|")).skip(1).map(String::strip).toList();
          if (cells.get(0).equals(variant)) {
            return cells;
          }
        }
      }
    }
    throw new AssertionError("no row of %s below %s".formatted(variant, header));
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
            "s2gan-co, 20% 0", "s2gan-co, 20% 1", "s2gan-co, 50% 0", "s2gan-co, 50% 1");
    CSVRecord own =
        csv("study.csv").stream().filter(row -> row.get(0).equals("s2gan-co")).findFirst().get();
    assertThat(rows.get(0).get("kid_starter_features")).isEqualTo(own.get("kid_starter_features"));
    assertThat(rows.get(2).get("kid_starter_features"))
        .isNotEmpty()
        .isNotEqualTo(own.get("kid_starter_features"));
    assertThat(study.resolve("s2gan-co-50-percent-1/model/card.md")).exists();
    assertThat(study.resolve("single-views-50-percent-0")).doesNotExist();
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

    for (CSVRecord row : csv("class-diversity.csv")) {
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
    for (String variant : List.of("single-views", "s2gan-co")) {
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
