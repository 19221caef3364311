package tsugiki.pretrained;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** The reader of a constant of a graph. */
final class ConstantTensor {
  private ConstantTensor() {}

  /** The shape that it states. */
  static long[] shape(TensorProto constant) {
    return constant.getTensorShape().getDimList().stream()
        .mapToLong(TensorShapeProto.Dim::getSize)
        .toArray();
  }

  /** How many numbers that shape has. */
  static long count(TensorProto constant) {
    return Arrays.stream(shape(constant)).reduce(1, (a, b) -> a * b);
  }

  /** Its numbers in row-major order; empty where they are not as many floats as its shape has. */
  static Optional<float[]> floats(TensorProto constant) {
    long count = count(constant);
    int bytes = constant.getTensorContent().size();
    // A short constant is a list of numbers, whose last stands for the rest.
    int listed = constant.getFloatValCount();
    boolean fits = bytes == 0 ? listed > 0 && listed <= count : (long) bytes == count * Float.BYTES;
    if (!fits || constant.getDtype() != DataType.DT_FLOAT || count > Integer.MAX_VALUE / 4) {
      return Optional.empty();
    }
    float[] values = new float[(int) count];
    if (bytes == 0) {
      for (int i = 0; i < values.length; i++) {
        values[i] = constant.getFloatVal(Math.min(i, listed - 1));
      }
    } else {
      constant
          .getTensorContent()
          .asReadOnlyByteBuffer()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
    }
    return Optional.of(values);
  }
}
