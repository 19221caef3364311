package tsugiki.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;

class ImageGridTest {
  private static final int WHITE = 0xffffff;
  private static final int N = 5;
  private static final int HEIGHT = 4;
  private static final int WIDTH = 6;
  private static final byte[] BATCH = TestImages.gradients(N, HEIGHT, WIDTH);

  @TempDir Path folder;

  @Test
  void placesEveryPixelWhereTheFormulaSays() {
    int columns = 3;
    int gap = 2;
    int scale = 3;
    BufferedImage grid = ImageGrid.of(BATCH, N, HEIGHT, WIDTH, columns, gap, scale);

    assertThat(grid.getWidth()).isEqualTo(2 + 3 * (18 + 2));
    assertThat(grid.getHeight()).isEqualTo(2 + 2 * (12 + 2));
    for (int i = 0; i < N; i++) {
      int left = gap + i % columns * (WIDTH * scale + gap);
      int top = gap + i / columns * (HEIGHT * scale + gap);
      assertImage(grid, left, top, i, scale);
    }
  }

  @Test
  void gapsAndPlacesLeftOverAreWhite() {
    BufferedImage grid = ImageGrid.of(BATCH, N, HEIGHT, WIDTH, 3, 2, 3);

    assertThat(rgb(grid, 0, 0)).isEqualTo(WHITE);
    assertThat(rgb(grid, 21, 5)).as("between the first two images").isEqualTo(WHITE);
    assertThat(rgb(grid, 5, 15)).as("between the rows").isEqualTo(WHITE);
    assertThat(rgb(grid, 45, 20)).as("the sixth place of five images").isEqualTo(WHITE);
  }

  @Test
  void pairsStandCloserThanTheirNeighbours() {
    byte[] reconstruction = new byte[BATCH.length];
    int gap = 1;
    int scale = 2;
    BufferedImage grid = ImageGrid.pairs(BATCH, reconstruction, N, HEIGHT, WIDTH, 2, gap, scale);

    int pairWidth = 2 * 12 + 1 + 4;
    assertThat(grid.getWidth()).isEqualTo(4 + 2 * pairWidth);
    assertThat(grid.getHeight()).isEqualTo(4 + 3 * (8 + 4));
    for (int i = 0; i < N; i++) {
      int left = 4 + i % 2 * pairWidth;
      int top = 4 + i / 2 * 12;
      assertImage(grid, left, top, i, scale);
      assertThat(rgb(grid, left + 12, top)).as("gap inside pair " + i).isEqualTo(WHITE);
      assertThat(rgb(grid, left + 13, top)).as("reconstruction " + i).isZero();
      assertThat(rgb(grid, left + 25, top)).as("gap after pair " + i).isEqualTo(WHITE);
    }
  }

  @Test
  void stripIsOneRow() {
    BufferedImage strip = ImageGrid.strip(BATCH, N, HEIGHT, WIDTH, 0, 1);

    assertThat(strip.getHeight()).isEqualTo(HEIGHT);
    assertThat(strip.getWidth()).isEqualTo(N * WIDTH);
    assertImage(strip, 4 * WIDTH, 0, 4, 1);
  }

  @Test
  void labelsStandBesideTheirRowAndLeaveTheGridAsItWas() {
    BufferedImage grid = ImageGrid.of(BATCH, N, HEIGHT, WIDTH, 3, 4, 10);
    BufferedImage labelled = ImageGrid.withRowLabels(grid, List.of("", "church"));

    int margin = labelled.getWidth() - grid.getWidth();
    int middle = grid.getHeight() / 2;
    assertThat(inked(labelled, margin, 0, middle)).as("the empty label").isFalse();
    assertThat(inked(labelled, margin, middle, grid.getHeight())).isTrue();
    for (int x = 0; x < grid.getWidth(); x++) {
      assertThat(rgb(labelled, margin + x, 7)).isEqualTo(rgb(grid, x, 7));
    }
  }

  @Test
  void pngComesBackPixelForPixelAndLeavesNoOtherFile() throws IOException {
    BufferedImage grid = ImageGrid.of(BATCH, N, HEIGHT, WIDTH, 3, 2, 3);
    Path file = folder.resolve("new/grid.png");
    ImageGrid.write(grid, file);
    ImageGrid.write(grid, file);

    BufferedImage back = ImageIO.read(file.toFile());
    int[] expected = grid.getRGB(0, 0, grid.getWidth(), grid.getHeight(), null, 0, 62);
    assertThat(back.getRGB(0, 0, back.getWidth(), back.getHeight(), null, 0, 62))
        .isEqualTo(expected);
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void readableScaleBringsSmallImagesTo128Pixels() {
    assertThat(Pictures.scaleTo(128, 32, 32)).isEqualTo(4);
    assertThat(Pictures.scaleTo(128, 64, 100)).isEqualTo(2);
    assertThat(Pictures.scaleTo(128, 28, 28)).isEqualTo(5);
    assertThat(Pictures.scaleTo(128, 128, 128)).isEqualTo(1);
    assertThat(Pictures.scaleTo(128, 512, 300)).isEqualTo(1);
  }

  @Test
  void manyImagesAreEnlargedLess() {
    assertThat(Pictures.readableScale(1, 6, 6)).isEqualTo(Pictures.readableScale(6, 6));
    assertThat(Pictures.readableScale(10_000, 6, 6)).isEqualTo(2);
    assertThat(Pictures.readableScale(60_000, 6, 6)).isEqualTo(1);
    assertThat(Pictures.readableScale(100_000, 6, 6)).isEqualTo(1);
    byte[] pixels = new byte[10_000 * 3 * 6 * 6];
    assertThat(ImageGrid.readable(pixels, 6, 100, List.of()).getWidth()).isEqualTo(2 + 100 * 14);
  }

  @Test
  void refusesABatchOfAnotherSize() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageGrid.of(BATCH, N + 1, HEIGHT, WIDTH, 3, 2, 1))
        .withMessageContaining("360 bytes")
        .withMessageContaining("[6, 4, 6, 3]");
  }

  @Test
  void sentenceForAFolderInPlaceOfAFile() {
    BufferedImage grid = ImageGrid.strip(BATCH, N, HEIGHT, WIDTH, 0, 1);

    assertThatThrownBy(() -> ImageGrid.write(grid, folder))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("it is a folder");
  }

  private static void assertImage(BufferedImage grid, int left, int top, int i, int scale) {
    BufferedImage image = Pictures.of(BATCH, i, HEIGHT, WIDTH, scale);
    for (int y = 0; y < HEIGHT * scale; y++) {
      for (int x = 0; x < WIDTH * scale; x++) {
        assertThat(rgb(grid, left + x, top + y))
            .as("image %d at %d, %d", i, x, y)
            .isEqualTo(rgb(image, x, y));
      }
    }
  }

  private static boolean inked(BufferedImage image, int width, int top, int bottom) {
    for (int y = top; y < bottom; y++) {
      for (int x = 0; x < width; x++) {
        if (rgb(image, x, y) != WHITE) {
          return true;
        }
      }
    }
    return false;
  }

  private static int rgb(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xffffff;
  }
}
