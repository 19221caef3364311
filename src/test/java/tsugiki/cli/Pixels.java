package tsugiki.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** The pixels of written images, for comparison. */
final class Pixels {
  private Pixels() {}

  /** 0xAARRGGBB, row-major. */
  static int[] of(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  /** The largest difference of a channel, 0 … 255. */
  static int distance(int[] image, int[] other) {
    return IntStream.range(0, 3 * image.length)
        .map(i -> Math.abs(channel(image, i) - channel(other, i)))
        .max()
        .orElseThrow();
  }

  private static int channel(int[] image, int i) {
    return image[i / 3] >> 8 * (i % 3) & 255;
  }
}
