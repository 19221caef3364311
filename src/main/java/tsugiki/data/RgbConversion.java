package tsugiki.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/** The conversion of ImageIO's decoded images, in any layout, to RGB bytes on white. */
public final class RgbConversion {
  private RgbConversion() {}

  /**
   * Converts an image.
   *
   * @param image any layout: grey, palette, RGB, with or without alpha, 8 or 16 bits, any profile
   * @param rgb where uint8 [height, width, 3] go
   */
  public static void toRgb(BufferedImage image, byte[] rgb) {
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR && image.getRaster().getParent() == null) {
      fromBgr(((DataBufferByte) image.getRaster().getDataBuffer()).getData(), rgb);
    } else if (keepsSamples(image.getColorModel())) {
      fromSamples(image, rgb);
    } else {
      fromColours(image, rgb);
    }
  }

  private static void fromBgr(byte[] bgr, byte[] rgb) {
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = bgr[i + 2];
      rgb[i + 1] = bgr[i + 1];
      rgb[i + 2] = bgr[i];
    }
  }

  // Java takes grey for linear light and would brighten it on the way to sRGB; image files mean
  // the same values as in RGB, so their samples are kept.
  private static boolean keepsSamples(ColorModel model) {
    boolean grey = model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    int bits = model.getComponentSize(0);
    return model instanceof ComponentColorModel
        && (grey || model.getColorSpace().isCS_sRGB())
        && (bits == 8 || bits == 16)
        && !model.isAlphaPremultiplied();
  }

  private static void fromSamples(BufferedImage image, byte[] rgb) {
    ColorModel model = image.getColorModel();
    Raster raster = image.getRaster();
    int width = image.getWidth();
    int bands = raster.getNumBands();
    int colours = model.getNumColorComponents();
    int max = (1 << model.getComponentSize(0)) - 1;
    int[] row = new int[width * bands];
    int out = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int in = 0; in < row.length; in += bands) {
        int alpha = model.hasAlpha() ? row[in + bands - 1] : max;
        for (int channel = 0; channel < 3; channel++) {
          rgb[out++] = onWhite(row[in + Math.min(channel, colours - 1)], alpha, max);
        }
      }
    }
  }

  private static void fromColours(BufferedImage image, byte[] rgb) {
    BufferedImage source = isSrgb(image.getColorModel()) ? image : toSrgb(image);
    int width = source.getWidth();
    int[] row = new int[width];
    int out = 0;
    for (int y = 0; y < source.getHeight(); y++) {
      source.getRGB(0, y, width, 1, row, 0, width);
      for (int argb : row) {
        int alpha = argb >>> 24;
        rgb[out++] = onWhite(argb >> 16 & 255, alpha, 255);
        rgb[out++] = onWhite(argb >> 8 & 255, alpha, 255);
        rgb[out++] = onWhite(argb & 255, alpha, 255);
      }
    }
  }

  private static boolean isSrgb(ColorModel model) {
    return model.getColorSpace().isCS_sRGB();
  }

  private static BufferedImage toSrgb(BufferedImage image) {
    BufferedImage argb =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
    return new ColorConvertOp(null).filter(image, argb);
  }

  /** Lays a sample of the given opacity on white and rounds it to 8 bits. */
  private static byte onWhite(int sample, int alpha, int max) {
    if (max == 255 && alpha == 255) {
      return (byte) sample;
    }
    double value = (double) sample * alpha / max + (max - alpha);
    return (byte) Math.round(value * 255 / max);
  }
}
