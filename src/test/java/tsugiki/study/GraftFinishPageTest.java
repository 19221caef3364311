package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of graft-finish.md that a study of grafts made, and what the text says of them. */
class GraftFinishPageTest {
  private static final ResourceTables PAGE = new ResourceTables("graft-finish.md");
  private static final String KMMD = "held_out_kmmd_768";
  private static final List<String> SCORES =
      List.of(
          "held_out_kmmd_768",
          "held_out_kid_768",
          "kmmd_768",
          "kid_768",
          "pairwise",
          "distance",
          "memorised",
          "reconstruction_l1");

  @ParameterizedTest
  @ValueSource(strings = {"graft-finish-flowers.csv", "graft-finish-faces.csv"})
  void meansAndDifferencesAreThoseOfTheSeeds(String file) throws IOException {
    Figures figures = PAGE.figures(file);
    PAGE.hasStudy("method", figures, SCORES);
    // What the text below says.
    String fewer = "default/finish-steps-500";
    assertThat(figures.variants()).containsExactly("default", fewer);
    for (String score : SCORES) {
      Intervals.holdsZero(MeanInterval.of(figures.differences(fewer, "default", score)));
    }
    Figures photographs = PAGE.figures("graft-finish-photographs.csv");
    for (String variant : figures.variants()) {
      assertThat(mean(figures, variant, "memorised")).isBetween(0.01, 0.155);
      assertThat(mean(figures, variant, "pairwise")).isBetween(0.79, 0.885);
      assertThat(mean(figures, variant, "distance")).isGreaterThan(1);
    }
    for (String images : photographs.variants()) {
      assertThat(mean(photographs, images, "memorised")).isGreaterThan(0.29);
    }
  }

  private static double mean(Figures figures, String variant, String score) {
    return MeanInterval.of(figures.values(variant, score)).mean();
  }

  @Test
  void soIsTheFloor() throws IOException {
    Figures figures = PAGE.figures("graft-finish-photographs.csv");
    PAGE.hasMeans(
        "images",
        figures,
        List.of(KMMD, "kmmd_768", "kid_768", "pairwise", "distance", "memorised"));
    assertThat(figures.variants()).hasSize(2);
    // What the text below says of the default.
    String half = "default/finish-steps-500";
    double flowers = mean(PAGE.figures("graft-finish-flowers.csv"), half, KMMD);
    double faces = mean(PAGE.figures("graft-finish-faces.csv"), half, KMMD);
    List<String> floors = List.copyOf(figures.variants());
    assertThat(flowers / mean(figures, floors.get(0), KMMD)).isBetween(5.25, 5.35);
    assertThat(faces / mean(figures, floors.get(1), KMMD)).isBetween(2.85, 2.95);
  }

  @Test
  void soIsTheTableOfTheParts() throws IOException {
    Figures figures = PAGE.figures("graft-finish-parts.csv");
    PAGE.hasMeans("method", figures, SCORES);
    // What the text below says.
    double whole = mean(figures, "default", KMMD);
    assertThat(mean(figures, "default/finish-from-none", KMMD) - whole).isBetween(0.0245, 0.0255);
    assertThat(mean(figures, "default/finish-native-width-0", KMMD) - whole)
        .isBetween(0.0295, 0.0305);
    for (String same : List.of("default/finish-anchor-0.1", "default/finish-spectrum-3")) {
      assertThat(mean(figures, same, KMMD) - whole).isBetween(-0.01, 0.01);
    }
  }
}
