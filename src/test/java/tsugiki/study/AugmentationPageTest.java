package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tables of augmentation-study.md and transfer-study.md, whose figures are those of the CSV
 * files beside them.
 */
class AugmentationPageTest {
  private static final ResourceTables PAGE = new ResourceTables("augmentation-study.md");
  private static final ResourceTables TRANSFER = new ResourceTables("transfer-study.md");
  private static final String FREEZED = "freezed+diffaugment";
  private static final List<String> SCORES =
      List.of("starter_class_score", "kid_768", "fid_768", "precision", "recall", "memorised");

  @Test
  void theFacesHaveTheMeansAndDifferencesOfTheSeeds() throws IOException {
    agrees(PAGE, "augmentation-faces.csv", SCORES);
  }

  @Test
  void soHaveTheDogs() throws IOException {
    List<String> scores = new ArrayList<>(SCORES);
    scores.add(1, "wanted_share");
    agrees(PAGE, "augmentation-dogs.csv", scores);
  }

  /** All ways to train on one page, by KID after the last step. */
  @Test
  void theFirstTableOfTransfersHasAllWays() throws IOException {
    List<List<String>> ways =
        List.of(
            List.of("nothing", "projected", "the usual ones", "none", "none"),
            List.of("nothing", "projected", "the usual ones", "DiffAugment", "diffaugment"),
            List.of("nothing", "projected", "the usual ones", "ADA", "ada"),
            List.of("`starter-64`", "projected", "a quarter", "none", "transfer"),
            List.of(
                "`starter-64`", "projected", "a quarter", "DiffAugment", "transfer+diffaugment"),
            List.of("`starter-64`", "projected", "a quarter", "ADA", "transfer+ada"),
            List.of("`starter-64`", "projected", "full", "none", "transfer"),
            List.of("`starter-64`", "projected", "full", "DiffAugment", "transfer+diffaugment"),
            List.of(
                "`starter-64`",
                "BigGAN's own, trained first",
                "full",
                "DiffAugment",
                "transfer+diffaugment"),
            List.of("`starter-64`", "the same, FreezeD", "full", "DiffAugment", FREEZED));
    List<List<String>> rows = new ArrayList<>();
    for (List<String> way : ways) {
      boolean full = way.get(2).equals("full");
      String study = way.get(1).equals("projected") ? "transfer-full-" : "transfer-freezed-";
      List<String> row = new ArrayList<>(way.subList(0, 4));
      row.add(kid(full ? study + "faces" : "augmentation-transfer", way.get(4)));
      row.add(kid(full ? study + "flowers" : "transfer-flowers", way.get(4)));
      rows.add(row);
    }
    TRANSFER.has(
        List.of("begins with", "discriminator", "rates", "augmentation", "100 faces", "50 flowers"),
        rows);
  }

  private static String kid(String file, String variant) throws IOException {
    double[] seeds = TRANSFER.figures(file + ".csv").values(variant, "kid_768");
    return Cells.of(seeds, seeds.length);
  }

  /** A hundred faces, from nothing and from the starter. */
  @Test
  void soHaveTheTransfers() throws IOException {
    agrees(TRANSFER, "augmentation-transfer.csv", SCORES);
    agreesOverTime("augmentation-transfer-over-time.csv");
    // What the text below says.
    Figures last = TRANSFER.figures("augmentation-transfer.csv");
    assertThat(last.variants().subList(1, 6))
        .filteredOn(variant -> difference(last, variant, "kid_768").low() > 0)
        .containsExactly("diffaugment", "transfer");
    assertThat(List.of("transfer+diffaugment", "transfer+ada"))
        .allMatch(variant -> difference(last, variant, "precision").high() < 0);
    for (String variant : last.variants()) {
      assertThat(last.values(variant, "recall")).containsOnly(0);
      assertThat(MeanInterval.of(last.values(variant, "memorised")).mean()).isLessThan(0.055);
    }
  }

  /** Fifty flowers, from nothing and from the starter. */
  @Test
  void onFlowersTheTransfersAreNearer() throws IOException {
    agrees(TRANSFER, "transfer-flowers.csv", SCORES);
    agreesOverTime("transfer-flowers-over-time.csv");
    // What the text below says.
    Figures figures = TRANSFER.figures("transfer-flowers.csv");
    List<String> nothing = figures.variants().subList(0, 3);
    List<String> transfers = figures.variants().subList(3, 6);
    for (String score : List.of("kid_768", "fid_768")) {
      for (String transfer : transfers) {
        double mean = MeanInterval.of(figures.values(transfer, score)).mean();
        assertThat(nothing)
            .allMatch(other -> MeanInterval.of(figures.values(other, score)).mean() > mean);
      }
    }
    assertThat(transfers)
        .filteredOn(variant -> difference(figures, variant, "kid_768").high() < 0)
        .containsExactly("transfer+ada");
    for (String transfer : transfers) {
      double[] against = figures.differences(transfer, "ada", "kid_768");
      assertThat(MeanInterval.of(against).high()).as(transfer).isNegative();
    }
    assertThat(MeanInterval.of(figures.differences("transfer+ada", "transfer", "fid_768")).low())
        .isPositive();
    for (String variant : figures.variants()) {
      for (String score : List.of("precision", "recall", "memorised")) {
        assertThat(figures.values(variant, score)).as(variant).containsOnly(0);
      }
    }
  }

  /** The transfers at full rates, beside what begins from nothing in the tables above. */
  @ParameterizedTest
  @CsvSource({"faces, augmentation-transfer", "flowers, transfer-flowers"})
  void soHaveTheTransfersAtFullRates(String set, String first) throws IOException {
    String file = "transfer-full-" + set;
    agrees(TRANSFER, file + ".csv", SCORES);
    agreesOverTime(file + "-over-time.csv");
    Figures figures = TRANSFER.figures(file + ".csv");
    Figures before = TRANSFER.figures(first + ".csv");
    assertThat(figures.of("none")).isEqualTo(before.of("none"));
    // What the text below says.
    Figures overTime = TRANSFER.figures(file + "-over-time.csv");
    assertThat(difference(overTime, "transfer", "step 100").high()).isNegative();
    double[] quarter = before.values("transfer", "kid_768");
    assertThat(paired(figures.values("transfer", "kid_768"), quarter).high()).isNegative();
    for (String variant : figures.variants()) {
      assertThat(mean(figures, variant)).isGreaterThanOrEqualTo(mean(figures, "transfer"));
    }
    MeanInterval augmented =
        MeanInterval.of(figures.differences("transfer+diffaugment", "transfer", "kid_768"));
    assertThat(augmented.low() > 0).isEqualTo(set.equals("flowers"));
  }

  /** The transfers with BigGAN's own discriminator, whole and with frozen blocks. */
  @ParameterizedTest
  @ValueSource(strings = {"faces", "flowers"})
  void frozenBlocksAreNotToldFromTrainedOnes(String set) throws IOException {
    String file = "transfer-freezed-" + set;
    agrees(TRANSFER, file + ".csv", SCORES);
    agreesOverTime(file + "-over-time.csv");
    // What the text below says.
    Figures figures = TRANSFER.figures(file + ".csv");
    String whole = "transfer+diffaugment";
    assertThat(figures.variants()).containsExactly(whole, FREEZED);
    MeanInterval found = MeanInterval.of(figures.differences(FREEZED, whole, "kid_768"));
    assertThat(found.low()).isNegative();
    assertThat(found.high()).isPositive();
  }

  @Test
  void withItsOwnDiscriminatorFacesAreFartherThanAllOthers() throws IOException {
    Figures faces = TRANSFER.figures("transfer-freezed-faces.csv");
    double least = values(faces, "kid_768").min().orElseThrow();
    for (String others : List.of("augmentation-transfer.csv", "transfer-full-faces.csv")) {
      assertThat(values(TRANSFER.figures(others), "kid_768").max().orElseThrow()).isLessThan(least);
    }
    Figures flowers = TRANSFER.figures("transfer-freezed-flowers.csv");
    Figures full = TRANSFER.figures("transfer-full-flowers.csv");
    for (String variant : flowers.variants()) {
      double[] own = flowers.values(variant, "kid_768");
      assertThat(paired(own, full.values("transfer", "kid_768")).low()).isPositive();
      for (String other : List.of("transfer+diffaugment", "none")) {
        MeanInterval found = paired(own, full.values(other, "kid_768"));
        assertThat(found.low()).as(other).isNegative();
        assertThat(found.high()).as(other).isPositive();
      }
    }
  }

  /** How far ADA's probability rose. */
  @ParameterizedTest
  @CsvSource({
    "faces ada, 0.16, 0",
    "faces transfer+ada, 0.40, 0",
    "flowers ada, 0.14, 0.016",
    "flowers transfer+ada, 0.61, 0.448"
  })
  void adasProbabilityRoseToThisAndEndedAtMostAtThat(String variant, double highest, double last)
      throws IOException {
    Figures figures = TRANSFER.figures("transfer-ada.csv");
    assertThat(max(figures.values(variant, "highest"))).isCloseTo(highest, within(0.005));
    assertThat(max(figures.values(variant, "last"))).isEqualTo(last);
  }

  /** What the text below the dogs' tables says. */
  @Test
  void amongTheDogsOneIntervalLeavesOutZero() throws IOException {
    Figures figures = PAGE.figures("augmentation-dogs.csv");
    List<String> told = new ArrayList<>();
    for (String variant : figures.variants().subList(1, figures.variants().size())) {
      for (String score : List.of("starter_class_score", "wanted_share", "kid_768", "fid_768")) {
        MeanInterval found = difference(figures, variant, score);
        if (Intervals.leavesOutZero(found)) {
          told.add(variant + " " + score);
        }
      }
      for (double share : figures.values(variant, "recall")) {
        assertThat(share).isZero();
      }
    }
    assertThat(told).containsExactly("lecam starter_class_score");
    assertThat(difference(figures, "lecam", "starter_class_score").high()).isNegative();
  }

  /** What the text below the faces' tables says. */
  @Test
  void noVariantIsNearerOrFartherAndFourHaveAHigherClassScore() throws IOException {
    Figures figures = PAGE.figures("augmentation-faces.csv");
    List<String> others = figures.variants().subList(1, figures.variants().size());
    assertThat(others).hasSize(9);
    for (String variant : others) {
      for (String distance : List.of("kid_768", "fid_768")) {
        MeanInterval found = difference(figures, variant, distance);
        assertThat(found.mean()).as(variant).isPositive();
        assertThat(found.low()).as(variant).isNegative();
      }
      for (double share : figures.values(variant, "recall")) {
        assertThat(share).isZero();
      }
    }
    assertThat(others)
        .filteredOn(variant -> difference(figures, variant, "starter_class_score").low() > 0)
        .containsExactly("invert", "hflip", "vflip", "generated");
  }

  private static void agrees(ResourceTables page, String file, List<String> scores)
      throws IOException {
    page.hasStudy("variant", page.figures(file), scores);
  }

  private static void agreesOverTime(String file) throws IOException {
    TRANSFER.hasMeans(
        "variant", TRANSFER.figures(file), List.of("step 100", "step 200", "step 300"));
  }

  private static double mean(Figures figures, String variant) {
    return MeanInterval.of(figures.values(variant, "kid_768")).mean();
  }

  private static double max(double... values) {
    return Arrays.stream(values).max().orElseThrow();
  }

  private static DoubleStream values(Figures figures, String score) {
    return figures.variants().stream()
        .flatMapToDouble(variant -> Arrays.stream(figures.values(variant, score)));
  }

  private static MeanInterval paired(double[] some, double[] others) {
    return MeanInterval.of(
        IntStream.range(0, some.length).mapToDouble(seed -> some[seed] - others[seed]).toArray());
  }

  private static MeanInterval difference(Figures figures, String variant, String score) {
    return MeanInterval.of(figures.differences(variant, "none", score));
  }
}
