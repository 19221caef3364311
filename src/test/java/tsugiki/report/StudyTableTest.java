package tsugiki.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudyTableTest {
  private final StudyTable table =
      new StudyTable("variant", List.of("fid", "error"))
          .add("b", 1, Map.of("fid", 1.0, "error", 0.5, "other", 9.0))
          .add("a", 0, Map.of("fid", 120.25))
          .add("b", 0, Map.of("fid", 3.0));

  @Test
  void meanAndSampleDeviationARow() {
    assertThat(table.header()).containsExactly("variant", "fid", "error", "repetitions");
    assertThat(table.cells())
        .containsExactly(
            List.of("b", "2.000 ± 1.414", "0.500", "2"), List.of("a", "120", "–", "1"));
    assertThat(table.markdown())
        .isEqualTo(
            """
            | variant | fid | error | repetitions |
            |---|---|---|---|
            | b | 2.000 ± 1.414 | 0.500 | 2 |
            | a | 120 | – | 1 |
            """);
  }

  @Test
  void everyRepetitionInTheCsv() {
    assertThat(table.csv())
        .isEqualTo("variant,seed,fid,error\nb,0,3.0,\nb,1,1.0,0.5\na,0,120.25,\n");
  }
}
