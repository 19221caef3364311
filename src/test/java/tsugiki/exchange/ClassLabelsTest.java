package tsugiki.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tsugiki.BadInputException;

class ClassLabelsTest {
  private static final Path MODEL = Path.of("model");

  @Test
  void aNameComesBeforeANumber() {
    ClassLabels digits = new ClassLabels(MODEL, 3, List.of("7", "1", "0"));
    assertThat(digits.find("--class", "0")).isEqualTo(2);
    assertThat(digits.find("--class", "2")).isEqualTo(2);
  }

  @Test
  void seedsGoThroughTheClasses() {
    ClassLabels three = new ClassLabels(MODEL, 3, List.of());
    assertThat(IntStream.range(-2, 4).mapToLong(three::ofSeed))
        .containsExactly(1L, 2L, 0L, 1L, 2L, 0L);
  }

  @Test
  void theMessageListsWhatThereIs() {
    refuses(new ClassLabels(MODEL, 3, List.of()), "9", "the numbers 0 to 2");
    refuses(new ClassLabels(MODEL, 0, List.of()), "9", "model has no classes; leave it out");
    refuses(new ClassLabels(MODEL, ClassLabels.UNKNOWN, List.of()), "oak", "a number from 0");
    List<String> many = IntStream.range(0, 1000).mapToObj(i -> "class" + i).toList();
    refuses(new ClassLabels(MODEL, 1000, many), "oak", "49 class49, … and 950 more");
  }

  private static void refuses(ClassLabels classes, String asked, String words) {
    assertThatThrownBy(() -> classes.find("--class", asked))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("--class " + asked)
        .hasMessageContaining(words);
  }
}
