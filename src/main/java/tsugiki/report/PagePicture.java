package tsugiki.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture as it lies within a page, so that the page is one file. A large PNG is within it as
 * JPEG, a tenth of its size; the page links the file itself.
 *
 * @param source the picture as a data URL
 * @param link the relative URL of its file
 * @param caption what it shows
 */
record PagePicture(String source, String link, String caption) {
  private static final int LARGEST_PNG = 200_000;
  private static final float QUALITY = 0.92f;
  private static final String PNG = "png";

  /**
   * Reads one.
   *
   * @param file a picture of a kind that browsers show
   * @param folder of the page, absolute and normalised
   * @throws UncheckedIOException if it cannot be read
   */
  static PagePicture of(Path file, Path folder, String caption) {
    String link = RelativeUrl.of(folder, file);
    try {
      String name = file.getFileName().toString();
      String kind = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      byte[] bytes = Files.readAllBytes(file);
      if (kind.equals(PNG) && bytes.length > LARGEST_PNG) {
        return new PagePicture(url("jpeg", jpeg(ImageIO.read(file.toFile()))), link, caption);
      }
      return new PagePicture(url(kind, bytes), link, caption);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the picture " + file, e);
    }
  }

  /**
   * Reads one and makes it smaller, for pages with many of them.
   *
   * @param file a picture of a kind that Java reads, such as PNG
   * @param folder of the page, absolute and normalised
   * @param width in pixels; a picture that is no wider stays as it is
   * @throws UncheckedIOException if it cannot be read
   */
  static PagePicture narrowed(Path file, Path folder, String caption, int width) {
    try {
      BufferedImage picture = ImageIO.read(file.toFile());
      if (picture.getWidth() <= width) {
        return of(file, folder, caption);
      }
      String source = url("jpeg", jpeg(Pictures.narrowed(picture, width)));
      return new PagePicture(source, RelativeUrl.of(folder, file), caption);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the picture " + file, e);
    }
  }

  private static String url(String kind, byte[] bytes) {
    return "data:image/" + kind + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    BufferedImage opaque =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = opaque.createGraphics();
    pen.drawImage(image, 0, 0, Color.WHITE, null);
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(QUALITY);
      writer.write(null, new IIOImage(opaque, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
