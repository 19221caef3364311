package tsugiki.base;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One array in NumPy's {@code .npy} format (NEP 1; format versions 1 to 3): float16, float32,
 * float64, int32 or int64, in C or Fortran order, with any number of axes; floats in C order are
 * what is written. The members of an {@code .npz} are such files in a zip, hence the methods on
 * streams. Nothing is unpickled.
 */
public final class NumpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** The data start at a multiple of this, as NumPy writes them. */
  private static final int ALIGNMENT = 64;

  private static final int CHUNK = 1 << 16;

  /** NumPy's readers refuse headers above 10,000 characters. */
  private static final int MOST_HEADER = 1 << 16;

  private final int[] shape;
  private final double[] doubles;
  private final float[] floats;

  private NumpyFile(int[] shape, float[] floats, double[] doubles) {
    this.shape = shape;
    this.floats = floats;
    this.doubles = doubles;
  }

  /**
   * Reads a file.
   *
   * @throws BadInputException if it is missing, cut off, too long, or holds another kind of array
   */
  public static NumpyFile read(Path file) {
    // A pipe would be waited for until somebody writes into it.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new BadInputException(file + " is no file; give a NumPy file (.npy)");
    }
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.size(file);
      return read(in, file.toString(), size, size);
    } catch (IOException e) {
      throw new BadInputException(
          file + " cannot be read; give a NumPy file (.npy) that exists and may be read", e);
    }
  }

  /**
   * Reads one array from a stream, to its end.
   *
   * @param in where the array starts; left open
   * @param name what errors call it
   * @param size bytes from here to the stream's end, as far as is known: memory is reserved as the
   *     values arrive, since the directory of a zip may claim any size
   * @throws BadInputException if it is cut off, too long, or holds another kind of array
   * @throws IOException if the stream fails
   */
  public static NumpyFile read(InputStream in, String name, long size) throws IOException {
    return read(in, name, size, CHUNK);
  }

  /**
   * Reads an array.
   *
   * @param atOnce bytes of values that may be reserved before they have arrived
   */
  private static NumpyFile read(InputStream in, String name, long size, long atOnce)
      throws IOException {
    DataInputStream data = new DataInputStream(new BufferedInputStream(in, CHUNK));
    try {
      NumpyHeader header = readHeader(data, name, size);
      long expected = header.bytes() + header.values() * header.bytesPerValue();
      if (size != expected) {
        throw new BadInputException(
            "%s is %d bytes long where its header asks for %d; write it again with numpy.save"
                .formatted(name, size, expected));
      }
      return readValues(data, header, atOnce / header.bytesPerValue());
    } catch (EOFException e) {
      throw new BadInputException(
          name + " ends in the middle of its array; write it again with numpy.save", e);
    }
  }

  /**
   * The lengths of the axes, by the header alone; otherwise as {@link #read(InputStream, String,
   * long)}.
   */
  public static int[] shape(InputStream in, String name, long size) throws IOException {
    try {
      return readHeader(new DataInputStream(in), name, size).shape();
    } catch (EOFException e) {
      throw new BadInputException(
          name + " ends in the middle of its header; write it again with numpy.save", e);
    }
  }

  private static NumpyHeader readHeader(DataInputStream data, String name, long size)
      throws IOException {
    byte[] magic = data.readNBytes(MAGIC.length);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new BadInputException(
          name + " is not a NumPy file (it does not start with its magic); give a .npy file");
    }
    int version = data.readUnsignedByte();
    data.readUnsignedByte();
    boolean shortLength = version == 1;
    long length =
        shortLength
            ? Short.toUnsignedLong(Short.reverseBytes(data.readShort()))
            : Integer.toUnsignedLong(Integer.reverseBytes(data.readInt()));
    int before = MAGIC.length + 2 + (shortLength ? Short.BYTES : Integer.BYTES);
    if (before + length > size) {
      throw new EOFException();
    }
    if (length > MOST_HEADER) {
      throw new BadInputException(
          "%s has a header of %d bytes; write it again with numpy.save".formatted(name, length));
    }
    byte[] text = new byte[Math.toIntExact(length)];
    data.readFully(text);
    return NumpyHeader.parse(new String(text, StandardCharsets.UTF_8), before + text.length, name);
  }

  private static NumpyFile readValues(DataInputStream data, NumpyHeader header, long atOnce)
      throws IOException {
    int count = Math.toIntExact(header.values());
    boolean isFloat32 = header.isFloat() && header.bytesPerValue() <= Float.BYTES;
    int room = (int) Math.min(count, atOnce);
    float[] floats = isFloat32 ? new float[room] : null;
    double[] doubles = isFloat32 ? null : new double[room];
    byte[] chunk = new byte[CHUNK];
    int perChunk = CHUNK / header.bytesPerValue();
    for (int done = 0; done < count; done += perChunk) {
      int part = Math.min(perChunk, count - done);
      data.readFully(chunk, 0, part * header.bytesPerValue());
      if (done + part > room) {
        room = (int) Math.min(count, Math.max(2L * room, done + part));
        floats = isFloat32 ? Arrays.copyOf(floats, room) : null;
        doubles = isFloat32 ? null : Arrays.copyOf(doubles, room);
      }
      ByteBuffer buffer = ByteBuffer.wrap(chunk).order(header.order());
      if (header.bytesPerValue() == Short.BYTES) {
        for (int i = done; i < done + part; i++) {
          floats[i] = HalfFloat.toFloat(buffer.getShort());
        }
      } else if (isFloat32) {
        buffer.asFloatBuffer().get(floats, done, part);
      } else if (header.isFloat()) {
        buffer.asDoubleBuffer().get(doubles, done, part);
      } else {
        for (int i = done; i < done + part; i++) {
          doubles[i] = header.bytesPerValue() == Integer.BYTES ? buffer.getInt() : buffer.getLong();
        }
      }
    }
    if (!header.fortran()) {
      return new NumpyFile(header.shape(), floats, doubles);
    }
    int[] places = NumpyLayout.fortranPlaces(header.shape(), count);
    float[] sortedFloats = isFloat32 ? new float[count] : null;
    double[] sortedDoubles = isFloat32 ? null : new double[count];
    for (int i = 0; i < count; i++) {
      if (isFloat32) {
        sortedFloats[i] = floats[places[i]];
      } else {
        sortedDoubles[i] = doubles[places[i]];
      }
    }
    return new NumpyFile(header.shape(), sortedFloats, sortedDoubles);
  }

  /**
   * Writes float32.
   *
   * @param values in C order, as many as the shape asks for
   * @param shape the lengths of the axes; none for a single number
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, float[] values, int... shape) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      write(out, values, shape);
    }
  }

  /** Writes float64; otherwise as {@link #write(Path, float[], int...)}. */
  public static void write(Path file, double[] values, int... shape) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      write(out, values, shape);
    }
  }

  /** Writes float32 to a stream, which stays open. */
  public static void write(OutputStream out, float[] values, int... shape) throws IOException {
    requireShape(values.length, shape);
    BufferedOutputStream buffered = new BufferedOutputStream(out, CHUNK);
    buffered.write(header("<f4", shape));
    ByteBuffer four = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      buffered.write(four.putFloat(0, value).array());
    }
    buffered.flush();
  }

  /** Writes float64 to a stream, which stays open. */
  public static void write(OutputStream out, double[] values, int... shape) throws IOException {
    requireShape(values.length, shape);
    BufferedOutputStream buffered = new BufferedOutputStream(out, CHUNK);
    buffered.write(header("<f8", shape));
    ByteBuffer eight = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      buffered.write(eight.putDouble(0, value).array());
    }
    buffered.flush();
  }

  private static void requireShape(int values, int[] shape) {
    long product = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
    if (product != values) {
      throw new IllegalArgumentException(
          values + " values do not fill the shape " + Arrays.toString(shape));
    }
  }

  static byte[] header(String type, int[] shape) {
    String axes =
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String tuple = shape.length == 1 ? axes + "," : axes;
    String text = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, tuple);
    int before = MAGIC.length + 2 + Short.BYTES;
    int total = (before + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer header = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (total - before));
    header.put(text.getBytes(StandardCharsets.US_ASCII));
    while (header.position() < total - 1) {
      header.put((byte) ' ');
    }
    return header.put((byte) '\n').array();
  }

  /** The lengths of the axes; none for a single number. */
  public int[] shape() {
    return shape.clone();
  }

  /** The values in C order as float32; other types are rounded. The array is the caller's. */
  public float[] floats() {
    if (floats != null) {
      return floats.clone();
    }
    float[] rounded = new float[doubles.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) doubles[i];
    }
    return rounded;
  }

  /**
   * The values in C order as float64, exactly as in the file; int64 is exact to 2^53. The array is
   * the caller's.
   */
  public double[] doubles() {
    if (doubles != null) {
      return doubles.clone();
    }
    double[] widened = new double[floats.length];
    for (int i = 0; i < widened.length; i++) {
      widened[i] = floats[i];
    }
    return widened;
  }
}
