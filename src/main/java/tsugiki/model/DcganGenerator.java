package tsugiki.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.Activation;
import tsugiki.graph.ActivationChoice;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Conv2d;
import tsugiki.graph.Dense;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Weights;

/**
 * The generator of DCGAN (Radford et al. 2016, section 3): a dense layer makes a small map of the
 * latent vector, transposed convolutions with batch normalisation enlarge it. With several classes
 * the latent vector has the class beside it, as one number in as many places.
 *
 * @param architecture its shape
 * @param weights where its variables are
 * @param kernels the constraint on its kernels
 * @param norm the kind of statistics
 */
public record DcganGenerator(
    DcganArchitecture architecture, Weights weights, Kernels kernels, BatchNorm.Settings norm) {

  /**
   * Draws images.
   *
   * @param z latent vectors [N, architecture.latent()]
   * @param labels classes [N]; not used with one class
   * @return images [N, size, size, 3] in (−1, 1); grey ones have three equal channels
   */
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> z, Operand<TInt64> labels) {
    Operand<TFloat32> x = firstMap(tf.withSubScope("Linear"), conditioned(tf, z, labels));
    for (int i = 0; i < architecture.generatorStrides().size() - 1; i++) {
      Ops scope = tf.withSubScope("Conv" + i);
      Weights place = weights.in("conv_" + i);
      x = convolved(scope, place, i, x, architecture.generatorChannels().get(i + 1));
      x = activated(scope, place, x);
    }
    Ops last = tf.withSubScope("Output");
    Weights place = weights.in("output");
    int index = architecture.generatorStrides().size() - 1;
    x = convolved(last, place, index, x, architecture.colours());
    x = last.math.tanh(Conv2d.bias(last, place, x));
    return architecture.colours() == 1 ? last.concat(List.of(x, x, x), last.constant(3)) : x;
  }

  private Operand<TFloat32> conditioned(Ops tf, Operand<TFloat32> z, Operand<TInt64> labels) {
    if (architecture.classes() == 1) {
      return z;
    }
    Operand<TFloat32> classes =
        tf.oneHot(labels, tf.constant(architecture.classes()), tf.constant(1f), tf.constant(0f));
    return tf.concat(List.of(z, classes), tf.constant(1));
  }

  private Operand<TFloat32> firstMap(Ops tf, Operand<TFloat32> z) {
    Weights place = weights.in("linear");
    long side = architecture.firstSide();
    long channels = architecture.generatorChannels().get(0);
    Operand<TFloat32> rows =
        architecture.normaliseFirst()
            ? Dense.withoutBias(tf, place, kernels, z, side * side * channels, init())
            : Dense.apply(tf, place, kernels, z, side * side * channels, init());
    Operand<TFloat32> map = tf.reshape(rows, tf.constant(new long[] {-1, side, side, channels}));
    return architecture.normaliseFirst() ? activated(tf, place, map) : map;
  }

  private Operand<TFloat32> convolved(
      Ops tf, Weights place, int index, Operand<TFloat32> x, long out) {
    // With stride 1 the transposed convolution is a convolution by the flipped kernel.
    return architecture.generatorStrides().get(index) == 2
        ? Conv2d.transposed(tf, place, kernels, x, out, architecture.kernel(), init())
        : Conv2d.same(tf, place, kernels, x, out, architecture.kernel(), init());
  }

  private Operand<TFloat32> activated(Ops tf, Weights place, Operand<TFloat32> x) {
    Activation activation =
        ActivationChoice.parse("activation", architecture.generatorActivation()).activation();
    return activation.apply(
        tf, place, BatchNorm.withGain(tf, place.in("norm"), norm, x).apply(tf, x));
  }

  private Initializer init() {
    return architecture.deviation() > 0
        ? Initializer.normal(architecture.deviation())
        : Initializer.glorot();
  }
}
