package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tsugiki.base.BadInputException;
import tsugiki.features.Features;
import tsugiki.features.SampleFeatures;

class ClassTableTest {
  private final Features values =
      SampleFeatures.rows(new float[] {.25f, .75f, 0}, new float[] {.5f, 0, .5f});

  @Test
  void writesTheLikeliestClassesFirstAndQuotesNames() throws IOException {
    ClassProbabilities classes =
        classes(List.of("tench, Tinca", "a \"b\"", "c"), List.of("a/1.png", "a,2.png"));
    assertThat(csv(classes))
        .containsExactly(
            "image,class_1,probability_1,class_2,probability_2,class_3,probability_3",
            "a/1.png,\"a \"\"b\"\"\",0.75,\"tench, Tinca\",0.25,c,0.0",
            "\"a,2.png\",\"tench, Tinca\",0.5,c,0.5,\"a \"\"b\"\"\",0.0");
  }

  @Test
  void numbersStandForNamesThatNobodyGave() throws IOException {
    assertThat(csv(classes(List.of(), List.of())).get(1)).isEqualTo("row 0,1,0.75,0,0.25,2,0.0");
  }

  @Test
  void refusesNamesForAnotherNumberOfClasses() {
    assertThatThrownBy(() -> ClassTable.rows(classes(List.of("a", "b"), List.of())))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("classNames lists 2 names, and there are 3 classes");
  }

  private ClassProbabilities classes(List<String> names, List<String> images) {
    return new ClassProbabilities(values, "is", names, images, "made up");
  }

  private static List<String> csv(ClassProbabilities classes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ClassTable.writeCsv(out, classes);
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
