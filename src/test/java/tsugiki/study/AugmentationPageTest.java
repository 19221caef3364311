package tsugiki.study;

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
}
