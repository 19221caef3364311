package tsugiki.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.base.BadInputException;
import tsugiki.base.Details;

class ImageSourceTest {
  private static final byte[] PNG = TestImages.png(10, 9, 0x102030);

  @TempDir Path folder;

  @Test
  void a_folder_is_read_deep_in_order_without_hidden_and_other_files() {
    for (String name :
        new String[] {
          "b/2.png", "b/10.PNG", "a/deep/x.png", "a/.hidden.png", ".git/y.png", "a/notes.txt"
        }) {
      TestImages.write(folder, name, PNG);
    }

    try (ImageSource source = ImageSource.open(folder)) {
      assertThat(source.names()).containsExactly("a/deep/x.png", "b/10.PNG", "b/2.png");
      assertThat(source.classNames()).containsExactly("a", "b");
      assertThat(source.labels()).containsExactly(0, 1, 1);
      assertThat(source).hasSize(3);
      assertThat(source.read(1).name()).isEqualTo("b/10.PNG");
      assertThat(source.read(1).sample(8, 9, 2)).isEqualTo(0x30);
    }
  }

  @Test
  void a_zip_reads_as_the_folder_that_was_packed() {
    Path zip =
        TestImages.zip(
            folder.resolve("set.zip"),
            "b/2.png",
            PNG,
            "b/10.png",
            PNG,
            "a/x.png",
            PNG,
            "__MACOSX/a/._x.png",
            PNG,
            "notes.txt",
            PNG);

    try (ImageSource source = ImageSource.open(zip)) {
      assertThat(source.names()).containsExactly("a/x.png", "b/10.png", "b/2.png");
      assertThat(source.labels()).containsExactly(0, 1, 1);
      assertThat(source.read(2).width()).isEqualTo(10);
    }
  }

  /** As the Compress-Archive of Windows PowerShell 5.1 names what it packs. */
  @Test
  void aZipWithBackslashesHasItsFolders() {
    Path zip =
        TestImages.zip(
            folder.resolve("set.zip"),
            "set\\a.png\\",
            new byte[0],
            "set\\b\\2.png",
            PNG,
            "set\\a.png\\1.png",
            PNG);
    try (ImageSource source = ImageSource.open(zip)) {
      assertThat(source.names()).containsExactly("set/a.png/1.png", "set/b/2.png");
      assertThat(source.read(1).width()).isEqualTo(10);
    }
    try (ImageSource source = ImageSource.open(zip.resolve("set"))) {
      assertThat(source.labels()).containsExactly(0, 1);
      assertThat(source.read(0).width()).isEqualTo(10);
    }
  }

  @Test
  void a_folder_in_a_zip_is_a_source() {
    Path zip =
        TestImages.zip(
            folder.resolve("set.zip"),
            "train/car/1.png",
            PNG,
            "train/cat/1.png",
            PNG,
            "1.png",
            PNG);

    try (ImageSource source = ImageSource.open(zip.resolve("train"))) {
      assertThat(source.names()).containsExactly("car/1.png", "cat/1.png");
      assertThat(source.classNames()).containsExactly("car", "cat");
      assertThat(source.read(0).height()).isEqualTo(9);
    }
  }

  @Test
  void images_in_no_folder_are_one_class_named_after_the_source() {
    TestImages.write(folder, "roses/2.png", PNG);
    TestImages.write(folder, "roses/1.png", PNG);

    try (ImageSource source = ImageSource.open(folder.resolve("roses"))) {
      assertThat(source.classNames()).containsExactly("roses");
      assertThat(source.labels()).containsExactly(0, 0);
    }
  }

  @Test
  void one_file_is_a_source() {
    Path file = TestImages.write(folder, "one.png", PNG);
    TestImages.write(folder, "two.png", PNG);

    try (ImageSource source = ImageSource.open(file)) {
      assertThat(source.names()).containsExactly("one.png");
      assertThat(source.read(0).height()).isEqualTo(9);
    }
  }

  @Test
  void a_limit_takes_the_first_in_file_order() {
    for (String name : new String[] {"c/3.png", "a/1.png", "b/2.png"}) {
      TestImages.write(folder, name, PNG);
    }

    try (ImageSource source = ImageSource.open(folder)) {
      assertThat(source.limit(2).names()).containsExactly("a/1.png", "b/2.png");
      assertThat(source.limit(2).classNames()).containsExactly("a", "b");
      assertThat(source.limit(9).count()).isEqualTo(3);
      assertThatThrownBy(() -> source.limit(0)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void images_are_decoded_only_when_asked_for() {
    TestImages.write(folder, "1.png", PNG);
    TestImages.write(folder, "2.png", new byte[] {1, 2, 3});

    try (ImageSource source = ImageSource.open(folder)) {
      Iterator<RgbImage> images = source.iterator();

      assertThat(images.next().name()).isEqualTo("1.png");
      assertThatThrownBy(images::next)
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(folder.resolve("2.png").toString());
    }
  }

  @Test
  void whatIsLeftOutIsNamedWithTheReason() throws Exception {
    TestImages.write(folder, "in/a.png", PNG);
    TestImages.write(folder, "in/b.HEIC", PNG);
    TestImages.write(folder, "in/notes.txt", PNG);
    TestImages.write(folder, "in/.hidden.heic", PNG);
    Path in = folder.resolve("in");
    Files.createSymbolicLink(in.resolve("gone.jpg"), Path.of("/no/such/file.jpg"));
    assertThat(new ProcessBuilder("mkfifo", in + "/pipe.png").start().waitFor()).isZero();

    try (LoggedLines log = new LoggedLines(ImageSource.class);
        ImageSource source = ImageSource.open(in)) {
      assertThat(source.names()).containsExactly("a.png");
      assertThat(log.lines())
          .containsExactly(
              "'%s' holds 1 image; left out: b.HEIC (HEIC is not read; convert it to JPEG or PNG), gone.jpg (a link that leads nowhere), pipe.png (a pipe, socket or device and no file), notes.txt (no image)"
                  .formatted(in));
    }
    assertRefused(in.resolve("pipe.png"), "is a pipe, socket or device and no file");
    assertRefused(in.resolve("gone.jpg"), "is a link that leads nowhere");
    Files.delete(in.resolve("a.png"));
    assertRefused(in, "holds no image, but b.HEIC (HEIC is not read");
  }

  @Test
  void ofTwoEntriesWithOneNameOneIsNamedAsLeftOut() {
    Path zip = TestImages.zip(folder.resolve("set.zip"), "a/1.png", PNG, "a\\1.png", PNG);
    try (LoggedLines log = new LoggedLines(ImageSource.class);
        ImageSource source = ImageSource.open(zip)) {
      assertThat(source.names()).containsExactly("a/1.png");
      assertThat(log.lines())
          .containsExactly(
              "'%s' holds 1 image; left out: a/1.png (another entry has this name)".formatted(zip));
    }
  }

  @Test
  void aLongListIsShortenedAndStandsWholeInTheDetails() {
    TestImages.write(folder, "in/a.png", PNG);
    for (int i = 0; i < 7; i++) {
      TestImages.write(folder, "in/" + i + ".txt", PNG);
    }
    TestImages.write(folder, "in/b.heic", PNG);
    Path in = folder.resolve("in");
    try (LoggedLines log = new LoggedLines(ImageSource.class);
        LoggedLines details = new LoggedLines(Details.LOGGER);
        ImageSource source = ImageSource.open(in)) {
      assertThat(source.count()).isOne();
      assertThat(log.lines())
          .singleElement()
          .asString()
          .endsWith(
              "0.txt, 1.txt, 2.txt, 3.txt, 4.txt and 2 more (no image); a run's log.txt names all"
                  + " of them, and so does verbose");
      assertThat(details.lines())
          .containsExactly(
              "left out of '%s':\nb.heic (HEIC is not read; convert it to JPEG or PNG)\n"
                      .formatted(in)
                  + "0.txt (no image)\n1.txt (no image)\n2.txt (no image)\n3.txt (no image)\n"
                  + "4.txt (no image)\n5.txt (no image)\n6.txt (no image)");
    }
  }

  @Test
  void aZipNamesWhatItLeavesOutToo() {
    Path zip = TestImages.zip(folder.resolve("set.zip"), "a.png", PNG, "b.avif", PNG);
    try (LoggedLines log = new LoggedLines(ImageSource.class);
        ImageSource source = ImageSource.open(zip)) {
      assertThat(source.count()).isOne();
      assertThat(log.lines()).singleElement().asString().contains("b.avif (AVIF is not read;");
    }
  }

  @Test
  void aTiffIsReadAndTurnedUpright() {
    byte[] tiff = TestImages.encode(TestImages.plain(10, 9, 0x102030), "tiff");
    TestImages.write(folder, "a.tif", tiff);
    // Turned a quarter to the right, 1 2 3 over 4 5 6 is 4 1 over 5 2 over 6 3.
    TestImages.write(folder, "b.tiff", TestImages.tiff(3, 2, 6, new byte[] {1, 2, 3, 4, 5, 6}));
    try (ImageSource source = ImageSource.open(folder)) {
      assertThat(source.names()).containsExactly("a.tif", "b.tiff");
      assertThat(source.read(0).height()).isEqualTo(9);
      assertThat(source.read(0).sample(8, 9, 2)).isEqualTo(0x30);
      RgbImage turned = source.read(1);
      assertThat(turned.width()).isEqualTo(2);
      assertThat(turned.rgb())
          .containsExactly(4, 4, 4, 1, 1, 1, 5, 5, 5, 2, 2, 2, 6, 6, 6, 3, 3, 3);
    }
  }

  @Test
  void theChartsOfARunAreNoImages() {
    for (String name : new String[] {"options.json", "metrics.jsonl", "samples.png"}) {
      TestImages.write(folder, "run/" + name, PNG);
    }
    assertRefused(folder.resolve("run"), "is the directory of a run");
    for (String name : new String[] {"options.json", "study.csv", "samples-of-all.png"}) {
      TestImages.write(folder, "study/" + name, PNG);
    }
    assertRefused(folder.resolve("study"), "is the directory of a study");
  }

  @Test
  void imagesThatAreNotSquareAreCountedAndCut() {
    TestImages.write(folder, "a.png", PNG);
    TestImages.write(folder, "b.png", TestImages.png(9, 9, 0));
    TestImages.write(folder, "c.png", new byte[] {1});
    try (ImageSource source = ImageSource.open(folder)) {
      assertThat(source.notSquare(3)).isOne();
      assertThat(source.notSquare(1)).isOne();
      ImageSource squares = source.cropped(Crop.SQUARE).limit(2);
      assertThat(squares.read(0).width()).isEqualTo(9);
      assertThat(squares.whole()).isFalse();
      assertThat(source.read(0).width()).isEqualTo(10);
    }
  }

  @Test
  void nothing_and_no_image_are_refused() throws IOException {
    assertRefused(folder.resolve("missing"), "does not exist");
    assertRefused(Files.createDirectory(folder.resolve("empty")), "holds no image");
    assertRefused(TestImages.write(folder, "texts/a.txt", PNG).getParent(), "holds no image");
    assertRefused(TestImages.write(folder, "a.txt", PNG), "neither a folder, a zip nor");
    assertRefused(TestImages.write(folder, "a.zip", PNG), "cannot be opened as a zip");
    Path zip = TestImages.zip(folder.resolve("texts.zip"), "a.txt", PNG);
    assertRefused(zip, "holds no image");
    assertRefused(zip.resolve("train"), "holds no image");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_refused_zip_is_closed() throws IOException {
    Path zip = TestImages.zip(folder.resolve("closed.zip"), "a.txt", PNG).toRealPath();
    assertRefused(zip, "holds no image");
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      assertThat(open.filter(Files::exists).map(ImageSourceTest::target)).doesNotContain(zip);
    }
  }

  private static Path target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor);
    } catch (IOException e) {
      // Closed meanwhile, by another thread.
      return descriptor;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil.png", "a/../../evil.png", "/etc/evil.png", "C:/evil.png", "..\\evil.png"})
  void a_zip_with_a_name_that_leads_out_is_refused(String name) {
    Path zip = TestImages.zip(folder.resolve("slip.zip"), "good.png", PNG, name, PNG);

    assertRefused(zip, "leads out of the archive");
  }

  @Test
  void a_name_with_two_dots_inside_is_fine() {
    Path zip = TestImages.zip(folder.resolve("dots.zip"), "a..b/1..png", PNG);

    try (ImageSource source = ImageSource.open(zip)) {
      assertThat(source.names()).containsExactly("a..b/1..png");
    }
  }

  @Test
  void a_zip_bomb_is_refused() {
    Path zip = TestImages.zip(folder.resolve("bomb.zip"), "zeros.bmp", new byte[8 << 20]);

    assertRefused(zip, "times its size");
  }

  @Test
  void a_zip_beyond_the_limits_is_refused() {
    Path zip = TestImages.zip(folder.resolve("many.zip"), "1.png", PNG, "2.png", PNG, "3.png", PNG);

    assertThatThrownBy(() -> ZipFiles.open(zip, "", new ZipFiles.Limits(2, 1 << 20, 200)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("3 entries");
    assertThatThrownBy(() -> ZipFiles.open(zip, "", new ZipFiles.Limits(9, PNG.length * 2, 200)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("unpacks to");
  }

  @Test
  void an_entry_that_is_larger_than_the_directory_says_is_refused() throws IOException {
    Path zip =
        TestImages.zip(
            folder.resolve("lie.zip"), "1.png", TestImages.encode(TestImages.noise(50, 50), "png"));
    byte[] bytes = Files.readAllBytes(zip);
    // The directory's header begins with PK\\1\\2 and has the unpacked size at its byte 24.
    int directory = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    bytes[directory + 24] = 100;
    bytes[directory + 25] = 0;
    bytes[directory + 26] = 0;
    Files.write(zip, bytes);

    try (ImageSource source = ImageSource.open(zip)) {
      assertThatThrownBy(() -> source.read(0))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("1.png");
    }
  }

  private static void assertRefused(Path path, String reason) {
    assertThatThrownBy(() -> ImageSource.open(path))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(path.getFileName().toString())
        .hasMessageContaining(reason);
  }
}
