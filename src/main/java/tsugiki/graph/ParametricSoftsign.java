package tsugiki.graph;

import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StopGradient;
import org.tensorflow.op.math.Mul;
import org.tensorflow.op.math.Reciprocal;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The parametric softsign: f(x) = x for x ≥ 0 and f(x) = e^α·x / (e^α + |x|) below, with a trained
 * α. α → −∞ gives ReLU, α → ∞ the identity, and f is once continuously differentiable at 0 for
 * every α. (The formula as printed in the source lacks the factor x and is not continuous; this is
 * the one with the limits that its text states.)
 *
 * <p>Computed as x · r with r = 1 / (1 + n) and n = max(−x·e^−α, 0), where e^α cannot overflow and
 * neither can anything be infinity over infinity. Five passes over x forward, and with a gradient
 * of its own five back, where TensorFlow's own for these operations takes eight. α counts as within
 * ±20, where f is within 2·10⁻⁹ of ReLU, or within 2·10⁻⁹·x² of the identity; beyond, α gets no
 * gradient. From |x|·e^−α = 10²⁹ on f is 0 and not −e^α.
 */
final class ParametricSoftsign {
  /** The largest |α| that makes a difference. */
  static final float BOUND = 20;

  /** Where n ends: infinity times a factor of 0 would not be a number. */
  private static final float MOST = 3e38f;

  /** Of the operation that has the gradient: y, x, α and axes. */
  private static final int INPUTS = 4;

  private ParametricSoftsign() {}

  /** Refuses an α that a training cannot begin with. */
  static void requireInRange(float alpha) {
    if (!(Math.abs(alpha) <= BOUND)) {
      throw new IllegalArgumentException(
          "α is %s; give a number from %.0f to %.0f".formatted(alpha, -BOUND, BOUND));
    }
  }

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
   * @param alpha a shape that broadcasts to x's: a scalar, or that of x's last dimensions
   * @return x's shape
   */
  static <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> x, Operand<T> alpha) {
    GradientRegistry.install();
    Operand<T> y = tf.math.mul(tf.stopGradient(x), tf.stopGradient(Factor.of(tf, x, alpha).r));
    // A gradient may not ask for shapes: the graph is locked while it is built.
    int outer = x.shape().numDimensions() - alpha.shape().numDimensions();
    Operand<TInt32> axes = tf.constant(IntStream.range(0, outer).toArray());
    return tf.identityN(List.of(y, x, alpha, axes)).output().get(0).expect(x.type());
  }

  /**
   * What x is multiplied by, and what it is made of.
   *
   * @param n max(−x·e^−α, 0), at most {@link #MOST}
   * @param r 1 / (1 + n)
   */
  private record Factor<T extends TFloating>(Operand<T> n, Operand<T> r) {
    static <T extends TFloating> Factor<T> of(Ops tf, Operand<T> x, Operand<T> alpha) {
      Operand<T> bounded = tf.clipByValue(alpha, number(tf, x, -BOUND), number(tf, x, BOUND));
      Operand<T> steepness = tf.math.neg(tf.math.exp(tf.math.neg(bounded)));
      Operand<T> n =
          tf.clipByValue(tf.math.mul(x, steepness), number(tf, x, 0), number(tf, x, MOST));
      return new Factor<>(n, tf.math.reciprocal(tf.math.add(n, number(tf, x, 1))));
    }

    /** That of y = x · r. */
    static <T extends TFloating> Factor<T> in(Output<T> y) {
      Output<T> r = input(input(y, 1), 0);
      return new Factor<>(input(input(r, 0), 0), r);
    }

    private static <T extends TFloating> Output<T> input(Output<T> of, int index) {
      return ((GraphOperation) of.op()).<T>input(index).expect(of.type());
    }
  }

  /**
   * Whether an IdentityN is that of {@link #apply}: by what its first input is computed from, which
   * is so in models of every age, and whatever its name has become in a graph that was loaded.
   */
  static boolean endsIn(GraphOperation op) {
    if (op.numInputs() != INPUTS || !GradientRegistry.isFrom(op, 0, Mul.OP_NAME)) {
      return false;
    }
    GraphOperation y = GradientRegistry.giver(op, 0);
    return GradientRegistry.isFrom(y, 1, StopGradient.OP_NAME)
        && GradientRegistry.isFrom(GradientRegistry.giver(y, 1), 0, Reciprocal.OP_NAME);
  }

  /**
   * The gradient of {@link #apply}: df/dx = r² and df/dα = f·n·r, for every sign of x. What is
   * built here again of x and α TensorFlow computes once, with that of {@link #apply}.
   *
   * @param op the IdentityN of y, x, α and the axes over which x is larger than α
   * @param dy the gradient of y
   * @return those of the four
   */
  static <T extends TFloating> List<Operand<?>> gradient(Ops tf, GraphOperation op, Operand<T> dy) {
    Class<T> type = dy.type();
    Operand<T> x = op.<T>input(1).expect(type);
    Operand<T> alpha = op.<T>input(2).expect(type);
    Operand<TInt32> axes = op.<TInt32>input(3).expect(TInt32.class);
    Factor<T> factor = Factor.in(op.<T>input(0).expect(type));
    Operand<T> once = tf.math.mul(dy, factor.r);
    Operand<T> y = tf.math.mul(x, factor.r);
    Operand<T> byAlpha = tf.sum(tf.math.mul(tf.math.mul(once, y), factor.n), axes);
    Operand<T> inside =
        tf.dtypes.cast(tf.math.lessEqual(tf.math.abs(alpha), number(tf, alpha, BOUND)), type);
    return List.of(
        tf.zerosLike(y),
        tf.math.mul(once, factor.r),
        tf.math.mul(byAlpha, inside),
        tf.zerosLike(axes));
  }

  private static <T extends TFloating> Operand<T> number(Ops tf, Operand<T> like, float value) {
    return tf.dtypes.cast(tf.constant(value), like.type());
  }
}
