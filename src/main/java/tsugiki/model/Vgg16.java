package tsugiki.model;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import tsugiki.graph.Dense;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Weights;

/**
 * VGG16 (Simonyan and Zisserman 2015, configuration D) and VGG19 (configuration E) without their
 * classifier's last layer. Weights are {@code conv1_1/kernel} [3, 3, in, out] and {@code
 * conv1_1/bias} [out], and so on to {@code fc7}.
 *
 * @param weights where they are; only those up to the last requested layer are made
 * @param input what its weights were trained to see
 * @param depth which of the two
 */
public record Vgg16(Weights weights, Input input, Depth depth) {
  /** The side of the images that the dense layers were trained at, in pixels. */
  public static final int SIDE = 224;

  private static final int DENSE = 4096;
  private static final List<Long> STRIDE_1 = List.of(1L, 1L, 1L, 1L);

  /** How images in [−1, 1] are put to the network. */
  public enum Input {
    /** Caffe's weights, the authors' own: BGR from 0 to 255 without the data's mean. */
    CAFFE(true, new float[] {103.939f, 116.779f, 123.68f}, new float[] {1, 1, 1}, 255),
    /** torchvision's weights, another training: RGB of mean 0 and deviation 1. */
    TORCHVISION(
        false, new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f}, 1),
    /** The same by the rounded numbers of LPIPS (Zhang et al. 2018), given for [−1, 1]. */
    LPIPS(
        false,
        new float[] {(1 - 0.030f) / 2, (1 - 0.088f) / 2, (1 - 0.188f) / 2},
        new float[] {0.458f / 2, 0.448f / 2, 0.450f / 2},
        1);

    private final boolean blueFirst;
    private final float[] mean;
    private final float[] deviation;
    private final float range;

    Input(boolean blueFirst, float[] mean, float[] deviation, float range) {
      this.blueFirst = blueFirst;
      this.mean = mean;
      this.deviation = deviation;
      this.range = range;
    }

    /** RGB in [−1, 1] to what the network takes: ((x + 1) / 2 · range − mean) / deviation. */
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> images) {
      Operand<TFloat32> x = blueFirst ? tf.reverse(images, tf.constant(new int[] {3})) : images;
      float[] scale = new float[mean.length];
      float[] shift = new float[mean.length];
      for (int c = 0; c < mean.length; c++) {
        scale[c] = range / 2 / deviation[c];
        shift[c] = (range / 2 - mean[c]) / deviation[c];
      }
      return tf.math.add(tf.math.mul(x, tf.constant(scale)), tf.constant(shift));
    }
  }

  /** With Caffe's weights. */
  public Vgg16(Weights weights) {
    this(weights, Input.CAFFE);
  }

  /** VGG16. */
  public Vgg16(Weights weights, Input input) {
    this(weights, input, Depth.VGG16);
  }

  /** The number of layers with weights. */
  public enum Depth {
    /** Thirteen convolutions. */
    VGG16,
    /** Sixteen: a fourth one in each of the last three blocks. */
    VGG19;

    /** Its convolutions in their order. */
    public List<Layer> layers() {
      return Stream.of(Layer.values()).filter(layer -> this == VGG19 || !layer.deep()).toList();
    }
  }

  /**
   * The convolutions of both in their order. A maximum pool halves the map before each new block.
   */
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
    /** A quarter of the resolution; of VGG19. */
    CONV3_4(256, false),
    /** An eighth of the resolution. */
    CONV4_1(512, true),
    /** An eighth of the resolution. */
    CONV4_2(512, false),
    /** An eighth of the resolution: the last of the ten layers of the perceptual loss. */
    CONV4_3(512, false),
    /** An eighth of the resolution; of VGG19. */
    CONV4_4(512, false),
    /** A sixteenth of the resolution. */
    CONV5_1(512, true),
    /** A sixteenth of the resolution. */
    CONV5_2(512, false),
    /** A sixteenth of the resolution. */
    CONV5_3(512, false),
    /** A sixteenth of the resolution; of VGG19. */
    CONV5_4(512, false);

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

    /** Whether it is of VGG19 alone. */
    boolean deep() {
      return name().endsWith("4");
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
    Operand<TFloat32> x = input.of(tf.withSubScope("Input"), images);
    for (Layer layer : depth.layers()) {
      if (layer.compareTo(last) > 0) {
        break;
      }
      x = convolution(tf.withSubScope(layer.label()), layer, layer.afterPool ? pooled(tf, x) : x);
      maps.put(layer, x);
    }
    return maps;
  }

  /**
   * The mean over what the last pool leaves, as Keras has it without the dense layers.
   *
   * @param last the map of {@link Layer#CONV5_3}
   * @return [N, 512]
   */
  public static Operand<TFloat32> pooledFeatures(Ops tf, Operand<TFloat32> last) {
    return tf.math.mean(pooled(tf, last), tf.constant(new int[] {1, 2}));
  }

  /**
   * The second dense layer after its ReLU: the features of improved precision and recall
   * (Kynkäänniemi et al. 2019).
   *
   * @param last the map of {@link Layer#CONV5_3} of images of {@link #SIDE} pixels
   * @return [N, 4096]
   */
  public Operand<TFloat32> denseFeatures(Ops tf, Operand<TFloat32> last) {
    Operand<TFloat32> pool = pooled(tf, last);
    long width = pool.shape().get(1) * pool.shape().get(2) * pool.shape().get(3);
    Operand<TFloat32> x = tf.reshape(pool, tf.constant(new long[] {-1, width}));
    for (String layer : List.of("fc6", "fc7")) {
      x =
          tf.nn.relu(
              Dense.apply(
                  tf.withSubScope(layer),
                  weights.in(layer),
                  Kernels.PLAIN,
                  x,
                  DENSE,
                  Initializer.normal(0.005f)));
    }
    return x;
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
