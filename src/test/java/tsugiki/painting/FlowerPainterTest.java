package tsugiki.painting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.base.BadInputException;

/** The painted flowers, and that the tracked ones are what the painter paints. */
@Tag("slow")
class FlowerPainterTest {
  private static final Path TRACKED = Path.of("src/examples/painted-flowers");
  private static final int COUNT = 25;
  private static final long LARGEST_FILE = 40_000;

  /** Levels of 255; Java runtimes may differ at antialiased edges. */
  private static final double SAME = 1.0;

  /** Levels of 255; the two nearest of the tracked pictures are 28 apart. */
  private static final double CLEARLY_DIFFERENT = 20.0;

  @ParameterizedTest
  @ValueSource(ints = {0, 19})
  void trackedFileIsWhatThePainterPaints(int seed) throws IOException {
    assertThat(difference(FlowerPainter.paint(seed), tracked(seed))).isLessThan(SAME);
  }

  @Test
  void trackedFilesAreSmallRgbPngsOfOneSize() throws IOException {
    try (Stream<Path> files = Files.list(TRACKED)) {
      assertThat(files).hasSize(COUNT);
    }
    for (int seed = 0; seed < COUNT; seed++) {
      BufferedImage image = tracked(seed);
      assertThat(image.getWidth()).isEqualTo(FlowerPainter.SIDE).isEqualTo(128);
      assertThat(image.getHeight()).isEqualTo(128);
      assertThat(image.getColorModel().getNumComponents()).isEqualTo(3);
      assertThat(image.getColorModel().getPixelSize()).isEqualTo(24);
      assertThat(Files.size(file(seed))).isLessThan(LARGEST_FILE);
    }
  }

  @Test
  void allTrackedPicturesDifferClearly() throws IOException {
    List<BufferedImage> images = new ArrayList<>();
    for (int seed = 0; seed < COUNT; seed++) {
      BufferedImage image = tracked(seed);
      for (int other = 0; other < seed; other++) {
        assertThat(difference(image, images.get(other)))
            .as("flowers %d and %d", other, seed)
            .isGreaterThan(CLEARLY_DIFFERENT);
      }
      images.add(image);
    }
  }

  /** And the same seed paints the same picture. */
  @Test
  void mainWritesNumberedPngs(@TempDir Path folder) throws IOException {
    Path target = folder.resolve("new").resolve("flowers");

    PaintFlowers.main(new String[] {target.toString(), "1"});

    try (Stream<Path> files = Files.list(target)) {
      assertThat(files).containsExactly(target.resolve("flower-00.png"));
    }
    BufferedImage written = ImageIO.read(target.resolve("flower-00.png").toFile());
    assertThat(difference(written, FlowerPainter.paint(0))).isZero();
  }

  @Test
  void mainRefusesOtherArguments() {
    assertThatThrownBy(() -> PaintFlowers.main(new String[] {"flowers", "many"}))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("flowers many");
  }

  private static Path file(int seed) {
    return TRACKED.resolve(PaintFlowers.fileName(seed));
  }

  private static BufferedImage tracked(int seed) throws IOException {
    return ImageIO.read(file(seed).toFile());
  }

  /** Mean absolute difference over all pixels and channels, in levels of 255. */
  private static double difference(BufferedImage a, BufferedImage b) {
    long sum = 0;
    for (int y = 0; y < FlowerPainter.SIDE; y++) {
      for (int x = 0; x < FlowerPainter.SIDE; x++) {
        int p = a.getRGB(x, y);
        int q = b.getRGB(x, y);
        for (int shift = 0; shift < 24; shift += 8) {
          sum += Math.abs((p >>> shift & 0xff) - (q >>> shift & 0xff));
        }
      }
    }
    return sum / (3.0 * FlowerPainter.SIDE * FlowerPainter.SIDE);
  }
}
