package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairedDifferencesTest {
  private final StudyTable table =
      new StudyTable("variant", List.of("fid", "error"))
          .add("a", 0, Map.of("fid", 10.0))
          .add("a", 1, Map.of("fid", 20.0, "error", 0.5))
          .add("a", 2, Map.of("fid", 30.0))
          .add("b", 0, Map.of("fid", 11.0))
          .add("b", 1, Map.of("fid", 22.0, "error", 0.25))
          .add("b", 2, Map.of("fid", 33.0))
          .add("c", 1, Map.of("fid", 10.0))
          .add("c", 7, Map.of("fid", 99.0));

  @Test
  void theDifferencesOfEverySeedToTheFirstVariant() {
    PairedDifferences differences = table.differences();
    assertThat(differences.header()).containsExactly("difference", "fid", "error");
    // 1, 2, 3: 2 ± 4.302653 / √3, where the variants' own intervals are ± 24.8 wide.
    assertThat(differences.cells())
        .containsExactly(
            List.of("b − a", "2.00 ± 2.48", "-0.250 (1 of 3)"),
            List.of("c − a", "-10.0 (1 of 2)", "–"));
    assertThat(table.cells().get(0)).contains("20.0 ± 24.8");
  }

  @Test
  void allPairsInTheCsv() {
    List<String> lines = table.differences().csv().lines().toList();
    assertThat(lines.get(0)).isEqualTo("measure,variant,other,seeds,difference,low,high");
    assertThat(lines.get(1)).matches("fid,b,a,3,2\\.0,-0\\.48413\\d+,4\\.48413\\d+");
    assertThat(lines.subList(2, lines.size()))
        .containsExactly("fid,c,a,1,-10.0,,", "fid,c,b,1,-12.0,,", "error,b,a,1,-0.25,,");
  }

  @Test
  void oneVariantHasNoDifferences() {
    StudyTable one = new StudyTable("variant", List.of("fid")).add("a", 0, Map.of("fid", 1.0));
    assertThat(one.differences().some()).isFalse();
    assertThat(table.differences().some()).isTrue();
  }
}
