package tsugiki.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.base.BadInputException;

class LabelFileTest {
  private static final ImageSet IMAGES =
      named(List.of("a/1.png", "a/2.png", "b/1.png", "c, d.png"));

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

  @ParameterizedTest
  @CsvSource({
    "daisy,dasiy",
    "daisy,daiy",
    "rose,rosee",
    "cat,cta",
    "sunflower,sunfluwr",
    "lily,Lilly"
  })
  void aClassThatASlipHasMadeIsRefused(String many, String slip) {
    assertThatThrownBy(() -> flat(10, many, 1, slip))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("labels " + folder.resolve("labels.csv"))
        .hasMessageContaining(
            "the class " + slip + " for one image alone, 10.png, and the class " + many)
        .hasMessageContaining("for 10 images; correct the name, or if it is a class of its own");
  }

  @ParameterizedTest
  @CsvSource({"daisy,rose,1", "type 1,type 2,1", "daisy,dasiy,2", "ox,ax,1"})
  void aClassOfItsOwnIsNoSlip(String many, String other, int images) throws IOException {
    assertThat(flat(10, many, images, other).classNames()).containsExactlyInAnyOrder(many, other);
  }

  @Test
  void aSmallClassIsNoSlipBesideAnotherSmallOne() throws IOException {
    assertThat(flat(9, "horse", 1, "house").classNames()).containsExactly("horse", "house");
  }

  @Test
  void aClassIsWrittenInOneWay() {
    assertThatThrownBy(() -> flat(3, "Snow drop", 2, "snow-drop"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("in two ways, Snow drop (3 images) and snow-drop (2 images)");
  }

  /** Images in no folder, so many of the one class and after them so many of the other. */
  private GivenLabels flat(int first, String one, int second, String other) throws IOException {
    List<String> names =
        IntStream.range(0, first + second).mapToObj(i -> "%02d.png".formatted(i)).toList();
    StringBuilder lines = new StringBuilder();
    names.forEach(
        name -> lines.append(name + "," + (names.indexOf(name) < first ? one : other) + "\n"));
    return read(lines.toString(), named(names));
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

  private static ImageSet named(List<String> names) {
    return ImageSet.of(
        names.stream().map(name -> new RgbImage(name, 1, 1, new byte[3])).toList(), "all");
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
