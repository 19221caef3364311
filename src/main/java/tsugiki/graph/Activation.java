package tsugiki.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/**
 * A non-linearity after a layer; one with a parameter makes it in the layer's weights. {@link
 * ActivationChoice} names them.
 */
@FunctionalInterface
public interface Activation {
  /** max(0, x). */
  Activation RELU = (tf, weights, x) -> tf.nn.relu(x);

  /** x for x ≥ 0, eˣ − 1 below (Clevert et al. 2016, α = 1). */
  Activation ELU = (tf, weights, x) -> tf.nn.elu(x);

  /**
   * λx for x &gt; 0, λα(eˣ − 1) below, with λ = 1.0507 and α = 1.6733 (Klambauer et al. 2017): with
   * these, values of mean 0 and variance 1 stay so from layer to layer.
   */
  Activation SELU = (tf, weights, x) -> scaledElu(tf, x);

  /** x for x ≥ 0, αx below with a trained α that starts at 0.25 (He et al. 2015, one α a layer). */
  Activation PRELU = Activation::parametricRelu;

  /** x for x ≥ 0, slope·x below (Maas et al. 2013). */
  static Activation leakyRelu(float slope) {
    return (tf, weights, x) -> tf.nn.leakyRelu(x, LeakyRelu.alpha(slope));
  }

  /**
   * The parametric softsign: x for x ≥ 0, e^α·x / (e^α + |x|) below, with a trained α, between ReLU
   * (α → −∞) and the identity (α → ∞).
   *
   * @param alpha the α that the training begins with, within ±20; 0 is the softsign
   * @throws IllegalArgumentException if α is out of this range
   */
  static Activation parametricSoftsign(float alpha) {
    ParametricSoftsign.requireInRange(alpha);
    return (tf, weights, x) -> ParametricSoftsign.ofLayer(tf, weights, x, alpha);
  }

  /**
   * The same with one α per channel, the last dimension.
   *
   * @throws IllegalArgumentException if α is out of its range
   */
  static Activation parametricSoftsignByChannel(float alpha) {
    ParametricSoftsign.requireInRange(alpha);
    return (tf, weights, x) -> ParametricSoftsign.ofChannels(tf, weights, x, alpha);
  }

  /**
   * Applies it.
   *
   * @param x any shape
   * @return the same shape
   */
  Operand<TFloat32> apply(Ops tf, Weights weights, Operand<TFloat32> x);

  private static Operand<TFloat32> scaledElu(Ops tf, Operand<TFloat32> x) {
    float scale = 1.0507009873554805f;
    float alpha = 1.6732632423543772f;
    // Of two functions, since the gradient of TensorFlow's own has none. At 0 the slope is λα.
    Operand<TFloat32> positive = tf.nn.relu(x);
    Operand<TFloat32> negative = tf.math.sub(tf.nn.elu(x), positive);
    return tf.math.add(
        tf.math.mul(positive, tf.constant(scale)),
        tf.math.mul(negative, tf.constant(scale * alpha)));
  }

  private static Operand<TFloat32> parametricRelu(Ops tf, Weights weights, Operand<TFloat32> x) {
    Variable<TFloat32> alpha =
        weights.trained(tf, "alpha", Shape.scalar(), Initializer.constant(0.25f));
    Operand<TFloat32> positive = tf.math.maximum(x, tf.constant(0f));
    // Not min(x, 0): TensorFlow gives the whole gradient at 0 to either, so that the slope is 1 +
    // α.
    return tf.math.add(positive, tf.math.mul(tf.math.sub(x, positive), alpha));
  }
}
