package tsugiki.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantiserTest {
  @Test
  void keepsUpTo256ColoursExactlyHoweverRare() {
    Random random = new Random(3);
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      image.setRGB(random.nextInt(40), random.nextInt(30), random.nextInt(1 << 24));
    }

    BufferedImage indexed = Quantiser.quantise(image);
    assertThat(rgb(indexed)).isEqualTo(rgb(image));
    assertThat(((IndexColorModel) indexed.getColorModel()).getMapSize()).isEqualTo(256);
  }

  @Test
  void givesTheMeanOfABox() {
    BufferedImage image = new BufferedImage(257, 1, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 255; x++) {
      image.setRGB(x, 0, x << 16);
    }
    image.setRGB(255, 0, 0x00ff10);
    image.setRGB(256, 0, 0x00ff12);

    BufferedImage indexed = Quantiser.quantise(image);
    int together = 0;
    for (int x = 0; x < 256; x++) {
      together += indexed.getRGB(x, 0) == indexed.getRGB(x + 1, 0) ? 1 : 0;
    }
    assertThat(together).as("257 colours in 256 places: one pair shares").isEqualTo(1);
    assertThat(Math.abs((indexed.getRGB(256, 0) & 0xff) - 0x12)).isLessThanOrEqualTo(1);
  }

  @Test
  void ofOneColourIsThatColour() {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 3, 2, new int[] {7, 7, 7, 7, 7, 7}, 0, 3);

    assertThat(rgb(Quantiser.quantise(image))).containsOnly(0xff000007);
  }

  private static int[] rgb(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
