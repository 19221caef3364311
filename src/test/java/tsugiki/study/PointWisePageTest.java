package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of point-wise-against-scale-shift.md, and what its text says of them. */
class PointWisePageTest {
  private static final ResourceTables PAGE =
      new ResourceTables("point-wise-against-scale-shift.md");
  private static final String METHOD = "method";
  private static final String POINT_WISE = "point-wise:8";
  private static final String SPECTRAL = "scale-shift-spectral";
  private static final String KMMD = "held_out_kmmd_768";
  private static final List<String> DOMAINS =
      List.of("passion-flower, 25 images", "human-face, 25 images", "faces-1000, 25 images");

  @Test
  void theOrder() throws IOException {
    Figures figures = PAGE.figures("graft-order.csv");
    PAGE.hasStudy(
        METHOD, figures, List.of("parameters", DOMAINS.get(0), DOMAINS.get(1), DOMAINS.get(2)));
    PAGE.hasPerCent(METHOD, figures, DOMAINS);
    assertThat(figures.values(POINT_WISE, "parameters")).containsOnly(1_105_920);
    assertThat(figures.values(SPECTRAL, "parameters")).containsOnly(199_488);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flowers", "faces", "faces-1000"})
  void theScoresOfASet(String set) throws IOException {
    Figures low = scores(set, "0.4");
    PAGE.hasStudy(
        METHOD,
        low,
        List.of(KMMD, "held_out_kid_768", "pairwise", "distance", "reconstruction_l1"));
    Figures whole = scores(set, "1.0");
    PAGE.hasStudy(METHOD, whole, List.of(KMMD, "held_out_kid_768", "pairwise"));

    // What the text says of all sets.
    MeanInterval reconstruction = toSpectral(low, "reconstruction_l1");
    assertThat(reconstruction.high()).isNegative();
    assertThat(reconstruction.mean()).isBetween(-7.55, -5.95);
    MeanInterval diversity = toSpectral(low, "pairwise");
    assertThat(diversity.low()).isPositive();
    assertThat(diversity.mean()).isBetween(0.115, 0.215);
  }

  @Test
  void theOrderIsToldOnFlowersAlone() throws IOException {
    for (String cut : List.of("0.4", "1.0")) {
      Figures flowers = scores("flowers", cut);
      assertThat(toSpectral(flowers, KMMD).high()).isNegative();
      assertThat(MeanInterval.of(flowers.differences(POINT_WISE, "scale-shift", KMMD)).high())
          .isPositive();
      for (String faces : List.of("faces", "faces-1000")) {
        MeanInterval found = toSpectral(scores(faces, cut), KMMD);
        assertThat(found.low()).isNegative();
        assertThat(found.high()).isPositive();
      }
    }
    assertThat(toSpectral(scores("flowers", "0.4"), KMMD).mean()).isBetween(-0.105, -0.095);
    assertThat(toSpectral(scores("flowers", "1.0"), KMMD).mean()).isBetween(-0.025, -0.015);
  }

  @Test
  void theFloor() throws IOException {
    Figures figures = PAGE.figures("graft-order-photographs.csv");
    PAGE.hasMeans(
        "images", figures, List.of("kmmd_768", "kid_768", "pairwise", "distance", "memorised"));
    assertThat(figures.variants()).containsExactlyElementsOf(DOMAINS);
  }

  private static Figures scores(String set, String cut) throws IOException {
    return PAGE.figures("graft-order-%s-%s.csv".formatted(set, cut));
  }

  private static MeanInterval toSpectral(Figures figures, String measure) {
    return MeanInterval.of(figures.differences(POINT_WISE, SPECTRAL, measure));
  }
}
