package tsugiki.base;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A float32 array [rows, columns] in the format of {@link NumpyFile}, written and read some rows at
 * a time, so that memory does not grow with its length.
 */
public final class NumpyRows {
  private final OutputStream out;
  private final int rows;
  private final int columns;
  private long done;

  /**
   * Writes the header.
   *
   * @param out where the array goes; left open
   * @throws IOException if the stream fails
   */
  public NumpyRows(OutputStream out, int rows, int columns) throws IOException {
    this.out = out;
    this.rows = rows;
    this.columns = columns;
    out.write(header(rows, columns));
  }

  /**
   * Writes the next rows.
   *
   * @param values in row-major order
   * @throws UncheckedIOException if the stream fails
   */
  public void add(float[] values) {
    ByteBuffer bytes = little(values.length);
    bytes.asFloatBuffer().put(values);
    try {
      out.write(bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    done += values.length;
  }

  /**
   * Says that these were all.
   *
   * @throws IllegalStateException if the header promised another number
   */
  public void end() {
    if (done != (long) rows * columns) {
      throw new IllegalStateException(
          "%d values were written where %d rows of %d were promised"
              .formatted(done, rows, columns));
    }
  }

  /**
   * Reads an array of which the shape is known.
   *
   * @param in where it starts; read to the array's end
   * @param atOnce rows handed on at a time; the last time there may be fewer
   * @param each takes them in row-major order; the array is its own
   * @throws IOException if the stream fails or ends, or holds another kind of array
   */
  public static void read(InputStream in, int rows, int columns, int atOnce, Consumer<float[]> each)
      throws IOException {
    byte[] expected = header(rows, columns);
    if (!Arrays.equals(in.readNBytes(expected.length), expected)) {
      throw new IOException("it is not a float32 array [%d, %d]".formatted(rows, columns));
    }
    for (int row = 0; row < rows; row += atOnce) {
      float[] values = new float[Math.min(atOnce, rows - row) * columns];
      ByteBuffer bytes = little(values.length);
      if (in.readNBytes(bytes.array(), 0, bytes.capacity()) != bytes.capacity()) {
        throw new EOFException("it ends at row " + row);
      }
      bytes.asFloatBuffer().get(values);
      each.accept(values);
    }
  }

  private static byte[] header(int rows, int columns) {
    return NumpyFile.header("<f4", new int[] {rows, columns});
  }

  private static ByteBuffer little(int values) {
    return ByteBuffer.allocate(Math.multiplyExact(values, Float.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
