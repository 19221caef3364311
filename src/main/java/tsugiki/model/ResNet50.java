package tsugiki.model;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Dense;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Weights;

/**
 * ResNet-50 (He et al. 2016, table 1) in the form whose weights Keras publishes: the stride of a
 * stage lies in the first 1×1 convolution of its first block, every convolution has a bias, and the
 * variance has 1.001e-5 added. Weights have Keras' names of layers: {@code conv1_conv/kernel},
 * {@code conv1_bn/gain}, {@code conv2_block1_1_conv/kernel} and so on to {@code
 * predictions/kernel}.
 *
 * @param weights where they are; only those up to the requested layer are made
 */
public record ResNet50(Weights weights) {
  /** The side of the images that it was trained at, in pixels. */
  public static final int SIDE = 224;

  /** The length of its features. */
  public static final int FEATURES = 2048;

  /** The classes of ImageNet. */
  public static final int CLASSES = 1000;

  private static final float EPSILON = 1.001e-5f;

  /**
   * A stage.
   *
   * @param name how its layers' names begin
   * @param channels of the inner convolutions, a quarter of those of its map
   * @param blocks how many
   * @param stride of its first block
   */
  private record Stage(String name, long channels, int blocks, long stride) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage("conv2", 64, 3, 1),
          new Stage("conv3", 128, 4, 2),
          new Stage("conv4", 256, 6, 2),
          new Stage("conv5", 512, 3, 2));

  /**
   * The maps of the four stages.
   *
   * @param images [N, H, W, 3], RGB in [−1, 1], H and W known and 32 or more
   * @return maps of a quarter to a thirty-second of the side, of 256, 512, 1024 and 2048 channels
   */
  public List<Operand<TFloat32>> maps(Ops tf, Operand<TFloat32> images) {
    Operand<TFloat32> x = Vgg16.Input.CAFFE.of(tf.withSubScope("Input"), images);
    x = normalised(tf, "conv1", padded(tf, x, 3), 64, 7, 2, "VALID");
    x = tf.nn.relu(x);
    x =
        tf.nn.maxPool(
            padded(tf, x, 1),
            tf.constant(new int[] {1, 3, 3, 1}),
            tf.constant(new int[] {1, 2, 2, 1}),
            "VALID");
    List<Operand<TFloat32>> maps = new ArrayList<>();
    for (Stage stage : STAGES) {
      Ops scope = tf.withSubScope(stage.name());
      for (int block = 1; block <= stage.blocks(); block++) {
        x = block(scope, stage, block, x);
      }
      maps.add(x);
    }
    return maps;
  }

  private Operand<TFloat32> block(Ops tf, Stage stage, int number, Operand<TFloat32> x) {
    String name = "%s_block%d".formatted(stage.name(), number);
    long channels = stage.channels();
    long stride = number == 1 ? stage.stride() : 1;
    Operand<TFloat32> shortcut =
        number == 1 ? normalised(tf, name + "_0", x, 4 * channels, 1, stride, "VALID") : x;
    Operand<TFloat32> y = tf.nn.relu(normalised(tf, name + "_1", x, channels, 1, stride, "VALID"));
    y = tf.nn.relu(normalised(tf, name + "_2", y, channels, 3, 1, "SAME"));
    y = normalised(tf, name + "_3", y, 4 * channels, 1, 1, "VALID");
    return tf.nn.relu(tf.math.add(shortcut, y));
  }

  /** A convolution with bias, and the normalisation by stored statistics. */
  private Operand<TFloat32> normalised(
      Ops tf, String name, Operand<TFloat32> x, long out, long size, long stride, String padding) {
    Weights place = weights.in(name + "_conv");
    long in = x.shape().get(3);
    float sigma = (float) Math.sqrt(2.0 / (size * size * in));
    Variable<TFloat32> kernel =
        place.trained(tf, "kernel", Shape.of(size, size, in, out), Initializer.normal(sigma));
    Variable<TFloat32> bias = place.trained(tf, "bias", Shape.of(out), Initializer.zeros());
    Operand<TFloat32> y =
        tf.nn.biasAdd(tf.nn.conv2d(x, kernel, List.of(1L, stride, stride, 1L), padding), bias);
    return BatchNorm.withGain(tf, weights.in(name + "_bn"), BatchNorm.Settings.stored(EPSILON), y)
        .apply(tf, y);
  }

  /** Zeros on every side, which are black for no channel: the mean is subtracted before. */
  private static Operand<TFloat32> padded(Ops tf, Operand<TFloat32> x, int by) {
    return tf.pad(
        x, tf.constant(new int[][] {{0, 0}, {by, by}, {by, by}, {0, 0}}), tf.constant(0f));
  }

  /**
   * The mean over the last map.
   *
   * @param last the last of {@link #maps}
   * @return [N, {@value #FEATURES}]
   */
  public static Operand<TFloat32> pooled(Ops tf, Operand<TFloat32> last) {
    return tf.math.mean(last, tf.constant(new int[] {1, 2}));
  }

  /**
   * The classes' logits.
   *
   * @param pooled [N, {@value #FEATURES}]
   * @return [N, {@value #CLASSES}]
   */
  public Operand<TFloat32> logits(Ops tf, Operand<TFloat32> pooled) {
    return Dense.apply(
        tf.withSubScope("predictions"),
        weights.in("predictions"),
        Kernels.PLAIN,
        pooled,
        CLASSES,
        Initializer.normal(0.01f));
  }
}
