package tsugiki.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The parametric softsign: f(x) = x for x ≥ 0 and f(x) = e^α·x / (e^α + |x|) below, with one
 * trained α a layer. α → −∞ gives ReLU, α → ∞ the identity, and f is once continuously
 * differentiable at 0 for every α. (The formula as printed in the source lacks the factor x and is
 * not continuous; this is the one with the limits that its text states.)
 *
 * <p>Computed as p + m / (1 − m·e^−α) with p = max(x, 0) and m = x − p, where e^α cannot overflow
 * and neither can anything be infinity over infinity. α counts as within ±20, where f is within
 * 2·10⁻⁹ of ReLU, or within 2·10⁻⁹·x² of the identity; beyond, α gets no gradient.
 */
public final class ParametricSoftsign {
  private static final float BOUND = 20;

  private ParametricSoftsign() {}

  /**
   * Applies it; α starts at 0, the softsign.
   *
   * @param x any shape
   * @return the same shape, ≥ −e^α
   */
  public static Operand<TFloat32> apply(Ops tf, Weights weights, Operand<TFloat32> x) {
    Variable<TFloat32> alpha = weights.trained(tf, "alpha", Shape.scalar(), Initializer.zeros());
    Operand<TFloat32> inverse =
        tf.math.exp(tf.math.neg(tf.clipByValue(alpha, tf.constant(-BOUND), tf.constant(BOUND))));
    Operand<TFloat32> positive = tf.math.maximum(x, tf.constant(0f));
    // Not min(x, 0): TensorFlow gives the whole gradient at 0 to either, so that the slope is 2.
    Operand<TFloat32> negative = tf.math.sub(x, positive);
    Operand<TFloat32> divisor = tf.math.sub(tf.constant(1f), tf.math.mul(negative, inverse));
    return tf.math.add(positive, tf.math.div(negative, divisor));
  }
}
