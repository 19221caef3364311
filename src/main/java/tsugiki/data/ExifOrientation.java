package tsugiki.data;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.IntFunction;
import javax.imageio.stream.ImageInputStream;

/**
 * The orientation of a stored image by EXIF 2.3 (tag 0x0112): which stored row and column give a
 * pixel of the upright image.
 *
 * @param transposed whether stored rows are upright columns
 * @param flippedRows whether stored rows run the other way
 * @param flippedColumns whether stored columns run the other way
 */
record ExifOrientation(boolean transposed, boolean flippedRows, boolean flippedColumns) {
  /** Stored upright. */
  static final ExifOrientation UPRIGHT = new ExifOrientation(false, false, false);

  /**
   * Reads the orientation of a JPEG or TIFF; any other file, and one that does not say, is upright.
   */
  static ExifOrientation of(byte[] encoded) {
    boolean jpeg = encoded.length > 2 && encoded[0] == (byte) 0xFF && encoded[1] == (byte) 0xD8;
    boolean tiff = encoded.length > 2 && encoded[0] == encoded[1] && "IM".indexOf(encoded[0]) >= 0;
    if (!jpeg && !tiff) {
      return UPRIGHT;
    }
    try (ImageInputStream stream = new ByteArrayImageInputStream(encoded)) {
      if (tiff) {
        return ofTag(orientationTag(stream));
      }
      List<JPEGSegment> segments = JPEGSegmentUtil.readSegments(stream, JPEG.APP1, "Exif");
      return segments.isEmpty() ? UPRIGHT : ofTag(orientationTag(segments.get(0)));
    } catch (IOException | RuntimeException e) {
      // The pixels are good: damaged camera data is no reason to refuse them.
      return UPRIGHT;
    }
  }

  /** The orientation with EXIF's number, 1 to 8; other numbers mean nothing and are upright. */
  static ExifOrientation ofTag(int tag) {
    return switch (tag) {
      case 2 -> new ExifOrientation(false, false, true);
      case 3 -> new ExifOrientation(false, true, true);
      case 4 -> new ExifOrientation(false, true, false);
      case 5 -> new ExifOrientation(true, false, false);
      case 6 -> new ExifOrientation(true, true, false);
      case 7 -> new ExifOrientation(true, true, true);
      case 8 -> new ExifOrientation(true, false, true);
      default -> UPRIGHT;
    };
  }

  private static int orientationTag(JPEGSegment exif) throws IOException {
    try (InputStream data = exif.data()) {
      // The identifier "Exif" is followed by two zeros; the segment's data begin at the second.
      data.skipNBytes(1);
      try (ImageInputStream tiff = new ByteArrayImageInputStream(data.readAllBytes())) {
        return orientationTag(tiff);
      }
    }
  }

  private static int orientationTag(ImageInputStream tiff) throws IOException {
    Entry entry = new TIFFReader().read(tiff).getEntryById(TIFF.TAG_ORIENTATION);
    return entry == null ? 1 : ((Number) entry.getValue()).intValue();
  }

  /** Returns the upright image; the image itself where it is stored upright. */
  RgbImage upright(RgbImage stored) {
    return upright(stored, byte[]::new);
  }

  /** The same, with the upright image in a buffer of the caller's where there must be a new one. */
  RgbImage upright(RgbImage stored, IntFunction<byte[]> buffers) {
    if (equals(UPRIGHT)) {
      return stored;
    }
    int height = transposed ? stored.width() : stored.height();
    int width = transposed ? stored.height() : stored.width();
    byte[] rgb = buffers.apply(stored.rgb().length);
    int out = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        System.arraycopy(stored.rgb(), storedOffset(stored, y, x), rgb, out, 3);
        out += 3;
      }
    }
    return new RgbImage(stored.name(), height, width, rgb);
  }

  private int storedOffset(RgbImage stored, int y, int x) {
    int row = transposed ? x : y;
    int column = transposed ? y : x;
    int storedRow = flippedRows ? stored.height() - 1 - row : row;
    int storedColumn = flippedColumns ? stored.width() - 1 - column : column;
    return (storedRow * stored.width() + storedColumn) * 3;
  }
}
