package tsugiki.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * The parametric softsign: f(x) = x for x ≥ 0 and f(x) = e^α·x / (e^α + |x|) below, with a trained
 * α. α → −∞ gives ReLU, α → ∞ the identity, and f is once continuously differentiable at 0 for
 * every α. (The formula as printed in the source lacks the factor x and is not continuous; this is
 * the one with the limits that its text states.)
 *
 * <p>Computed as x · 1 / (1 + n) with n = max(−x·e^−α, 0), where e^α cannot overflow and neither
 * can anything be infinity over infinity. Five passes over x forward and seven back: fewer than
 * with cases for the sign of x, or with a division, whose gradient divides twice. α counts as
 * within ±20, where f is within 2·10⁻⁹ of ReLU, or within 2·10⁻⁹·x² of the identity; beyond, α gets
 * no gradient. Nor does it where |x|·e^−α is above 10¹⁸, and from 10²⁹ on f is 0 and not −e^α.
 */
final class ParametricSoftsign {
  /** The largest |α| that makes a difference. */
  static final float BOUND = 20;

  private ParametricSoftsign() {}

  /**
   * Applies it with one α for the whole layer.
   *
   * @param x any shape
   * @param first the α that the training begins with
   * @return the same shape, ≥ −e^α
   */
  static Operand<TFloat32> ofLayer(Ops tf, Weights weights, Operand<TFloat32> x, float first) {
    return apply(tf, x, alpha(tf, weights, Shape.scalar(), first));
  }

  /**
   * Applies it with one α per channel.
   *
   * @param x [..., C]
   * @param first the α that the training begins with
   * @return the same shape
   */
  static Operand<TFloat32> ofChannels(Ops tf, Weights weights, Operand<TFloat32> x, float first) {
    long channels = x.shape().get(x.shape().numDimensions() - 1);
    return apply(tf, x, alpha(tf, weights, Shape.of(channels), first));
  }

  private static Operand<TFloat32> alpha(Ops tf, Weights weights, Shape shape, float first) {
    return weights.trained(tf, "alpha", shape, Initializer.constant(first));
  }

  /**
   * The function in any precision.
   *
   * @param x any shape
   * @param alpha a shape that broadcasts to x's
   * @return x's shape
   */
  static <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> x, Operand<T> alpha) {
    Operand<T> bounded = tf.clipByValue(alpha, number(tf, x, -BOUND), number(tf, x, BOUND));
    Operand<T> factor = tf.math.neg(tf.math.exp(tf.math.neg(bounded)));
    Operand<T> n = tf.nn.relu(tf.math.mul(x, factor));
    return tf.math.mul(x, tf.math.reciprocal(tf.math.add(n, number(tf, x, 1))));
  }

  private static <T extends TFloating> Operand<T> number(Ops tf, Operand<T> like, float value) {
    return tf.dtypes.cast(tf.constant(value), like.type());
  }
}
