package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;
import static tsugiki.study.Intervals.holdsZero;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of point-wise-against-scale-shift.md, and what its text says of them. */
class PointWisePageTest {
  private static final ResourceTables PAGE =
      new ResourceTables("point-wise-against-scale-shift.md");
  private static final String METHOD = "method";
  private static final String POINT_WISE = "point-wise:8";
  private static final String PLAIN = "scale-shift";
  private static final String SPECTRAL = "scale-shift-spectral";
  private static final String DEFAULT = "default/steps-20/truncation-none";
  private static final String KMMD = "held_out_kmmd_768";
  private static final String KID = "held_out_kid_768";
  private static final List<String> WITH_COPIES =
      List.of(KMMD, KID, "pairwise", "distance", "memorised", "reconstruction_l1");
  private static final List<String> DOMAINS =
      List.of("passion-flower, 25 images", "human-face, 25 images", "faces-1000, 25 images");

  @Test
  void theOrder() throws IOException {
    Figures figures = PAGE.figures("graft-order.csv");
    PAGE.hasMethods(figures, DOMAINS);
    assertThat(figures.values(POINT_WISE, "parameters")).containsOnly(1_105_920);
    assertThat(figures.values(SPECTRAL, "parameters")).containsOnly(199_488);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flowers", "faces", "faces-1000"})
  void theScoresOfASet(String set) throws IOException {
    Figures low = scores(set, "0.4");
    PAGE.hasStudy(METHOD, low, List.of(KMMD, KID, "pairwise", "distance", "reconstruction_l1"));
    Figures whole = scores(set, "1.0");
    PAGE.hasStudy(METHOD, whole, List.of(KMMD, KID, "pairwise"));

    // What the text says of all sets.
    MeanInterval reconstruction = toSpectral(low, "reconstruction_l1");
    assertThat(reconstruction.high()).isNegative();
    assertThat(reconstruction.mean()).isBetween(-8.25, -5.65);
    MeanInterval diversity = toSpectral(low, "pairwise");
    assertThat(diversity.low()).isPositive();
    assertThat(diversity.mean()).isBetween(0.105, 0.195);
    MeanInterval reconstructionToPlain = difference(low, POINT_WISE, PLAIN, "reconstruction_l1");
    assertThat(reconstructionToPlain.high()).isNegative();
    assertThat(reconstructionToPlain.mean()).isBetween(-4.65, -3.75);
    MeanInterval diversityToPlain = difference(low, POINT_WISE, PLAIN, "pairwise");
    assertThat(diversityToPlain.low()).isPositive();
    assertThat(diversityToPlain.mean()).isBetween(0.065, 0.155);
  }

  @Test
  void byKidFlowersFollowItUnderSpectralNormalisationAlone() throws IOException {
    for (String cut : List.of("0.4", "0.7", "1.0")) {
      Figures flowers = scores("flowers", cut);
      boolean ahead = toSpectral(flowers, KID).high() < 0;
      assertThat(ahead).isEqualTo(!cut.equals("1.0"));
      holdsZero(difference(flowers, POINT_WISE, PLAIN, KID));
    }
  }

  @Test
  void spectralNormalisationHelpsOnFacesAtOne() throws IOException {
    hasInterval(difference(scores("faces", "1.0"), PLAIN, SPECTRAL, KMMD), 0.020, 0.010);
  }

  @Test
  void theOrderHoldsOnFlowersAlone() throws IOException {
    Figures flowers = scores("flowers", "0.4");
    hasInterval(toSpectral(flowers, KMMD), -0.098, 0.013);
    hasInterval(difference(flowers, POINT_WISE, PLAIN, KMMD), -0.045, 0.036);
    hasInterval(difference(flowers, PLAIN, SPECTRAL, KMMD), -0.052, 0.035);
    Figures middle = scores("flowers", "0.7");
    hasInterval(toSpectral(middle, KMMD), -0.061, 0.006);
    hasInterval(difference(middle, POINT_WISE, PLAIN, KMMD), -0.029, 0.020);
    Figures whole = scores("flowers", "1.0");
    hasInterval(toSpectral(whole, KMMD), -0.028, 0.011);
    holdsZero(difference(whole, POINT_WISE, PLAIN, KMMD));
    for (String set : List.of("faces", "faces-1000")) {
      holdsZero(toSpectral(scores(set, "0.4"), KMMD));
      holdsZero(difference(scores(set, "0.4"), POINT_WISE, PLAIN, KMMD));
    }
    Figures faces = scores("faces", "0.7");
    hasInterval(toSpectral(faces, KMMD), 0.021, 0.017);
    hasInterval(difference(faces, POINT_WISE, PLAIN, KMMD), 0.004, 0.018);
    hasInterval(toSpectral(scores("faces", "1.0"), KMMD), 0.022, 0.011);
    hasInterval(difference(scores("faces", "1.0"), POINT_WISE, PLAIN, KMMD), 0.001, 0.008);
    for (String cut : List.of("0.7", "1.0")) {
      holdsZero(toSpectral(scores("faces-1000", cut), KMMD));
      assertThat(toSpectral(scores("faces-1000", cut), KID).low()).isPositive();
    }
    for (Figures higher : List.of(scores("faces", "0.4"), faces, scores("faces", "1.0"))) {
      assertThat(toSpectral(higher, KID).low()).isPositive();
    }
  }

  @Test
  void theDefaultIsAheadOfAllAndItsSamplesDifferLess() throws IOException {
    Figures first = PAGE.figures("graft-default.csv");
    PAGE.hasStudy(
        METHOD, first, List.of("parameters", DOMAINS.get(0), DOMAINS.get(1), DOMAINS.get(2)));
    assertThat(first.values(DEFAULT, "parameters")).containsOnly(3_262_499);
    hasInterval(difference(first, DEFAULT, SPECTRAL, DOMAINS.get(0)), -0.183, 0.074);
    hasInterval(difference(first, DEFAULT, SPECTRAL, DOMAINS.get(1)), -0.177, 0.048);
    holdsZero(difference(first, DEFAULT, SPECTRAL, DOMAINS.get(2)));

    Map<String, double[]> ahead =
        Map.of(
            "passion-flower", new double[] {-0.149, 0.033},
            "human-face", new double[] {-0.207, 0.042},
            "faces-1000", new double[] {-0.316, 0.108});
    for (Map.Entry<String, double[]> set : ahead.entrySet()) {
      Figures whole = PAGE.figures("graft-default-%s-25-1.0.csv".formatted(set.getKey()));
      PAGE.hasStudy(METHOD, whole, WITH_COPIES);
      double[] found = set.getValue();
      hasInterval(difference(whole, DEFAULT, SPECTRAL, KMMD), found[0], found[1]);
      assertThat(mean(whole, DEFAULT, "pairwise")).isBetween(0.635, 0.745);
      assertThat(mean(whole, DEFAULT, "distance")).isBetween(0.965, 1.145);
      assertThat(mean(whole, DEFAULT, "memorised")).isBetween(0.035, 0.115);
      for (String method : List.of(SPECTRAL, PLAIN, POINT_WISE)) {
        assertThat(mean(whole, method, "pairwise")).isBetween(0.885, 1.245);
      }
    }
  }

  private static double mean(Figures figures, String method, String measure) {
    return MeanInterval.of(figures.values(method, measure)).mean();
  }

  private static void hasInterval(MeanInterval found, double mean, double margin) {
    Intervals.rounds(found, mean, margin, 0.001);
  }

  @Test
  void theRates() throws IOException {
    assertThat(PAGE.bestRates(PAGE.figures("graft-order-rates.csv")))
        .containsExactly("0.008", "0.008", "0.008");
  }

  @Test
  void theFloor() throws IOException {
    Figures figures = PAGE.figures("graft-order-photographs.csv");
    PAGE.hasMeans(
        "images",
        figures,
        List.of(KMMD, "kmmd_768", "kid_768", "pairwise", "distance", "memorised"));
    assertThat(figures.variants()).containsExactlyElementsOf(DOMAINS);
  }

  private static Figures scores(String set, String cut) throws IOException {
    return PAGE.figures("graft-order-%s-%s.csv".formatted(set, cut));
  }

  private static MeanInterval toSpectral(Figures figures, String measure) {
    return difference(figures, POINT_WISE, SPECTRAL, measure);
  }

  private static MeanInterval difference(Figures figures, String one, String base, String measure) {
    return MeanInterval.of(figures.differences(one, base, measure));
  }
}
