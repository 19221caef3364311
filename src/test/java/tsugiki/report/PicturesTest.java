package tsugiki.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PicturesTest {
  /** The filter is 1 at its centre and 0 at all other whole distances. */
  @Test
  void anOddFactorKeepsThePixelsAtTheirPlaces() {
    byte[] image = TestImages.gradients(1, 8, 10);
    BufferedImage large = Pictures.of(image, 0, 8, 10, 3);
    assertThat(large.getWidth()).isEqualTo(30);
    for (int y = 3; y < 5; y++) {
      for (int x = 3; x < 7; x++) {
        int wanted = TestImages.gradient(0, y, x, 1, 8, 10);
        int found = large.getRGB(3 * x + 1, 3 * y + 1) & 0xffffff;
        assertThat(distance(found, wanted)).as("at %d, %d", x, y).isLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void betweenPixelsThereIsNoStep() {
    byte[] image = TestImages.gradients(1, 8, 10);
    BufferedImage large = Pictures.of(image, 0, 8, 10, 4);
    for (int x = 12; x < 28; x++) {
      int step = (large.getRGB(x + 1, 16) >> 16 & 255) - (large.getRGB(x, 16) >> 16 & 255);
      assertThat(step).as("at %d", x).isBetween(1, 14);
    }
  }

  @Test
  void oneColourStaysOneColour() {
    byte[] image = new byte[5 * 5 * 3];
    Arrays.fill(image, (byte) 200);
    BufferedImage large = Pictures.of(image, 0, 5, 5, 2);
    for (int pixel : large.getRGB(0, 0, 10, 10, null, 0, 10)) {
      assertThat(distance(pixel & 0xffffff, 0xc8c8c8)).isLessThanOrEqualTo(1);
    }
  }

  private static int distance(int rgb, int other) {
    int most = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      most = Math.max(most, Math.abs((rgb >> shift & 255) - (other >> shift & 255)));
    }
    return most;
  }
}
