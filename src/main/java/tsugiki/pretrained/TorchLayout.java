package tsugiki.pretrained;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tsugiki.model.BigGanArchitecture;

/**
 * The layout of ajbrock/BigGAN-PyTorch's generators and discriminators: kernels [out, in, k, k],
 * the first map with its channels first, and the class's vector before the chunk of z.
 */
final class TorchLayout implements PublishedLayout {
  /** By which a generator is recognised. */
  static final String CLASSES = "shared.weight";

  /** By which a discriminator is recognised. */
  static final String EMBEDDING = "embed.weight";

  private static final Pattern BLOCK = Pattern.compile("block_(\\d+)/(.+)");
  private static final float EPSILON = ImportFormat.BIGGAN_PYTORCH.spectralEpsilon();
  private static final int PLACES = BigGanArchitecture.FIRST_SIDE * BigGanArchitecture.FIRST_SIDE;

  private final PublishedArrays arrays;
  private final boolean generator;
  private final int attentionBlock;
  private final BigGanArchitecture architecture;

  /**
   * Reads the shapes.
   *
   * @throws tsugiki.base.BadInputException if they are of no BigGAN
   */
  TorchLayout(PublishedArrays arrays) {
    this.arrays = arrays;
    generator = arrays.has(CLASSES);
    List<Integer> channels = new ArrayList<>();
    int attention = -1;
    while (arrays.has(block(channels.size(), "conv2") + ".weight")) {
      if (arrays.has("blocks." + channels.size() + ".1.theta.weight")) {
        attention = channels.size();
      }
      channels.add(count(block(channels.size(), "conv2") + ".weight", 4, 0));
    }
    if (channels.isEmpty()) {
      throw arrays.wrong("lacks " + block(0, "conv2") + ".weight");
    }
    attentionBlock = attention;
    architecture = generator ? generator(channels) : discriminator(channels);
  }

  private BigGanArchitecture generator(List<Integer> after) {
    List<Integer> channels = new ArrayList<>(List.of(count("linear.weight", 2, 0) / PLACES));
    channels.addAll(after);
    return BigGanShapes.generator(
        channels,
        attentionBlock < 0 ? 0 : BigGanArchitecture.FIRST_SIDE << (attentionBlock + 1),
        count("linear.weight", 2, 1),
        count(CLASSES, 2, 1),
        count(CLASSES, 2, 0),
        ImportFormat.BIGGAN_PYTORCH.normEpsilon());
  }

  private BigGanArchitecture discriminator(List<Integer> channels) {
    // The network of 32 pixels has four blocks, and halves in two of them alone.
    int size = channels.size() == 4 ? 32 : BigGanArchitecture.FIRST_SIDE << (channels.size() - 1);
    return BigGanShapes.discriminator(
        channels,
        size,
        attentionBlock < 0 ? 0 : size >> (attentionBlock + 1),
        count(EMBEDDING, 2, 0));
  }

  private int count(String name, int rank, int axis) {
    return BigGanShapes.count(arrays, name, rank, axis);
  }

  @Override
  public BigGanArchitecture architecture() {
    return architecture;
  }

  @Override
  public float[] value(String layer, String part, long[] shape) {
    String name = name(layer);
    return switch (part) {
      case "table" -> generator ? arrays.take(CLASSES, shape) : spectral(name, shape);
      case "kernel" -> kernel(layer, name, shape);
      case "mean" -> arrays.take(name + ".stored_mean", shape);
      case "variance" -> arrays.take(name + ".stored_var", shape);
      case "bias" -> bias(layer, name, shape);
      default -> arrays.take(name + "." + part, shape);
    };
  }

  private float[] kernel(String layer, String name, long[] shape) {
    if (shape.length == 4) {
      float[] kernel = spectral(name, shape[3], shape[2], shape[0], shape[1]);
      return Arrangement.inputsFirst(kernel, (int) shape[3], (int) shape[2]);
    }
    float[] matrix = spectral(name, shape[1], shape[0]);
    int in = (int) shape[0];
    int out = (int) shape[1];
    if (generator && layer.equals("linear")) {
      return Arrangement.inputsFirst(matrix, out / PLACES, PLACES);
    }
    float[] turned = Arrangement.transposed(matrix, out);
    return layer.startsWith("block_")
        ? Arrangement.lastRowsFirst(turned, in, architecture.embedding())
        : turned;
  }

  private float[] bias(String layer, String name, long[] shape) {
    float[] bias = arrays.take(name + ".bias", shape);
    return generator && layer.equals("linear")
        ? Arrangement.transposed(bias, bias.length / PLACES)
        : bias;
  }

  /** A kernel as the file has it, its first axis the outputs, over its singular value. */
  private float[] spectral(String name, long... shape) {
    arrays.ignore(name + ".sv0");
    float[] kernel = arrays.take(name + ".weight", shape);
    return SpectralFold.ofRows(kernel, arrays.take(name + ".u0", shape[0]), EPSILON);
  }

  private String name(String layer) {
    Matcher inBlock = BLOCK.matcher(layer);
    if (inBlock.matches()) {
      String rest =
          inBlock
              .group(2)
              .replace("conv_", "conv")
              .replace("shortcut", "conv_sc")
              .replace("norm_", "bn")
              .replace('/', '.');
      return block(Integer.parseInt(inBlock.group(1)), rest);
    }
    if (layer.startsWith("attention")) {
      return "blocks."
          + attentionBlock
          + ".1"
          + layer.substring("attention".length()).replace('/', '.');
    }
    return switch (layer) {
      case "output/norm" -> "output_layer.0";
      case "output/conv" -> "output_layer.2";
      case "head/embedding" -> "embed";
      default -> "linear"; // The generator's first layer, or the discriminator's head.
    };
  }

  private static String block(int index, String layer) {
    return "blocks." + index + ".0." + layer;
  }
}
