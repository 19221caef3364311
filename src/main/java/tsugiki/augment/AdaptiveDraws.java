package tsugiki.augment;

import java.util.EnumMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Randomness;

/**
 * The random numbers of {@link AdaptiveAugment}, one column per number and one row per image: the
 * gates, which decide whether a transformation happens, and its strengths.
 */
final class AdaptiveDraws {
  /** What is drawn uniformly from [0, 1). */
  enum Uniform {
    FLIP_GATE,
    QUARTER_GATE,
    SHIFT_GATE,
    SCALE_GATE,
    FIRST_TURN_GATE,
    STRETCH_GATE,
    SECOND_TURN_GATE,
    FRACTION_GATE,
    BRIGHTNESS_GATE,
    CONTRAST_GATE,
    LUMA_GATE,
    HUE_GATE,
    SATURATION_GATE,
    FLIP,
    QUARTERS,
    SHIFT_X,
    SHIFT_Y,
    FIRST_TURN,
    SECOND_TURN,
    LUMA,
    HUE
  }

  /** What is drawn from N(0, 1). */
  enum Normal {
    SCALE,
    STRETCH,
    FRACTION_X,
    FRACTION_Y,
    BRIGHTNESS,
    CONTRAST,
    SATURATION
  }

  private final Ops tf;
  private final Operand<TFloat32> probability;
  private final Map<Uniform, Operand<TFloat32>> uniform = new EnumMap<>(Uniform.class);
  private final Map<Normal, Operand<TFloat32>> normal = new EnumMap<>(Normal.class);

  /**
   * Draws all of them.
   *
   * @param probability that one transformation happens to one image, a scalar
   */
  AdaptiveDraws(
      Ops tf, Randomness random, long images, Operand<TFloat32> probability, String purpose) {
    this.tf = tf;
    this.probability = probability;
    Operand<TFloat32> uniforms =
        random.uniform(tf, purpose + " uniform", Shape.of(images, Uniform.values().length));
    Operand<TFloat32> normals =
        random.normal(tf, purpose + " normal", Shape.of(images, Normal.values().length));
    for (Uniform number : Uniform.values()) {
      uniform.put(number, column(uniforms, images, number.ordinal()));
    }
    for (Normal number : Normal.values()) {
      normal.put(number, column(normals, images, number.ordinal()));
    }
  }

  private Operand<TFloat32> column(Operand<TFloat32> block, long images, int index) {
    Operand<TFloat32> column =
        tf.slice(block, tf.constant(new long[] {0, index}), tf.constant(new long[] {images, 1}));
    return tf.reshape(column, tf.constant(new long[] {images}));
  }

  /** A number of each image [N]. */
  Operand<TFloat32> of(Uniform number) {
    return uniform.get(number);
  }

  /** A number of each image [N]. */
  Operand<TFloat32> of(Normal number) {
    return normal.get(number);
  }

  /** The value where the gate opens, with the probability, and otherwise {@code off}: [N]. */
  Operand<TFloat32> gated(Uniform gate, Operand<TFloat32> value, float off) {
    return gated(gate, probability, value, off);
  }

  /**
   * The same for each of two turns: one of them at least happens with the probability p, so each
   * with 1 − √(1 − p).
   */
  Operand<TFloat32> gatedTurn(Uniform gate, Operand<TFloat32> angle) {
    Operand<TFloat32> none =
        tf.math.maximum(tf.math.sub(tf.constant(1f), probability), tf.constant(0f));
    return gated(gate, tf.math.sub(tf.constant(1f), tf.math.sqrt(none)), angle, 0);
  }

  private Operand<TFloat32> gated(
      Uniform gate, Operand<TFloat32> open, Operand<TFloat32> value, float off) {
    return tf.select(
        tf.math.less(of(gate), open), value, tf.math.add(tf.zerosLike(value), tf.constant(off)));
  }
}
