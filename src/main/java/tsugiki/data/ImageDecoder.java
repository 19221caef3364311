package tsugiki.data;

import com.google.common.base.Throwables;
import com.google.common.math.LongMath;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;

/**
 * A decoder of image files to RGB; what it cannot decode, it refuses with one sentence.
 *
 * <p>Grey becomes three equal channels, 16 bits are rounded to 8, CMYK and the embedded colour
 * profile of a JPEG, TIFF or WebP are converted to sRGB (Java's reader ignores that of a PNG),
 * transparency is laid on white, a JPEG or TIFF is turned upright as its orientation says, and of
 * an animation the first frame is taken.
 *
 * <p>The size in the header is checked before anything is decoded, since ImageIO itself would
 * allocate whatever a header claims. All methods may be called from several threads, also from one
 * that is interrupted: ImageIO's own stream of bytes would be closed there.
 */
public final class ImageDecoder {
  /** The most pixels that an image may have. */
  public static final long MAX_PIXELS = 100_000_000;

  /** The most bytes that an image file may have. */
  public static final long MAX_BYTES = 256L << 20;

  private static final long MIB = 1L << 20;

  /**
   * The most pixels that a byte of a file can stand for: deflate packs a thousand bytes into one,
   * of up to eight pixels each.
   */
  private static final long PIXELS_PER_BYTE = 10_000;

  // libjpeg only warns of missing or damaged data and paints the rest grey.
  private static final Pattern TRUNCATION = Pattern.compile("Missing EOI|premature end");
  private static final Pattern DAMAGE =
      Pattern.compile("bad Huffman code|Corrupt JPEG data: found");

  private ImageDecoder() {}

  /**
   * Decodes one image.
   *
   * @param name the name of the image, also in messages
   * @param encoded the whole file: JPEG, PNG, WebP, GIF, BMP or TIFF, whatever its extension
   * @return the image, upright
   * @throws BadInputException if the bytes are not such an image, are truncated or damaged, or
   *     claim more than {@link #MAX_PIXELS} pixels
   */
  public static RgbImage decode(String name, byte[] encoded) {
    return decode(name, encoded, byte[]::new);
  }

  /**
   * Decodes one image into a buffer of the caller's.
   *
   * @param buffers gives a buffer of a length, and is called once; the image's samples lie in it
   * @throws BadInputException as {@link #decode(String, byte[])}
   */
  static RgbImage decode(String name, byte[] encoded, IntFunction<byte[]> buffers) {
    if (encoded.length == 0) {
      throw refuse(name, "is an empty file; replace or remove it");
    }
    try (ImageInputStream stream = new ByteArrayImageInputStream(encoded)) {
      ImageReader reader = readerFor(name, stream);
      try {
        return decode(name, encoded, buffers, reader, stream);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // Readers throw unchecked exceptions of many kinds on damaged files.
      Throwables.throwIfInstanceOf(e, BadInputException.class);
      throw new BadInputException(undecodable(name, e), e);
    }
  }

  /**
   * Checks the size of a file before it is read.
   *
   * @param name of the file, for the message
   * @throws BadInputException if it has more than {@link #MAX_BYTES}
   */
  static void checkBytes(String name, long bytes) {
    if (bytes > MAX_BYTES) {
      throw refuse(
          name,
          "has %d MiB, more than the %d MiB that a file of images may have; make it smaller"
              .formatted(LongMath.divide(bytes, MIB, RoundingMode.CEILING), MAX_BYTES / MIB));
    }
  }

  /** Whether an image is square by its header; one that cannot be read is taken for square. */
  static boolean isSquare(String name, byte[] encoded) {
    try (ImageInputStream stream = new ByteArrayImageInputStream(encoded)) {
      ImageReader reader = readerFor(name, stream);
      try {
        reader.setInput(stream, true, true);
        return reader.getWidth(0) == reader.getHeight(0);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // Whoever decodes it says what is wrong with it.
      return true;
    }
  }

  private static RgbImage decode(
      String name,
      byte[] encoded,
      IntFunction<byte[]> buffers,
      ImageReader reader,
      ImageInputStream stream)
      throws IOException {
    // Metadata is ignored: compressed text in a PNG can unpack to any size.
    reader.setInput(stream, true, true);
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    checkSize(name, reader.getWidth(0), reader.getHeight(0), encoded.length);
    checkWebpLength(name, encoded);
    BufferedImage decoded = reader.read(0);
    checkWarnings(name, warnings);
    int height = decoded.getHeight();
    int width = decoded.getWidth();
    ExifOrientation orientation = ExifOrientation.of(encoded);
    // Turning needs the stored image beside the upright one; few photographs are turned.
    boolean turned = !orientation.equals(ExifOrientation.UPRIGHT);
    int length = height * width * RgbImage.CHANNELS;
    byte[] rgb = turned ? new byte[length] : buffers.apply(length);
    RgbConversion.toRgb(decoded, rgb);
    return orientation.upright(new RgbImage(name, height, width, rgb), buffers);
  }

  // ImageIO would also offer readers such as WBMP's, which take almost any bytes for an image.
  private static ImageReader readerFor(String name, ImageInputStream stream) {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      for (String format : reader.getOriginatingProvider().getFormatNames()) {
        if (ImageFormats.EXTENSIONS.contains(format.toLowerCase(Locale.ROOT))) {
          return reader;
        }
      }
      reader.dispose();
    }
    throw refuse(
        name, "is not a " + ImageFormats.LISTED + " image inside; replace or remove the file");
  }

  private static void checkSize(String name, int width, int height, int bytes) {
    if ((long) width * height > MAX_PIXELS) {
      throw refuse(
          name,
          "claims %d×%d pixels, more than the %d million that are read; make it smaller"
              .formatted(width, height, MAX_PIXELS / 1_000_000));
    }
    if ((long) width * height > PIXELS_PER_BYTE * bytes) {
      throw refuse(
          name,
          "claims %d×%d pixels, more than its %d bytes can hold; replace or remove it"
              .formatted(width, height, bytes));
    }
  }

  // The WebP reader takes missing bytes for zeros; the length in the RIFF header tells.
  private static void checkWebpLength(String name, byte[] encoded) {
    boolean riff = encoded.length >= 12 && encoded[0] == 'R' && encoded[1] == 'I';
    if (riff && encoded[8] == 'W' && encoded.length < 8 + littleEndian(encoded, 4)) {
      throw new BadInputException(truncated(name));
    }
  }

  private static long littleEndian(byte[] bytes, int offset) {
    long value = 0;
    for (int i = 3; i >= 0; i--) {
      value = value << 8 | Byte.toUnsignedLong(bytes[offset + i]);
    }
    return value;
  }

  private static void checkWarnings(String name, List<String> warnings) {
    for (String warning : warnings) {
      if (TRUNCATION.matcher(warning).find()) {
        throw new BadInputException(truncated(name));
      }
      if (DAMAGE.matcher(warning).find()) {
        throw refuse(name, "is damaged inside (%s); replace or remove it".formatted(warning));
      }
    }
  }

  private static String undecodable(String name, Exception e) {
    if (Throwables.getCausalChain(e).stream().anyMatch(EOFException.class::isInstance)) {
      return truncated(name);
    }
    return "'%s' cannot be decoded (%s); replace or remove it".formatted(name, Reason.of(e));
  }

  private static String truncated(String name) {
    return "'%s' is truncated: the file ends before its image does; replace or remove it"
        .formatted(name);
  }

  private static BadInputException refuse(String name, String what) {
    return new BadInputException("'" + name + "' " + what);
  }
}
