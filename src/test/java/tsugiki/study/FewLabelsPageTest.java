package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static tsugiki.study.Intervals.rounds;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tables of few-labels-study.md, and what its text says of them. */
class FewLabelsPageTest {
  private static final ResourceTables PAGE = new ResourceTables("few-labels-study.md");
  private static final List<String> SCORES =
      List.of(
          "kid_starter_blind",
          "fid_starter_blind",
          "fid_inception_folded_64",
          "fid_inception_folded_192",
          "fid_inception_folded_768",
          "fid_inception_folded_1280",
          "kid_inception_folded_768");
  private static final List<List<String>> CLAIMS =
      List.of(
          List.of("s2gan", "single"),
          List.of("s2gan", "biggan-k"),
          List.of("biggan", "s2gan"),
          List.of("s2gan-co", "s2gan"),
          List.of("s3gan", "s2gan"),
          List.of("s3gan", "s2gan-views"),
          List.of("single-ss", "single"),
          List.of("single-ss", "single-views"));

  private static Figures variants() throws IOException {
    return PAGE.figures("few-labels.csv");
  }

  @Test
  void theScores() throws IOException {
    PAGE.hasMeans("variant", variants(), SCORES);
    PAGE.hasPairs(variants(), SCORES, CLAIMS);
  }

  @Test
  void fiveIntervalsOfPairsLeaveOutZero() throws IOException {
    List<String> apart = new ArrayList<>();
    for (List<String> pair : CLAIMS) {
      for (String score : SCORES) {
        MeanInterval found = difference(pair.get(0), pair.get(1), score);
        if (Intervals.leavesOutZero(found)) {
          apart.add("%s - %s: %s".formatted(pair.get(0), pair.get(1), score));
        }
      }
    }
    assertThat(CLAIMS.size() * SCORES.size()).isEqualTo(56);
    assertThat(apart)
        .containsExactly(
            "s2gan - single: fid_inception_folded_768",
            "s2gan - single: fid_inception_folded_1280",
            "s2gan - single: kid_inception_folded_768",
            "s3gan - s2gan: fid_inception_folded_64",
            "s3gan - s2gan: fid_inception_folded_192");
    assertThat(difference("s3gan", "s2gan", "fid_inception_folded_64").mean()).isPositive();
    assertThat(difference("s3gan", "s2gan", "fid_inception_folded_192").mean()).isPositive();
    rounds(difference("s2gan", "single", "kid_inception_folded_768"), 0.00121, 0.00071, 1e-5);
    rounds(difference("s2gan", "single", "kid_starter_blind"), 0.0016, 0.0266, 1e-4);
    rounds(difference("s2gan-co", "s2gan", "label_error"), 0.159, 0.011, 1e-3);
  }

  @Test
  void noClassHasCollapsedAndWrongLabelsMixThem() throws IOException {
    rounds(difference("s2gan-co", "s2gan", "class_diversity"), 0.063, 0.038, 1e-3);
    rounds(difference("biggan", "s2gan", "class_diversity"), 0.083, 0.048, 1e-3);
    rounds(difference("s3gan", "s2gan", "class_diversity"), 0.039, 0.036, 1e-3);
    Figures classes = PAGE.figures("few-labels-class-diversity.csv");
    DoubleSummaryStatistics all =
        classes.variants().stream()
            .flatMap(variant -> classes.of(variant).values().stream())
            .flatMap(figures -> figures.entrySet().stream())
            .filter(figure -> !figure.getKey().equals("seed"))
            .mapToDouble(Map.Entry::getValue)
            .summaryStatistics();
    assertThat(all.getMin()).isCloseTo(0.42, within(0.005));
    assertThat(classes.values("s2gan", "n07749582_lemon")).contains(all.getMin());
  }

  @Test
  void theCoTrainedHeadPredictsSomeClassesAlone() throws IOException {
    double[] classes = variants().values("s2gan-co", "head_classes");
    assertThat(classes).containsExactlyInAnyOrder(34, 19, 31, 29);
    double[] vans =
        PAGE.figures("few-labels-head-classes.csv").values("s2gan-co", "n03977966_police_van");
    Arrays.sort(vans);
    assertThat(vans[2]).isCloseTo(0.30, within(0.005));
    assertThat(vans[3]).isCloseTo(0.71, within(0.005));
    assertThat(vans[1]).isLessThan(0.001);
  }

  private static MeanInterval difference(String variant, String other, String score)
      throws IOException {
    return MeanInterval.of(variants().differences(variant, other, score));
  }

  @Test
  void whatIsWithinClassesAndHowOftenLabelsAreWrong() throws IOException {
    PAGE.hasMeans(
        "variant",
        variants(),
        List.of(
            "diversity_starter_blind",
            "diversity_inception_folded",
            "class_diversity",
            "class_diversity_least",
            "label_error",
            "head_classes"));
  }

  /** The file also has the real images' own diversity, which is 1. */
  @Test
  void theRealImagesAgainstOthers() throws IOException {
    Figures halves = new Figures();
    PAGE.figures("few-labels-real.csv")
        .of("real halves")
        .forEach((seed, values) -> halves.add("real halves", seed, values));
    PAGE.hasMeans("images", halves, SCORES);
  }

  @Test
  void theFeatureNetworks() throws IOException {
    PAGE.hasMeans(
        "labels seen",
        PAGE.figures("few-labels-features.csv"),
        List.of("label_error", "turn_error", "cluster_purity", "cluster_nmi"));
  }
}
