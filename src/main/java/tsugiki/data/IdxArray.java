package tsugiki.data;

import com.google.common.math.LongMath;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;

/**
 * An array of bytes in the IDX format, in which MNIST is published, gzipped or not: two zeros, the
 * type, the number of axes, their lengths as big-endian int32, and the values.
 *
 * @param shape the lengths of the axes
 * @param values in row-major order
 */
record IdxArray(int[] shape, byte[] values) {
  private static final int BYTES = 0x08;
  private static final int GZIP = 0x1f8b;
  private static final int MOST_AXES = 3;

  /**
   * Reads a file.
   *
   * @param axes how many the array must have, 1 to 3
   * @throws BadInputException if it is cut short, too long, or another kind of array
   */
  static IdxArray read(Path file, int axes) {
    try (DataInputStream in = open(file)) {
      int magic = in.readInt();
      if (magic != (BYTES << 8 | axes)) {
        throw new BadInputException(
            "'%s' begins with %08x; an IDX file of bytes with %d axes begins with %08x: name such a file"
                .formatted(file, magic, axes, BYTES << 8 | axes));
      }
      int[] shape = new int[axes];
      long count = 1;
      for (int axis = 0; axis < axes; axis++) {
        shape[axis] = in.readInt();
        count = shape[axis] < 1 ? Long.MAX_VALUE : LongMath.saturatedMultiply(count, shape[axis]);
      }
      if (count > Integer.MAX_VALUE - MOST_AXES * Integer.BYTES) {
        throw new BadInputException(
            "the header of '%s' asks for the shape %s; get the file again"
                .formatted(file, Arrays.toString(shape)));
      }
      return new IdxArray(shape, values(in, file, (int) count));
    } catch (EOFException | ZipException e) {
      throw new BadInputException(
          "'%s' is cut short or damaged (%s); get it again".formatted(file, Reason.of(e)), e);
    } catch (IOException e) {
      throw new BadInputException(
          "'%s' cannot be read (%s); check the file and its permissions"
              .formatted(file, Reason.of(e)),
          e);
    }
  }

  /** Memory grows with what arrives, since a header may claim any length. */
  private static byte[] values(InputStream in, Path file, int count) throws IOException {
    byte[] values = in.readNBytes(count);
    if (values.length < count) {
      throw new BadInputException(
          "'%s' holds %d bytes where its header asks for %d; get it again"
              .formatted(file, values.length, count));
    }
    if (in.read() >= 0) {
      throw new BadInputException(
          "'%s' goes on after the %d bytes that its header asks for; get it again"
              .formatted(file, count));
    }
    return values;
  }

  private static DataInputStream open(Path file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file));
    try {
      in.mark(Short.BYTES);
      int start = in.read() << 8 | in.read();
      in.reset();
      return new DataInputStream(
          start == GZIP ? new BufferedInputStream(new GZIPInputStream(in)) : in);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
