package tsugiki.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import tsugiki.base.TestZips;

/** Image files, good and bad, made by code. */
public final class TestImages {
  private TestImages() {}

  // 24×20 pixels, as Pillow 11 writes them: Java has no writer.
  private static final String LOSSLESS_WEBP =
      "UklGRloAAABXRUJQVlA4TE4AAAAvF8AEALkyRPQ/FmLBZP7QXUHUP/ofcaBp20gGcPwR3/9n/HEUFLeNpOaWj++7DDEB"
          + "gFgPBOtfQIhQkNuQ6CCY0DhgxAer/YnGj0gc8Ag=";
  private static final String LOSSY_WEBP =
      "UklGRqYAAABXRUJQVlA4IJoAAACwBQCdASoYABQAPtFYpEwoJSOiMAgBABoJbACdMoR7WP3sAKAtZVoN/IKPMaW7gS5V"
          + "fd2zRcAA/v5aWtNZtmijlzYlU+fK62Xys8bSoHu59MDXXlYntyr847cujEby5lGoryLX17VR35FuX6mhveFiv9qy"
          + "CLaBKLFWfTdEOijrf8fP1yXDAtaqKkftV1KCZH5LrbYlVJHugRAA";

  /** A WebP file of 24×20 pixels. */
  public static byte[] webp(boolean lossless) {
    return Base64.getDecoder().decode(lossless ? LOSSLESS_WEBP : LOSSY_WEBP);
  }

  /** Random RGB: incompressible, so that a cut file lacks pixels. */
  public static BufferedImage noise(int width, int height) {
    return noise(width, height, 1);
  }

  /** The same of any seed: another image for each. */
  public static BufferedImage noise(int width, int height, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt() & 0xFFFFFF);
      }
    }
    return image;
  }

  /** One RGB colour, 0xRRGGBB. */
  public static BufferedImage plain(int width, int height, int rgb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  /** An image whose every pixel has the samples, in the colour space and layout given. */
  public static BufferedImage uniform(
      ColorSpace space, boolean alpha, int dataType, int... samples) {
    int transparency = alpha ? BufferedImage.TRANSLUCENT : BufferedImage.OPAQUE;
    ComponentColorModel model =
        new ComponentColorModel(space, alpha, false, transparency, dataType);
    WritableRaster raster = model.createCompatibleWritableRaster(16, 12);
    for (int y = 0; y < 12; y++) {
      for (int x = 0; x < 16; x++) {
        raster.setPixel(x, y, samples);
      }
    }
    return new BufferedImage(model, raster, false, null);
  }

  public static ColorSpace srgb() {
    return ColorSpace.getInstance(ColorSpace.CS_sRGB);
  }

  public static ColorSpace grey() {
    return ColorSpace.getInstance(ColorSpace.CS_GRAY);
  }

  public static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      assertThat(ImageIO.write(image, format, bytes)).as("a writer for %s", format).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static byte[] png(int width, int height, int rgb) {
    return encode(plain(width, height, rgb), "png");
  }

  /** A PNG of a few dozen bytes that claims any size. */
  public static byte[] pngHeader(int width, int height) {
    ByteBuffer png = ByteBuffer.allocate(57);
    png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put(new byte[] {8, 2, 0, 0, 0});
    putChunk(png, "IHDR", header.array());
    putChunk(png, "IDAT", new byte[0]);
    putChunk(png, "IEND", new byte[0]);
    return png.array();
  }

  private static void putChunk(ByteBuffer png, String type, byte[] data) {
    byte[] typeBytes = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(typeBytes);
    crc.update(data);
    png.putInt(data.length).put(typeBytes).put(data).putInt((int) crc.getValue());
  }

  /**
   * A grey TIFF that says how the camera was held.
   *
   * @param grey its pixels as they are stored, row after row
   */
  static byte[] tiff(int width, int height, int orientation, byte[] grey) {
    // Tag 273 is where the pixels begin: behind the header, ten entries and the end of the list.
    int[][] tags = {
      {256, width}, {257, height}, {258, 8}, {259, 1}, {262, 1},
      {273, 134}, {274, orientation}, {277, 1}, {278, height}, {279, grey.length}
    };
    ByteBuffer result = ByteBuffer.allocate(134 + grey.length);
    result.put(new byte[] {'M', 'M', 0, 42}).putInt(8).putShort((short) tags.length);
    for (int[] tag : tags) {
      result.putShort((short) tag[0]).putShort((short) 3).putInt(1);
      result.putShort((short) tag[1]).putShort((short) 0);
    }
    return result.putInt(0).put(grey).array();
  }

  /** Puts an EXIF segment that says how the camera was held behind a JPEG's first marker. */
  static byte[] withOrientation(byte[] jpeg, int orientation) {
    ByteBuffer result = ByteBuffer.allocate(jpeg.length + 36);
    result.put(jpeg, 0, 2);
    result.putShort((short) 0xFFE1).putShort((short) 34);
    result.put(new byte[] {'E', 'x', 'i', 'f', 0, 0});
    result.put(new byte[] {'M', 'M', 0, 42}).putInt(8).putShort((short) 1);
    result.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    result.putShort((short) orientation).putShort((short) 0).putInt(0);
    result.put(jpeg, 2, jpeg.length - 2);
    return result.array();
  }

  public static Path write(Path folder, String name, byte[] content) {
    try {
      Path path = folder.resolve(name);
      Files.createDirectories(path.getParent());
      return Files.write(path, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a zip of name, content, name, content. */
  static Path zip(Path path, Object... namesAndContents) {
    try {
      Files.write(path, TestZips.of(namesAndContents));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path;
  }
}
