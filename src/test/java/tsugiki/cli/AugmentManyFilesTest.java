package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.data.TestImages;

/** The verb {@code augment} on a dataset of many small files. */
class AugmentManyFilesTest {
  private static final int IN_A_FOLDER = 1_000;

  @TempDir private Path folder;

  @Test
  @Tag("slow")
  void thousandsOfImages() throws IOException {
    eachImageHasItsCopy(2_000);
  }

  @Test
  @Tag("faults")
  void aHundredThousandImages() throws IOException {
    eachImageHasItsCopy(100_000);
  }

  private void eachImageHasItsCopy(int count) throws IOException {
    Path images = folder.resolve("images");
    Path out = folder.resolve("out");
    byte[] image = TestImages.encode(TestImages.plain(2, 2, 0x336699), "png");
    for (int i = 0; i < count; i++) {
      Path file = images.resolve("%03d/%06d.png".formatted(i / IN_A_FOLDER, i));
      Files.createDirectories(file.getParent());
      Files.write(file, image);
    }
    Program.run("augment", "--images", images, "--policy", "invert", "--out", out).succeeds();
    try (Stream<Path> files = Files.walk(out)) {
      assertThat(files.filter(Files::isRegularFile).count()).isEqualTo(2L * count + 2);
    }
    try (Stream<String> lines = Files.lines(out.resolve("manifest.csv"))) {
      assertThat(lines.distinct().count()).isEqualTo(2L * count + 1);
    }
    String last = "%03d/%06d".formatted((count - 1) / IN_A_FOLDER, count - 1);
    assertThat(out.resolve(last + ".png")).hasBinaryContent(image);
    assertThat(Pixels.of(out.resolve(last + "-invert.png"))).isEqualTo(Pixels.of(inverted()));
  }

  /** A file of the inverted image. */
  private Path inverted() throws IOException {
    Path file = folder.resolve("inverted.png");
    return Files.write(file, TestImages.encode(TestImages.plain(2, 2, 0xCC9966), "png"));
  }
}
