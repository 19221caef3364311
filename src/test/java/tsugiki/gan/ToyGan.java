package tsugiki.gan;

import java.util.List;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.Activation;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Conv2d;
import tsugiki.graph.Dense;
import tsugiki.graph.Initializer;
import tsugiki.graph.Weights;

/**
 * An unconditional GAN of 8-pixel images: all that a new kind of GAN needs is such a class and a
 * line that registers it.
 *
 * @param channels of all maps; 6
 */
record ToyGan(Integer channels) implements GanNetworkOptions, GanNetworks {
  static final String NAME = "toy";
  private static final Initializer INIT = Initializer.normal(0.2f);

  ToyGan {
    channels = Objects.requireNonNullElse(channels, 6);
  }

  @Override
  public GanNetworks networks(int classes) {
    return this;
  }

  @Override
  public int imageSize() {
    return 8;
  }

  @Override
  public int latentSize() {
    return 5;
  }

  @Override
  public boolean conditional() {
    return false;
  }

  @Override
  public boolean spectralNorm() {
    return false;
  }

  @Override
  public String kind() {
    return NAME;
  }

  @Override
  public Record architecture() {
    return this;
  }

  @Override
  public Operand<TFloat32> images(
      Ops tf, Layers layers, Operand<TFloat32> z, Operand<TInt64> labels) {
    Weights w = layers.weights();
    Operand<TFloat32> rows =
        Dense.apply(tf, w.in("linear"), layers.kernels(), z, 16L * channels, INIT);
    Operand<TFloat32> x = tf.reshape(rows, tf.constant(new long[] {-1, 4, 4, channels}));
    BatchNorm.Settings norm = layers.statistics().settings(1e-4f);
    x = tf.nn.relu(BatchNorm.withGain(tf, w.in("norm"), norm, x).apply(tf, x));
    x = Conv2d.afterDoubling(tf, w.in("conv"), layers.kernels(), x, 3, INIT);
    return tf.math.tanh(Conv2d.bias(tf, w.in("conv"), x));
  }

  @Override
  public List<Operand<TFloat32>> features(Ops tf, Layers layers, Operand<TFloat32> images) {
    Weights w = layers.weights().in("conv");
    Operand<TFloat32> x = Conv2d.striding(tf, w, layers.kernels(), images, channels, INIT);
    x = Activation.leakyRelu(0.2f).apply(tf, w, Conv2d.bias(tf, w, x));
    return List.of(tf.reshape(x, tf.constant(new long[] {-1, 16L * channels})));
  }
}
