package tsugiki.study;

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
  void meanAndHalfWidthPerVariant() {
    assertThat(table.header()).containsExactly("variant", "fid", "error", "repetitions");
    assertThat(table.cells())
        .containsExactly(
            List.of("b", "2.00 ± 12.71", "0.500 (1 of 2)", "2"), List.of("a", "120", "–", "1"));
    assertThat(table.markdown())
        .isEqualTo(
            """
            | variant | fid | error | repetitions |
            |---|---|---|---|
            | b | 2.00 ± 12.71 | 0.500 (1 of 2) | 2 |
            | a | 120 | – | 1 |
            """);
  }

  @Test
  void threeDigitsHoweverSmallTheScore() {
    StudyTable small = new StudyTable("variant", List.of("kid", "zero", "steps"));
    small.add("a", 0, Map.of("kid", 0.000431, "zero", 0.0, "steps", 12_345.0));
    small.add("b", 0, Map.of("kid", 0.0523, "zero", 0.0, "steps", 12.345));
    small.add("b", 1, Map.of("kid", 0.0523, "zero", 0.0, "steps", 12.345));

    assertThat(small.cells())
        .containsExactly(
            List.of("a", "0.000431", "0.000", "12345", "1"),
            List.of("b", "0.0523 ± 0.0000", "0.000 ± 0.000", "12.3 ± 0.0", "2"));
  }

  @Test
  void everyRepetitionInTheCsv() {
    table.add("with, comma", 0, Map.of());
    assertThat(table.csv())
        .isEqualTo(
            "variant,seed,fid,error\nb,0,3.0,\nb,1,1.0,0.5\na,0,120.25,\n\"with, comma\",0,,\n");
  }
}
