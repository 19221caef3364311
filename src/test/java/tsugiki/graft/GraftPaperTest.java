package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tsugiki.study.StudyReport;

/** The paper's figures beside those of a study. */
class GraftPaperTest {
  private static final StudyReport.Section NONE = differences(List.of(), List.of());

  private static StudyReport.Section differences(List<String> columns, List<String> cells) {
    List<String> header = new ArrayList<>(List.of("method"));
    header.addAll(columns);
    List<String> row = new ArrayList<>(List.of("point-wise:8"));
    row.addAll(cells);
    return new StudyReport.Section("", "", header, List.of(row));
  }

  @Test
  void aDomainOfBothHasBothDifferences() {
    StudyReport.Section heldOut =
        differences(List.of("passion-flower, 25 images"), List.of("-12.3 ± 4.5"));
    StudyReport.Section training =
        differences(List.of("human-face, 50 images"), List.of("-6.7 ± 8.9"));

    StudyReport.Section found = GraftPaper.beside("scale-shift-spectral", heldOut, training);

    assertThat(found.rows())
        .hasSize(12)
        .contains(
            List.of("passion flower", "25", "2.976", "−0.71", "-12.3 ± 4.5"),
            List.of("human face", "50", "2.507", "−0.88", "-6.7 ± 8.9 (to training images)"),
            List.of("firefinch", "25", "2.965", "−0.94", "–"));
    assertThat(found.text()).contains("of point-wise:8 to scale-shift-spectral.");
  }

  @Test
  void aStudyWithoutTheDifferenceHasNoTable() {
    StudyReport.Section heldOut =
        differences(List.of("passion-flower, 25 images"), List.of("-12.3 ± 4.5"));
    assertThat(GraftPaper.beside("point-wise:1", heldOut, NONE).rows()).isEmpty();
    assertThat(GraftPaper.beside("scale-shift", NONE, NONE).rows()).isEmpty();
  }
}
