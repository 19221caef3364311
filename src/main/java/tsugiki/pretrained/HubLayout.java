package tsugiki.pretrained;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tsugiki.model.BigGanArchitecture;

/**
 * The layout of DeepMind's BigGAN modules of TensorFlow Hub, as the converter of
 * ajbrock/BigGAN-PyTorch reads them. Kernels are ours: [k, k, in, out], the first map with its
 * channels last, the chunk of z before the class's vector. Trained weights have their moving
 * average beside them, which is taken. The statistics are the means themselves, whatever {@code
 * accumulation_counter} says: the converter takes them so.
 */
final class HubLayout implements PublishedLayout {
  /** By which a module is recognised, below a prefix. */
  static final String FIRST = "Generator/G_Z/G_linear";

  private static final int PLACES = BigGanArchitecture.FIRST_SIDE * BigGanArchitecture.FIRST_SIDE;

  private final HubVariables variables;
  private final BigGanArchitecture architecture;

  /**
   * Reads the shapes.
   *
   * @throws tsugiki.base.BadInputException if they are of no BigGAN
   */
  HubLayout(PublishedArrays arrays) {
    variables = new HubVariables(arrays, FIRST, ImportFormat.BIGGAN_TFHUB.spectralEpsilon());
    List<Integer> channels = new ArrayList<>(List.of(variables.count(FIRST + "/w", 2, 1) / PLACES));
    for (int i = 0; variables.has(convolution(i)); i++) {
      channels.add(variables.count(convolution(i), 4, 3));
    }
    if (channels.size() == 1) {
      throw variables.wrong("lacks " + convolution(0));
    }
    int pixels = BigGanArchitecture.FIRST_SIDE << (channels.size() - 1);
    architecture =
        BigGanShapes.generator(
            channels,
            BigGanShapes.attention(variables, channels, pixels == 256 ? 128 : 64),
            variables.count(FIRST + "/w", 2, 0),
            variables.count(HubVariables.CLASSES + "/w", 2, 1),
            variables.count(HubVariables.CLASSES + "/w", 2, 0),
            ImportFormat.BIGGAN_TFHUB.normEpsilon());
  }

  /** Whether these are names of such a module. */
  static boolean recognises(Set<String> names) {
    return HubVariables.recognises(names, FIRST);
  }

  private static String convolution(int block) {
    return block(block) + "/conv1/w";
  }

  @Override
  public BigGanArchitecture architecture() {
    return architecture;
  }

  @Override
  public float[] value(String layer, String part, long[] shape) {
    return switch (part) {
      case "table" -> variables.trained(HubVariables.CLASSES + "/w", shape);
      case "kernel" -> variables.spectral(name(layer), shape);
      case "mean" -> statistic(layer, "accumulated_mean", shape);
      case "variance" -> statistic(layer, "accumulated_var", shape);
      case "gain" -> variables.trained(name(layer) + "/gamma", shape);
      case "bias" ->
          variables.trained(name(layer) + (layer.endsWith("/norm") ? "/beta" : "/b"), shape);
      default -> variables.trained(name(layer) + "/" + part, shape);
    };
  }

  private float[] statistic(String layer, String part, long... shape) {
    String name =
        layer.equals("output/norm")
            ? "Generator/ScaledCrossReplicaBNbn"
            : name(layer).replace("HyperBN", "CrossReplicaBN");
    variables.ignore(name + "/accumulation_counter");
    return variables.untrained(name + "/" + part, shape);
  }

  private static String name(String layer) {
    return BlockLayer.find(layer).map(HubLayout::name).orElseGet(() -> other(layer));
  }

  private static String name(BlockLayer layer) {
    String rest =
        switch (layer.name()) {
          case "conv_1" -> "conv0";
          case "conv_2" -> "conv1";
          case "shortcut" -> "conv_sc";
          case "norm_1" -> "HyperBN";
          default -> "HyperBN_1";
        };
    return block(layer.block()) + "/" + rest + layer.condition("gamma", "beta");
  }

  /** A layer in no block. */
  private static String other(String layer) {
    return switch (layer) {
      case "linear" -> FIRST;
      case "output/norm" -> "Generator/ScaledCrossReplicaBN";
      case "output/conv" -> "Generator/conv_2d";
      case "attention/o" -> "Generator/attention/o_conv";
      default -> "Generator/" + layer;
    };
  }

  private static String block(int index) {
    return "Generator/GBlock" + (index == 0 ? "" : "_" + index);
  }
}
