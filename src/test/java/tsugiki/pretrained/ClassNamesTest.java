package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;

/** The names of an imported network's classes. */
class ClassNamesTest {
  @TempDir private Path folder;

  private void numbers(String... synsets) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < synsets.length; i++) {
      text.append(
          "entry {\n  target_class: %d\n  target_class_string: \"%s\"\n}\n"
              .formatted(synsets.length - i, synsets[i]));
    }
    Files.writeString(folder.resolve(ImageNetLabels.NUMBERS), text);
  }

  /** Inception has an order of its own; all others have the synsets'. */
  @Test
  void imageNetsNamesAreInTheOrderOfTheSynsets() throws IOException {
    Files.writeString(
        folder.resolve(ImageNetLabels.WORDS),
        "n02012849\tcrane\nn01440764\ttench, Tinca tinca\nn03126707\tcrane, lifter\nn9\tother\n");
    numbers("n03126707", "n01440764", "n02012849");
    assertThat(ImageNetLabels.bySynset(folder)).containsExactly("tench", "crane", "crane, lifter");
    numbers("n03126707", "n1");
    assertThatThrownBy(() -> ImageNetLabels.bySynset(folder))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("its class n1 has no name");
    Files.delete(folder.resolve(ImageNetLabels.WORDS));
    assertThat(ImageNetLabels.bySynset(folder)).isEmpty();
  }

  @Test
  void namesAreReadLineByLine() throws IOException {
    Path file = Files.writeString(folder.resolve("names"), " ant \n\nbee, honey\n");
    assertThat(ClassNames.read(file)).containsExactly("ant", "bee, honey");
    assertThatThrownBy(() -> ClassNames.read(folder.resolve("none")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("give a text file with one name a line");
  }
}
