package tsugiki.weights;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import tsugiki.base.HalfFloat;

/** The number types of PyTorch's files, by the names of its storages. */
enum StorageType {
  /** float32. */
  FLOAT(4),
  /** float64. */
  DOUBLE(8),
  /** IEEE float16. */
  HALF(2),
  /** The upper half of a float32. */
  BFLOAT16(2),
  /** int64. */
  LONG(8),
  /** int32. */
  INT(4),
  /** int16. */
  SHORT(2),
  /** int8. */
  CHAR(1),
  /** uint8. */
  BYTE(1),
  /** 0 or 1. */
  BOOL(1);

  private static final String SUFFIX = "Storage";

  private final int bytes;

  StorageType(int bytes) {
    this.bytes = bytes;
  }

  /** The type of {@code torch.FloatStorage} and so on. */
  static Optional<StorageType> named(String name) {
    for (StorageType type : values()) {
      if (name.toUpperCase(Locale.ROOT).equals(type.name() + SUFFIX.toUpperCase(Locale.ROOT))) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Bytes per number. */
  int bytes() {
    return bytes;
  }

  /** The number at an index. */
  float get(ByteBuffer data, int index) {
    int at = index * bytes;
    return switch (this) {
      case FLOAT -> data.getFloat(at);
      case DOUBLE -> (float) data.getDouble(at);
      case HALF -> HalfFloat.toFloat(data.getShort(at));
      case BFLOAT16 -> Float.intBitsToFloat(data.getShort(at) << 16);
      case LONG -> data.getLong(at);
      case INT -> data.getInt(at);
      case SHORT -> data.getShort(at);
      case CHAR -> data.get(at);
      case BYTE, BOOL -> Byte.toUnsignedInt(data.get(at));
    };
  }
}
