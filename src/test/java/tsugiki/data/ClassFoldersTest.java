package tsugiki.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.base.BadInputException;

class ClassFoldersTest {
  private static final byte[] PNG = TestImages.png(8, 8, 0x102030);

  @TempDir private Path folder;

  private ImageSet images(List<String> classes, String... names) {
    Object[] entries = new Object[2 * names.length];
    for (int i = 0; i < names.length; i++) {
      entries[2 * i] = names[i];
      entries[2 * i + 1] = PNG;
    }
    return TrainingImages.load(
        TestImages.zip(folder.resolve("set.zip"), entries), classes, ImageSet.MIN_SIDE);
  }

  private ImageSet images(String... names) {
    return images(List.of(), names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "50%"})
  void partsOfADatasetAreNoClasses(String labels) {
    ImageSet parts = images("train/rose/1.png", "train/daisy/1.png", "test/rose/2.png");
    assertThatThrownBy(() -> GivenSource.of(labels, 0).orElseThrow().summary(parts))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "data has no image in the folders test, train themselves, but in folders below (daisy,"
                + " rose); if those are the classes, add /train to data, otherwise give classes"
                + " test,train");
    ImageSet wrapped = images("set/rose/1.png", "set/daisy/1.png");
    assertThatThrownBy(() -> GivenSource.of(labels, 0).orElseThrow().summary(wrapped))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("add /set to data");
  }

  @Test
  void theClassesThatWereFoundAreNamedWithTheirImages() {
    assertThat(new FolderLabels().summary(images("rose/1.png", "rose/2.png", "daisy/1.png")))
        .isEqualTo("3 images of 2 classes, 3 of them labelled (daisy 1, rose 2)");
    assertThat(new FolderLabels().summary(images("rose/1.png")))
        .isEqualTo("1 image of 1 class, 1 of them labelled (rose 1)");
  }

  @Test
  void foldersBelowClassesThatDoNotRepeatAreLeftToThem() {
    assertThat(new FolderLabels().summary(images("rose/red/1.png", "daisy/white/1.png")))
        .contains("daisy 1, rose 1");
  }

  /** A label is the place of the user's name for its class, not of the folder's. */
  @Test
  void classesAreLabelledInTheOrderInWhichTheyAreNamed() {
    ImageSet chosen =
        images(List.of("rose", "daisy"), "n01-daisy/1.png", "n02-lily/2.png", "n03-rose/3.png");
    assertThat(chosen.classNames()).containsExactly("rose", "daisy");
    assertThat(chosen.names())
        .map(name -> name.replaceFirst(".*/", ""))
        .containsExactly("1.png", "3.png");
    assertThat(chosen.labels()).containsExactly(1, 0);
  }

  @Test
  void classesThatTheUserNamesAreTaken() {
    ImageSet chosen =
        images(
            List.of("test", "train"), "train/rose/1.png", "train/daisy/1.png", "test/rose/2.png");
    assertThat(new FolderLabels().summary(chosen)).contains("test 1, train 2");
  }
}
