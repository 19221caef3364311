package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The gradient penalty R1 = ‖∇ₓ D(x)‖² (Mescheder et al. 2018) and its own gradients, by the images
 * and by the weights, for a critic D with each layer inside. Where TensorFlow lacks the second
 * derivative it comes from {@link GradientRegistry}.
 */
class SecondDerivativesTest {
  private static final long SEED = 13;
  private static final Initializer INIT = Initializer.normal(0.5f);

  /** The part of the critic that a case is about: [N, 8, 8, 8] to a map of any size. */
  private interface Middle {
    Operand<TFloat32> apply(Ops tf, Weights weights, PendingUpdates updates, Operand<TFloat32> h);
  }

  static Stream<LayerCase> critics() {
    return Stream.of(
        critic("RELU", activation(Activation.RELU)),
        critic("ELU", activation(Activation.ELU)),
        critic("SELU", activation(Activation.SELU)),
        critic("PRELU", activation(Activation.PRELU)),
        critic("LeakyReLU", activation(Activation.leakyRelu(0.2f))),
        critic("parametric softsign", activation(Activation.parametricSoftsign(0.3f))),
        critic("psf-channel", activation(Activation.parametricSoftsignByChannel(0.3f))),
        critic("softplus", (tf, w, u, h) -> tf.math.softplus(h)),
        critic("sigmoid", (tf, w, u, h) -> tf.math.sigmoid(h)),
        critic("tanh", (tf, w, u, h) -> tf.math.tanh(h)),
        critic("sqrt", (tf, w, u, h) -> tf.math.sqrt(positive(tf, h))),
        critic("rsqrt", (tf, w, u, h) -> tf.math.rsqrt(positive(tf, h))),
        critic("Conv2d.same", (tf, w, u, h) -> Conv2d.same(tf, w, Kernels.PLAIN, h, 3, 3, INIT)),
        critic(
            "Conv2d.afterDoubling",
            (tf, w, u, h) -> Conv2d.afterDoubling(tf, w, Kernels.PLAIN, h, 3, INIT)),
        critic(
            "Conv2d.beforeHalving",
            (tf, w, u, h) -> Conv2d.beforeHalving(tf, w, Kernels.PLAIN, h, 3, INIT)),
        critic(
            "Conv2d under SpectralNorm",
            (tf, w, u, h) -> Conv2d.same(tf, w, new SpectralNorm(u), h, 3, 3, INIT),
            300),
        critic("Resample.halved", (tf, w, u, h) -> Resample.halved(tf, h)),
        critic("Resample.doubled", (tf, w, u, h) -> Resample.doubled(tf, h)),
        critic("Resample.bilinear", (tf, w, u, h) -> Resample.bilinear(tf, h, 5, 11)),
        critic(
            "SelfAttention", (tf, w, u, h) -> SelfAttention.apply(tf, w, Kernels.PLAIN, h, INIT)),
        critic(
            "BatchNorm",
            (tf, w, u, h) ->
                BatchNorm.withGain(tf, w, BatchNorm.Settings.batch(1e-2f, u), h).apply(tf, h)));
  }

  @ParameterizedTest
  @MethodSource("critics")
  void thePenaltysGradientsAreThoseThatCentralDifferencesFind(LayerCase critic) {
    // Under this seed no step makes another pixel the largest of a pool in SelfAttention.
    try (LayerRun run = new LayerRun(critic, SEED, name -> true)) {
      assertThat(run.output().data()[0]).isPositive();
      CentralDifferences.check(run, 5e-3);
    }
  }

  private static Operand<TFloat32> positive(Ops tf, Operand<TFloat32> h) {
    return tf.math.add(tf.math.square(h), tf.constant(0.5f));
  }

  private static Middle activation(Activation activation) {
    return (tf, weights, updates, h) -> activation.apply(tf, weights, h);
  }

  private static LayerCase critic(String name, Middle middle) {
    return critic(name, middle, 0);
  }

  private static LayerCase critic(String name, Middle middle, int settling) {
    return new LayerCase(
        name,
        "",
        List.of(new int[] {2, 8, 8, 2}),
        settling,
        // Short, since a critic has kinks of its own and a large curvature.
        2e-3,
        (tf, weights, updates, in) -> penalty(tf, weights, updates, in.get(0), middle),
        null);
  }

  /**
   * The penalty of a critic of convolution, bias, the middle, a square and a dense layer, whose
   * bias it would not see.
   */
  private static Operand<TFloat32> penalty(
      Ops tf, Weights weights, PendingUpdates updates, Operand<TFloat32> x, Middle middle) {
    Weights first = weights.in("first");
    Operand<TFloat32> h =
        Conv2d.bias(tf, first, Conv2d.same(tf, first, Kernels.PLAIN, x, 8, 3, INIT));
    // The scale keeps sums of squares near 1, where single precision is dense.
    h = tf.math.mul(h, tf.constant(0.3f));
    h = tf.math.square(middle.apply(tf, weights.in("middle"), updates, h));
    Shape map = h.shape();
    long features = map.get(1) * map.get(2) * map.get(3);
    Operand<TFloat32> rows = tf.reshape(h, tf.constant(new long[] {-1, features}));
    Operand<TFloat32> scores =
        Dense.withoutBias(tf, weights.in("last"), Kernels.PLAIN, rows, 1, INIT);
    Operand<TFloat32> sum = tf.sum(scores, tf.constant(new int[] {0, 1}));
    Operand<TFloat32> slope = Gradients.of(tf.withSubScope("inner"), sum, List.of(x)).get(0);
    return tf.sum(tf.math.square(slope), tf.constant(new int[] {0, 1, 2, 3}));
  }
}
