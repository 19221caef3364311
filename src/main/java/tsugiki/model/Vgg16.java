package tsugiki.model;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import tsugiki.graph.Initializer;
import tsugiki.graph.Weights;

/**
 * The convolutions of VGG16 (Simonyan and Zisserman 2015, configuration D) with the input of its
 * Caffe weights: BGR from 0 to 255 without the data's mean. Weights are {@code conv1_1/kernel} [3,
 * 3, in, out] and {@code conv1_1/bias} [out], and so on.
 *
 * @param weights where they are; only those up to the last layer asked for are made
 */
public record Vgg16(Weights weights) {
  /** The mean of the training images in blue, green and red. */
  private static final float[] MEAN = {103.939f, 116.779f, 123.68f};

  private static final List<Long> STRIDE_1 = List.of(1L, 1L, 1L, 1L);

  /** The convolutions in their order. A maximum pool halves the map before each new block. */
  public enum Layer {
    /** Full resolution. */
    CONV1_1(64, false),
    /** Full resolution. */
    CONV1_2(64, false),
    /** Half the resolution. */
    CONV2_1(128, true),
    /** Half the resolution. */
    CONV2_2(128, false),
    /** A quarter of the resolution. */
    CONV3_1(256, true),
    /** A quarter of the resolution. */
    CONV3_2(256, false),
    /** A quarter of the resolution. */
    CONV3_3(256, false),
    /** An eighth of the resolution. */
    CONV4_1(512, true),
    /** An eighth of the resolution. */
    CONV4_2(512, false),
    /** An eighth of the resolution: the last of the ten layers of the perceptual loss. */
    CONV4_3(512, false),
    /** A sixteenth of the resolution. */
    CONV5_1(512, true),
    /** A sixteenth of the resolution. */
    CONV5_2(512, false),
    /** A sixteenth of the resolution. */
    CONV5_3(512, false);

    private final int channels;
    private final boolean afterPool;

    Layer(int channels, boolean afterPool) {
      this.channels = channels;
      this.afterPool = afterPool;
    }

    /** The channels of its map. */
    public int channels() {
      return channels;
    }

    /** Its name in weight files: {@code conv1_1}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The maps up to a layer, each after its ReLU. Nothing after it is built.
   *
   * @param images [N, H, W, 3], RGB in [−1, 1], H and W known
   * @param last the last map wanted; {@link Layer#CONV4_3} makes the ten maps of Noguchi and Harada
   *     2019
   * @return [N, h, w, channels] for every layer up to {@code last}, in order
   */
  public Map<Layer, Operand<TFloat32>> maps(Ops tf, Operand<TFloat32> images, Layer last) {
    Map<Layer, Operand<TFloat32>> maps = new EnumMap<>(Layer.class);
    Operand<TFloat32> x = caffeInput(tf.withSubScope("Input"), images);
    for (Layer layer : Layer.values()) {
      if (layer.compareTo(last) > 0) {
        break;
      }
      x = convolution(tf.withSubScope(layer.label()), layer, layer.afterPool ? pooled(tf, x) : x);
      maps.put(layer, x);
    }
    return maps;
  }

  /** RGB in [−1, 1] to BGR − mean. */
  static Operand<TFloat32> caffeInput(Ops tf, Operand<TFloat32> images) {
    Operand<TFloat32> bgr = tf.reverse(images, tf.constant(new int[] {3}));
    float[] shift = new float[MEAN.length];
    for (int c = 0; c < MEAN.length; c++) {
      shift[c] = 127.5f - MEAN[c];
    }
    return tf.math.add(tf.math.mul(bgr, tf.constant(127.5f)), tf.constant(shift));
  }

  private Operand<TFloat32> convolution(Ops tf, Layer layer, Operand<TFloat32> x) {
    Weights place = weights.in(layer.label());
    Shape shape = Shape.of(3, 3, x.shape().get(3), layer.channels);
    float sigma = (float) Math.sqrt(2.0 / (shape.size() / layer.channels));
    Variable<TFloat32> kernel = place.trained(tf, "kernel", shape, Initializer.normal(sigma));
    Variable<TFloat32> bias =
        place.trained(tf, "bias", Shape.of(layer.channels), Initializer.zeros());
    return tf.nn.relu(tf.nn.biasAdd(tf.nn.conv2d(x, kernel, STRIDE_1, "SAME"), bias));
  }

  private static Operand<TFloat32> pooled(Ops tf, Operand<TFloat32> x) {
    Operand<TInt32> two = tf.constant(new int[] {1, 2, 2, 1});
    return tf.nn.maxPool(x, two, two, "VALID");
  }
}
