package tsugiki.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;

class ClassLabelsTest {
  private static final Path MODEL = Path.of("model");

  @Test
  void aNameComesBeforeANumber() {
    ClassLabels digits = new ClassLabels(MODEL, 3, List.of("7", "1", "0"), List.of());
    assertThat(digits.find("class", "0")).isEqualTo(2);
    assertThat(digits.find("class", "2")).isEqualTo(2);
  }

  /** ImageNet's classes have several names each, and some of these are of two classes. */
  @Test
  void oneOfSeveralNamesIsEnoughAndTheNearestIsNamed() {
    ClassLabels labels =
        new ClassLabels(
            MODEL, 3, List.of("crane", "tench, Tinca tinca", "hoist, crane, winch"), List.of());
    assertThat(labels.find("class", "tinca Tinca")).isEqualTo(1);
    assertThat(labels.find("class", "winch")).isEqualTo(2);
    assertThat(labels.find("class", "crane")).isEqualTo(0);
    assertThatThrownBy(() -> labels.find("class", "whinch"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("whinch is no class of model; the nearest is winch; it has 0 crane");
    assertThatThrownBy(() -> labels.find("class", "-1"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("-1 is no class of model; it has 0 crane");
    ClassLabels two = new ClassLabels(MODEL, 2, List.of("a, crane", "b, crane"), List.of());
    assertThatThrownBy(() -> two.find("class", "crane"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("class crane is the classes [0, 1] of model; give one number");
  }

  @Test
  void labelsAreCheckedAgainstTheCountWhereItIsKnown() {
    ClassLabels three = new ClassLabels(MODEL, 3, List.of(), List.of());
    three.require(0, 2);
    assertThatThrownBy(() -> three.require(2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label 3 is no class of model; it has the numbers 0 to 2");
    ClassLabels unknown = new ClassLabels(MODEL, ClassLabels.UNKNOWN, List.of(), List.of());
    unknown.require(0, 999);
    assertThatThrownBy(() -> unknown.require(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label -1 is no class of model");
  }

  @Test
  void seedsGoThroughTheClasses() {
    ClassLabels three = new ClassLabels(MODEL, 3, List.of(), List.of());
    assertThat(IntStream.range(-2, 4).mapToLong(three::ofSeed))
        .containsExactly(1L, 2L, 0L, 1L, 2L, 0L);
  }

  @Test
  void seedsDrawClassesByTheirSharesWhereTrainingDid() {
    List<Double> shares = List.of(0.0, 0.75, 0.25, 0.0);
    ClassLabels clusters = new ClassLabels(MODEL, 4, List.of(), shares);
    long[] drawn = IntStream.range(0, 4000).mapToLong(clusters::ofSeed).toArray();

    assertThat(drawn).containsOnly(1, 2);
    assertThat(Arrays.stream(drawn).filter(label -> label == 1).count() / 4000.0)
        .isCloseTo(0.75, within(0.03));
    assertThat(clusters.ofSeed(17)).isEqualTo(drawn[17]);
  }

  @Test
  void aModelSaysHowItsClassesWereDrawnAndAnOlderOneThatTheyWereAlike(@TempDir Path model)
      throws IOException {
    ModelMetadata even = ModelMetadata.of("test", 1, 1, List.of("x", "y"), new Classes(2));
    even.withClassShares(new double[] {0.9, 0.1}).write(model);
    Path file = model.resolve("assets.extra/tsugiki.json");
    assertThat(ModelMetadata.read(model).classShares()).containsExactly(0.9, 0.1);

    Files.writeString(file, Files.readString(file).replaceAll(",\\s*\"classShares\"[^]]*]", ""));
    assertThat(ModelMetadata.read(model)).isEqualTo(even);
    ClassLabels labels = ClassLabels.of(model, true, ModelMetadata.find(model));
    assertThat(labels).isEqualTo(new ClassLabels(model, 2, List.of("x", "y"), List.of()));
  }

  private record Classes(int classes) {}

  @Test
  void theMessageListsWhatThereIs() {
    refuses(new ClassLabels(MODEL, 3, List.of(), List.of()), "9", "the numbers 0 to 2");
    refuses(
        new ClassLabels(MODEL, 0, List.of(), List.of()), "9", "model has no classes; leave it out");
    refuses(
        new ClassLabels(MODEL, ClassLabels.UNKNOWN, List.of(), List.of()),
        "oak",
        "a number from 0");
    List<String> many = IntStream.range(0, 1000).mapToObj(i -> "class" + i).toList();
    refuses(new ClassLabels(MODEL, 1000, many, List.of()), "oak", "49 class49, … and 950 more");
  }

  private static void refuses(ClassLabels classes, String wanted, String words) {
    assertThatThrownBy(() -> classes.find("class", wanted))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("class " + wanted)
        .hasMessageContaining(words);
  }
}
