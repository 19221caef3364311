package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables of augmentation.md, whose figures are those of the CSV file beside it. */
class AugmentationPageTest {
  private static final ResourceTables PAGE = new ResourceTables("augmentation.md");
  private static final List<String> SCORES =
      List.of("starter_class_score", "kid_768", "fid_768", "precision", "recall", "memorised");

  @Test
  void theFacesHaveTheMeansAndDifferencesOfTheSeeds() throws IOException {
    Figures figures = PAGE.figures("augmentation-faces.csv");
    StudyTable table = new StudyTable("variant", SCORES);
    for (String variant : figures.variants()) {
      figures.of(variant).forEach((seed, values) -> table.add(variant, seed, values));
    }
    PAGE.has(table.header(), table.cells());
    PAGE.has(table.differences().header(), table.differences().cells());
  }

  /** What the text below the tables says. */
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

  private static MeanInterval difference(Figures figures, String variant, String score) {
    return MeanInterval.of(figures.differences(variant, "none", score));
  }
}
