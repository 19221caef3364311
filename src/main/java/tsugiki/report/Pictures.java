package tsugiki.report;

import com.google.common.math.IntMath;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.RoundingMode;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import tsugiki.base.AtomicFile;

/** Conversions between bytes of pixels, {@link BufferedImage} and PNG. */
public final class Pictures {
  private static final int CHANNELS = 3;

  /** Of a picture of many images, enlarged. */
  private static final int MOST_PIXELS = 1 << 21;

  /**
   * Below this side, in pixels, details of an image are too small to see on a screen. The tests,
   * whose pictures nobody looks at, set a smaller one by a property of the JVM: to enlarge pictures
   * and to compress them took a quarter of the time of {@code VariantRunTest}.
   */
  private static final int READABLE_SIDE = Math.max(1, Integer.getInteger("tsugiki.readable", 128));

  private Pictures() {}

  /**
   * One image of a batch, enlarged by a whole factor with bicubic interpolation: a person sees the
   * image, and not the squares of its pixels.
   *
   * @param nhwc RGB uint8, [n, height, width, 3] row-major
   * @param index which image, from 0
   * @param height rows of one image
   * @param width columns of one image
   * @param scale the factor of enlargement, at least 1
   * @return the image, {@code height × scale} by {@code width × scale}, of type {@link
   *     BufferedImage#TYPE_INT_RGB}
   * @throws IllegalArgumentException when the batch is too short for {@code index}, or a size or
   *     the scale is below 1
   */
  public static BufferedImage of(byte[] nhwc, int index, int height, int width, int scale) {
    if (height < 1 || width < 1 || scale < 1 || index < 0) {
      throw new IllegalArgumentException(
          "image " + index + " of " + height + "×" + width + " pixels at scale " + scale);
    }
    if ((index + 1L) * height * width * CHANNELS > nhwc.length) {
      throw new IllegalArgumentException(
          "image "
              + index
              + " of "
              + height
              + "×"
              + width
              + "×3 lies beyond a batch of "
              + nhwc.length
              + " bytes");
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      fillRow(row, nhwc, (index * height + y) * width * CHANNELS);
      image.getRaster().setDataElements(0, y, width, 1, row);
    }
    return scale == 1 ? image : enlarged(image, scale);
  }

  private static BufferedImage enlarged(BufferedImage image, int scale) {
    int width = image.getWidth() * scale;
    int height = image.getHeight() * scale;
    BufferedImage large = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = large.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    pen.drawImage(image, 0, 0, width, height, null);
    pen.dispose();
    return large;
  }

  /**
   * A picture made smaller to a width, by the mean of the pixels that become one: halves first,
   * since one step sees two by two alone.
   *
   * @param width in pixels; a picture that is no wider stays as it is
   */
  static BufferedImage narrowed(BufferedImage picture, int width) {
    BufferedImage now = picture;
    while (now.getWidth() > width) {
      int next = Math.max(width, (now.getWidth() + 1) / 2);
      BufferedImage less =
          new BufferedImage(
              next,
              Math.max(1, now.getHeight() * next / now.getWidth()),
              BufferedImage.TYPE_INT_RGB);
      Graphics2D pen = less.createGraphics();
      pen.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      pen.drawImage(now, 0, 0, less.getWidth(), less.getHeight(), null);
      pen.dispose();
      now = less;
    }
    return now;
  }

  private static void fillRow(int[] row, byte[] nhwc, int offset) {
    for (int x = 0; x < row.length; x++) {
      int at = offset + x * CHANNELS;
      row[x] = (nhwc[at] & 0xff) << 16 | (nhwc[at + 1] & 0xff) << 8 | nhwc[at + 2] & 0xff;
    }
  }

  /**
   * The factor of enlargement at which a person can look at images of this size: the smallest that
   * makes the shorter side at least 128 pixels, so 4 for 32 pixels, 2 for 64 and 1 from 128 on.
   *
   * @param height rows of one image, at least 1
   * @param width columns of one image, at least 1
   * @return a factor of at least 1
   */
  public static int readableScale(int height, int width) {
    return scaleTo(READABLE_SIDE, height, width);
  }

  /**
   * The same for many images in one picture, which is to stay below two million pixels: a page that
   * shows it takes it whole into memory.
   *
   * @param count of images, at least 1
   * @return {@link #readableScale(int, int)} or less, at least 1
   */
  public static int readableScale(int count, int height, int width) {
    long pixels = (long) count * height * width;
    int largest = (int) Math.sqrt((double) MOST_PIXELS / pixels);
    return Math.max(1, Math.min(largest, readableScale(height, width)));
  }

  /** {@link #readableScale(int, int)} for a given side. */
  static int scaleTo(int side, int height, int width) {
    return IntMath.divide(side, Math.min(side, Math.min(height, width)), RoundingMode.CEILING);
  }

  /**
   * Writes an image as PNG, in one step: a reader never sees half a file.
   *
   * @param image the image
   * @param file where to; missing folders are made, an existing file is replaced
   * @throws tsugiki.base.BadInputException when the folder cannot be made or {@code file} is a
   *     folder
   * @throws UncheckedIOException when writing fails
   */
  public static void writePng(BufferedImage image, Path file) {
    // In memory first: where the disk is full, ImageIO's stream fails once more at the end of Java.
    writePng(png(image), file);
  }

  /** The same of an image that {@link #png} has encoded. */
  public static void writePng(byte[] png, Path file) {
    AtomicFile.write(file, out -> out.write(png));
  }

  /** The bytes of a PNG file of this image. */
  public static byte[] png(BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      encode(image, out);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot encode an image as PNG", e);
    }
    return out.toByteArray();
  }

  private static void encode(BufferedImage image, OutputStream out) throws IOException {
    // Not ImageIO's own stream, which keeps the bytes in a file.
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      if (!ImageIO.write(image, "png", stream)) {
        throw new IOException("this Java has no PNG writer for images of type " + image.getType());
      }
    }
  }
}
