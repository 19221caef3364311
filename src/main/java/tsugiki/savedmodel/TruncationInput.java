package tsugiki.savedmodel;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.BatchNorm;
import tsugiki.model.GeneratorArchitecture;

/**
 * The input {@code truncation} of generators that hold their statistics for several truncations
 * (Brock et al. 2019, appendix C.1): a scalar from 0 to 1.
 */
final class TruncationInput {
  private TruncationInput() {}

  /** The placeholder. */
  static Placeholder<TFloat32> placeholder(Ops tf) {
    return tf.withName(ExportedGenerator.TRUNCATION)
        .placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  }

  /** Statistics by the truncation. */
  static BatchNorm.Settings settings(
      Ops tf, Operand<TFloat32> truncation, GeneratorArchitecture architecture) {
    Ops scope = tf.withSubScope("Statistics");
    return BatchNorm.Settings.sets(
        architecture.epsilon(), shares(scope, truncation, architecture.statistics()));
  }

  /**
   * What each set counts for: the two whose truncations enclose the given one, by nearness. Outside
   * 0 and 1 it is the set of the limit.
   *
   * @param truncation a scalar
   * @param sets of truncations that are equally far apart, from 0 to 1; at least 2
   * @return [1, sets], summing to 1
   */
  private static Operand<TFloat32> shares(Ops tf, Operand<TFloat32> truncation, int sets) {
    float[] places = new float[sets];
    for (int i = 0; i < sets; i++) {
      places[i] = i;
    }
    Operand<TFloat32> within =
        tf.math.maximum(tf.math.minimum(truncation, tf.constant(1f)), tf.constant(0f));
    Operand<TFloat32> place = tf.math.mul(within, tf.constant((float) (sets - 1)));
    Operand<TFloat32> distance = tf.math.abs(tf.math.sub(tf.constant(places), place));
    return tf.reshape(
        tf.nn.relu(tf.math.sub(tf.constant(1f), distance)), tf.constant(new int[] {1, sets}));
  }
}
