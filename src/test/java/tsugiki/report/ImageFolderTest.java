package tsugiki.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;

class ImageFolderTest {
  private static final int SIZE = 2 * 3 * 3;

  @TempDir Path temp;

  @Test
  void numbersTheImagesAndShowsTheFirstTogether() throws IOException {
    Path out = temp.resolve("new/out");
    ImageFolder folder = ImageFolder.create(out, 2, 3, 1);
    folder.add(greys(0, 60));
    folder.add(greys(60, 67));

    Path grid = folder.writeGrid();

    assertThat(folder.names()).hasSize(67).startsWith("000000.png").endsWith("000066.png");
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files).hasSize(68);
    }
    assertThat(grey(out.resolve("000066.png"), 0, 0)).isEqualTo(66);
    BufferedImage image = ImageIO.read(grid.toFile());
    int scale = Pictures.readableScale(2, 3);
    assertThat(scale).isGreaterThan(1);
    assertThat(image.getWidth()).isEqualTo(8 * (scale * 3 + 2) + 2);
    assertThat(image.getHeight()).isEqualTo(8 * (scale * 2 + 2) + 2);
    assertThat(grey(grid, 2, 2)).isZero();
    assertThat(grey(grid, image.getWidth() - 3, image.getHeight() - 3)).isEqualTo(63);
  }

  @Test
  void refusesAFolderWithOtherFilesAndAFile() throws IOException {
    Path file = Files.createFile(temp.resolve("notes.txt"));
    refuses(temp, "is not empty");
    refuses(file, "is a file");
    ImageFolder.refuseUsed(temp.resolve("new"));
    assertThat(temp.resolve("new")).doesNotExist();
  }

  @Test
  void whatOtherProcessesHaveWrittenGoesTooWhereTheWorkIsGivenUp() {
    Path out = temp.resolve("out");
    try (ImageFolder folder = ImageFolder.create(out, 2, 3, 1)) {
      folder.expect(9);
      ImageFolder.write(out, 0, greys(0, 2), 2, 3, 1);
      folder.added(2, greys(0, 2));
      ImageFolder.write(out, 6, greys(6, 9), 2, 3, 1);
      assertThat(folder.names()).hasSize(2);
      assertThat(out.resolve("000008.png")).exists();
    }
    assertThat(out).doesNotExist();
  }

  /** As where a disk is full after some of them. */
  @Test
  void imagesBeforeOneThatCannotBeWrittenGoToo() throws IOException {
    Path out = temp.resolve("out");
    Path inTheWay = out.resolve("000003.png/file");
    try (ImageFolder folder = ImageFolder.create(out, 2, 3, 1)) {
      folder.add(greys(0, 1));
      Files.createDirectories(inTheWay);
      assertThatThrownBy(() -> folder.add(greys(1, 5))).isInstanceOf(RuntimeException.class);
      assertThat(out.resolve("000002.png")).exists();
      FileUtils.deleteDirectory(inTheWay.getParent().toFile());
    }
    assertThat(out).doesNotExist();
  }

  private static void refuses(Path folder, String words) {
    assertThatThrownBy(() -> ImageFolder.create(folder, 2, 3, 1))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("out " + folder + " " + words);
  }

  /** Images of one grey each, as dark as their numbers. */
  private static byte[] greys(int from, int to) {
    byte[] images = new byte[(to - from) * SIZE];
    for (int i = from; i < to; i++) {
      Arrays.fill(images, (i - from) * SIZE, (i - from + 1) * SIZE, (byte) i);
    }
    return images;
  }

  private static int grey(Path file, int x, int y) throws IOException {
    return ImageIO.read(file.toFile()).getRGB(x, y) & 255;
  }
}
