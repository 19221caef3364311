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
    PAGE.hasStudy("method", PAGE.figures(file), SCORES);
  }

  @Test
  void soIsTheFloor() throws IOException {
    Figures figures = PAGE.figures("graft-finish-photographs.csv");
    PAGE.hasMeans(
        "images", figures, List.of("kmmd_768", "kid_768", "pairwise", "distance", "memorised"));
    assertThat(figures.variants()).hasSize(2);
  }
}
