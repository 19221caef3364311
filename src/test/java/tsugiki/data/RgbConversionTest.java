package tsugiki.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RgbConversionTest {
  /** As of a PNG or GIF with a palette. */
  @Test
  void coloursOfAPaletteThatAreTransparentAreWhite() {
    byte[] red = {10, 20, (byte) 200};
    byte[] green = {11, 21, (byte) 201};
    byte[] blue = {12, 22, (byte) 202};
    IndexColorModel palette = new IndexColorModel(8, 3, red, green, blue, 1);
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    for (int x = 0; x < 3; x++) {
      image.getRaster().setSample(x, 0, 0, x);
    }
    assertThat(rgb(image)).containsExactly(10, 11, 12, 255, 255, 255, 200, 201, 202);
  }

  @Test
  void alphaOfAPaletteLaysItsColoursOnWhite() {
    byte[] colours = {0, 100};
    IndexColorModel palette =
        new IndexColorModel(8, 2, colours, colours, colours, new byte[] {51, (byte) 255});
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setSample(1, 0, 0, 1);
    assertThat(rgb(image)).containsExactly(204, 204, 204, 100, 100, 100);
  }

  @ParameterizedTest
  @CsvSource({
    "8, 0, 255",
    "8, 255, 100",
    "8, 51, 224",
    "16, 0, 255",
    "16, 65535, 100",
    "16, 13107, 224",
  })
  void alphaLaysSamplesOnWhite(int bits, int alpha, int expected) {
    BufferedImage image = oneGreyPixel(bits, 100 * (bits == 8 ? 1 : 257), alpha);
    assertThat(rgb(image)).containsExactly(expected, expected, expected);
  }

  /** RGBA with its samples as they are in the file. */
  private static BufferedImage oneGreyPixel(int bits, int grey, int alpha) {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            true,
            false,
            Transparency.TRANSLUCENT,
            bits == 8 ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
    raster.setPixel(0, 0, new int[] {grey, grey, grey, alpha});
    return new BufferedImage(model, raster, false, null);
  }

  private static int[] rgb(BufferedImage image) {
    byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
    RgbConversion.toRgb(image, rgb);
    int[] values = new int[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      values[i] = rgb[i] & 255;
    }
    return values;
  }
}
