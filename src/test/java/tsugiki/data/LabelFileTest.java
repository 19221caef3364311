package tsugiki.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.base.BadInputException;

class LabelFileTest {
  private static final ImageSet IMAGES =
      ImageSet.of(
          List.of("a/1.png", "a/2.png", "b/1.png", "c, d.png").stream()
              .map(name -> new RgbImage(name, 1, 1, new byte[3]))
              .toList(),
          "all");

  private static final ImageSet FOLDERS =
      IMAGES.withLabels(new int[] {0, 0, 1, 1}, List.of("two", "one "));

  @TempDir private Path folder;

  @Test
  void namesAreWholePathsOrFileNamesThatAreUnique() throws IOException {
    GivenLabels labels =
        read("\uFEFFimage,class\r\na/1.png,zebra\r\n\r\n2.png, ant \r\n\"c, d.png\",zebra\r\n");
    assertThat(labels.classNames()).containsExactly("ant", "zebra");
    assertThat(labels.labels()).containsExactly(1, 0, GivenLabels.NONE, 1);
    assertThat(labels.labelled()).containsExactly(0, 1, 3);
    assertThat(labels.hidden()).isEmpty();
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = folder.resolve("written.csv");
    LabelFile.write(file, IMAGES, new int[] {1, GivenLabels.NONE, 0, 1}, List.of("x", "y, z"));
    GivenLabels read = LabelFile.read(file, IMAGES);
    assertThat(read.classNames()).containsExactly("x", "y, z");
    assertThat(read.labels()).containsExactly(1, GivenLabels.NONE, 0, 1);
  }

  @Test
  void foldersThatTheFileNamesAreTheClassesAndTellTheMissingLabels() throws IOException {
    GivenLabels labels = read("a/2.png,two\nb/1.png,\"one \"\n", FOLDERS);
    assertThat(labels.classNames()).containsExactly("two", "one ");
    assertThat(labels.labels()).containsExactly(GivenLabels.NONE, 0, 1, GivenLabels.NONE);
    assertThat(labels.hidden()).containsExactly(0, 3);
  }

  @Test
  void aFolderWithoutALabelledImageIsRefused() {
    assertThatThrownBy(() -> read("a/2.png,two\n", FOLDERS))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("labels no image of the class one ; label some");
  }

  @Test
  void aMisspeltFolderIsNoClassOfItsOwn() {
    assertThatThrownBy(() -> read("a/2.png,two\na/1.png,tow\nb/1.png,\"one \"\n", FOLDERS))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("has the class tow, which is no folder of the data")
        .hasMessageContaining("(two, one )");
  }

  @Test
  void spacesAroundANameSurviveBeingWritten() {
    Path file = folder.resolve("written.csv");
    LabelFile.write(file, IMAGES, new int[] {0, 0, 1, 1}, List.of("cat ", " dog"));
    assertThat(LabelFile.read(file, IMAGES).classNames()).containsExactly(" dog", "cat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a/1.png,x;a/9.png,x | line 2 names 'a/9.png', which is no image of the data",
        "1.png,x | line 1 names '1.png', which several folders have",
        "a/1.png | line 1 has not an image's name and a class's name",
        "a/1.png,x,y | line 1 has not an image's name and a class's name",
        "a/1.png, | line 1 has not an image's name and a class's name",
        "a/1.png,x;a/2.png,x;a/1.png,y | line 3 gives 'a/1.png' the class y, and an earlier line x",
        "image,class | labels no image",
      })
  void aBadLineIsNamed(String lines, String wanted) {
    assertThatThrownBy(() -> read(lines.replace(';', '\n')))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("labels " + folder.resolve("labels.csv"))
        .hasMessageContaining(wanted);
  }

  @Test
  void aMissingFileIsNamed() {
    FileLabels labels = new FileLabels(folder.resolve("none.csv"));
    assertThatThrownBy(() -> labels.given(IMAGES))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("none.csv cannot be read (there is no such file)");
  }

  private GivenLabels read(String content) throws IOException {
    return read(content, IMAGES);
  }

  private GivenLabels read(String content, ImageSet images) throws IOException {
    Path file = folder.resolve("labels.csv");
    Files.writeString(file, content);
    return new FileLabels(file).given(images);
  }
}
