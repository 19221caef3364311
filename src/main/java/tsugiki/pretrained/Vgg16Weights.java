package tsugiki.pretrained;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Session;
import tsugiki.base.BadInputException;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.Vgg16;
import tsugiki.model.Vgg16.Depth;
import tsugiki.model.Vgg16.Layer;
import tsugiki.runtime.WeightValues;
import tsugiki.weights.NamedArrays;
import tsugiki.weights.WeightFiles;

/**
 * The weights of VGG16 or VGG19 in a file, by whichever names they have there.
 *
 * @param file the file, for messages
 * @param arrays what it holds
 * @param layout whose names they are
 * @param depth which of the two networks it is read as
 */
record Vgg16Weights(Path file, NamedArrays arrays, Layout layout, Depth depth) {
  private static final Pattern CONVOLUTION = Pattern.compile("conv([1-5])_([1-4])");

  /** The channels, and within each its places, are what torchvision's first dense layer reads. */
  private static final int CHANNELS = 512;

  /** Whose names a file has, and what goes with them. */
  enum Layout {
    /** Keras, {@code block1_conv1/kernel:0} or {@code block1_conv1_W_1:0}: Caffe's, BGR. */
    KERAS,
    /** Keras 3's weights alone, {@code layers/conv2d_1/vars/0}: the same, by their order. */
    KERAS_3,
    /** This project's, {@code conv1_1/kernel}: Caffe's, BGR. */
    OWN,
    /** The conversion {@code vgg16_weights.npz}, {@code conv1_1_W}: Caffe's, turned to RGB. */
    CAFFE,
    /** torchvision's {@code features.0.weight}, another training, RGB. */
    TORCHVISION;

    /** A pattern of the names of a layer's kernel, or bias. */
    Pattern names(Depth depth, String layer, boolean kernel) {
      Matcher convolution = CONVOLUTION.matcher(layer);
      boolean isConvolution = convolution.matches();
      return Pattern.compile(
          switch (this) {
            case KERAS -> {
              String keras =
                  isConvolution
                      ? "block" + convolution.group(1) + "_conv" + convolution.group(2)
                      : layer.equals("fc6") ? "fc1" : "fc2";
              yield "(.*/)?" + keras + (kernel ? "(/kernel|_W|_W_1)" : "(/bias|_b|_b_1)") + "(:0)?";
            }
            case KERAS_3 -> {
              int at = isConvolution ? index(depth, layer) : layer.equals("fc6") ? 0 : 1;
              String kind = isConvolution ? "conv2d" : "dense";
              yield "layers/" + kind + (at == 0 ? "" : "_" + at) + "/vars/" + (kernel ? 0 : 1);
            }
            case OWN -> layer + (kernel ? "/kernel" : "/bias");
            case CAFFE -> layer + (kernel ? "_W" : "_b");
            case TORCHVISION -> {
              String torch =
                  isConvolution
                      ? "features\\." + torchIndex(depth, layer)
                      : "classifier\\." + (layer.equals("fc6") ? 0 : 3);
              yield "(.*\\.)?" + torch + (kernel ? "\\.weight" : "\\.bias");
            }
          });
    }

    private static int index(Depth depth, String layer) {
      return depth.layers().stream().map(Layer::label).toList().indexOf(layer);
    }

    /**
     * In torchvision's list of layers ReLUs and pools count: one after each, one before a block.
     */
    private static int torchIndex(Depth depth, String layer) {
      return 2 * index(depth, layer) + layer.charAt("conv".length()) - '1';
    }
  }

  /** VGG16's. */
  Vgg16Weights(Path file, NamedArrays arrays, Layout layout) {
    this(file, arrays, layout, Depth.VGG16);
  }

  /**
   * Opens a file.
   *
   * @param argument the argument that named it, for the message
   * @throws BadInputException if it holds no such network
   */
  static Vgg16Weights open(String argument, Path file, Depth depth) {
    NamedArrays arrays = WeightFiles.open(argument, file);
    for (Layout layout : Layout.values()) {
      Vgg16Weights weights = new Vgg16Weights(file, arrays, layout, depth);
      if (weights.find("conv1_1", true).isPresent()) {
        weights.checkDepth(argument);
        return weights;
      }
    }
    throw new BadInputException(
        "%s %s holds no %s (neither block1_conv1, conv1_1_W nor features.0.weight); give one,"
                .formatted(argument, file, depth)
            + " such as tools/tsugiki fetch %s downloads".formatted(Vgg16Network.word(depth)));
  }

  /** VGG19 has all of VGG16's names in most files, and would pass for it. */
  void checkDepth(String argument) {
    if (depth == Depth.VGG16
        && layout != Layout.TORCHVISION
        && layout != Layout.KERAS_3
        && find("conv3_4", true).isPresent()) {
      throw new BadInputException(
          "%s %s holds VGG19 and not VGG16; name it vgg19:FILE".formatted(argument, file));
    }
  }

  /** What its weights were trained to see. */
  Vgg16.Input input() {
    return layout == Layout.TORCHVISION ? Vgg16.Input.TORCHVISION : Vgg16.Input.CAFFE;
  }

  /** Whether it has the dense layers. */
  boolean hasDense() {
    return find("fc6", true).isPresent() && find("fc7", true).isPresent();
  }

  /**
   * Fills a network.
   *
   * @param weights the view at which {@link Vgg16} was built
   * @throws BadInputException if the file lacks a layer, or has it in another shape
   */
  void fill(Session session, Weights weights) {
    Map<Weight, float[]> values = new LinkedHashMap<>();
    for (Weight weight : weights.all()) {
      values.put(weight, values(weight.name().substring(weights.path().length()), weight));
    }
    WeightValues.set(session, values);
  }

  private Optional<String> find(String layer, boolean kernel) {
    Pattern names = layout.names(depth, layer, kernel);
    return arrays.names().stream().filter(name -> names.matcher(name).matches()).findFirst();
  }

  private float[] values(String name, Weight weight) {
    String layer = name.substring(0, name.indexOf('/'));
    boolean kernel = name.endsWith("/kernel");
    String found =
        find(layer, kernel)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "%s lacks the weights %s of %s; give the whole network"
                            .formatted(file, name, depth)));
    long[] wanted = inFile(weight.shape().asArray());
    long[] shape = arrays.shape(found);
    if (!Arrays.equals(shape, wanted)) {
      throw new BadInputException(
          "%s holds %s in the shape %s where %s has %s; give its weights"
              .formatted(file, found, Arrays.toString(shape), depth, Arrays.toString(wanted)));
    }
    float[] values = arrays.values(found);
    if (layout == Layout.TORCHVISION && kernel) {
      int out = Math.toIntExact(shape[0]);
      int in = layer.equals("fc6") ? CHANNELS : Math.toIntExact(shape[1]);
      return Arrangement.inputsFirst(values, out, in);
    }
    return layout == Layout.CAFFE && name.equals("conv1_1/kernel")
        ? blueFirst(values, Math.toIntExact(shape[3]))
        : values;
  }

  private long[] inFile(long[] shape) {
    if (layout != Layout.TORCHVISION || shape.length == 1) {
      return shape;
    }
    return shape.length == 2
        ? new long[] {shape[1], shape[0]}
        : new long[] {shape[3], shape[2], shape[0], shape[1]};
  }

  /** [3, 3, RGB, out] to [3, 3, BGR, out]. */
  private static float[] blueFirst(float[] values, int out) {
    float[] turned = new float[values.length];
    for (int at = 0; at < values.length; at += 3 * out) {
      for (int c = 0; c < 3; c++) {
        System.arraycopy(values, at + c * out, turned, at + (2 - c) * out, out);
      }
    }
    return turned;
  }
}
