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
 * <p>Computed as max(x, 0) + m / (1 − m·e^−α) with m = min(x, 0), where e^α cannot overflow; α
 * counts as within ±20, beyond which the function does not change in single precision.
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
    Operand<TFloat32> zero = tf.constant(0f);
    Operand<TFloat32> negative = tf.math.minimum(x, zero);
    Operand<TFloat32> divisor = tf.math.sub(tf.constant(1f), tf.math.mul(negative, inverse));
    return tf.math.add(tf.math.maximum(x, zero), tf.math.div(negative, divisor));
  }
}
