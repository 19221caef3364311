package tsugiki.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** Conversions between the bytes of files and feeds and the numbers of graphs. */
public final class Pixels {
  private Pixels() {}

  /** 0 … 255 to −1 … 1. */
  public static Operand<TFloat32> toFloats(Ops tf, Operand<TUint8> bytes) {
    Operand<TFloat32> floats = tf.dtypes.cast(bytes, TFloat32.class);
    return tf.math.sub(tf.math.mul(floats, tf.constant(2f / 255)), tf.constant(1f));
  }

  /** −1 … 1 to the nearest of 0 … 255; what lies outside is cut. */
  public static Operand<TUint8> toBytes(Ops tf, Operand<TFloat32> floats) {
    Operand<TFloat32> scaled =
        tf.math.mul(tf.math.add(floats, tf.constant(1f)), tf.constant(127.5f));
    return tf.dtypes.cast(
        tf.math.round(tf.clipByValue(scaled, tf.constant(0f), tf.constant(255f))), TUint8.class);
  }
}
