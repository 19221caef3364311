package tsugiki.pretrained;

import com.google.common.math.IntMath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.BigGanDeepArchitecture;

/**
 * The layout of DeepMind's BigGAN-deep modules of TensorFlow Hub, as the converter of
 * huggingface/pytorch-pretrained-BigGAN reads them. The statistics are no variables: for 51
 * truncations from 0 to 1 they are constants of the module's graph. Each normalisation there makes
 * five nodes named {@code stack}, {@code stack_1} and so on; its second is of the means, its fourth
 * of the variances. The last convolution has as many outputs as inputs, three of which are colours.
 */
final class DeepHubLayout implements PublishedLayout {
  /** By which a module is recognised, below a prefix. */
  static final String FIRST = "Generator/GenZ/G_linear";

  private static final int PLACES = BigGanArchitecture.FIRST_SIDE * BigGanArchitecture.FIRST_SIDE;
  private static final int SITES = 4;
  private static final int STACKS = 5;
  private static final int MEANS = 1;
  private static final int VARIANCES = 3;
  private static final int COLOURS = 3;

  private final HubVariables variables;
  private final PublishedArrays constants;
  private final BigGanDeepArchitecture architecture;

  /**
   * Reads the shapes.
   *
   * @param arrays the module's variables
   * @param constants of the module's graph
   * @throws tsugiki.base.BadInputException if they are of no BigGAN-deep
   */
  DeepHubLayout(PublishedArrays arrays, PublishedArrays constants) {
    this.constants = constants;
    variables = new HubVariables(arrays, FIRST, ImportFormat.BIGGAN_DEEP_TFHUB.spectralEpsilon());
    List<Integer> channels = new ArrayList<>(List.of(variables.count(FIRST + "/w", 2, 1) / PLACES));
    // The second block of each resolution is the one that changes it.
    for (int i = 1; variables.has(block(i) + "/conv3/w"); i += 2) {
      channels.add(variables.count(block(i) + "/conv3/w", 4, 3));
    }
    if (channels.size() == 1) {
      throw variables.wrong("lacks " + block(1) + "/conv3/w");
    }
    int base = channels.stream().reduce(0, IntMath::gcd);
    int embedding = variables.count(HubVariables.CLASSES + "/w", 2, 1);
    int condition = variables.count(FIRST + "/w", 2, 0);
    if (condition <= embedding) {
      throw variables.wrong(
          "has a first layer of %d numbers for a class's vector of %d"
              .formatted(condition, embedding));
    }
    String means = stack(0, MEANS);
    architecture =
        new BigGanDeepArchitecture(
            BigGanArchitecture.FIRST_SIDE << (channels.size() - 1),
            base,
            channels.stream().map(count -> count / base).toList(),
            condition - embedding,
            embedding,
            variables.count(HubVariables.CLASSES + "/w", 2, 0),
            BigGanShapes.attention(variables, channels, 64),
            ImportFormat.BIGGAN_DEEP_TFHUB.normEpsilon(),
            BigGanShapes.count(constants, means, 2, 0));
  }

  /** Whether these are names of such a module. */
  static boolean recognises(Set<String> names) {
    return HubVariables.recognises(names, FIRST);
  }

  @Override
  public BigGanDeepArchitecture architecture() {
    return architecture;
  }

  @Override
  public float[] value(String layer, String part, long[] shape) {
    return switch (part) {
      case "table" -> variables.trained(HubVariables.CLASSES + "/w", shape);
      case "kernel" -> layer.equals("output/conv") ? colours() : spectral(layer, shape);
      case "mean" -> statistics(layer, MEANS, shape);
      case "variance" -> statistics(layer, VARIANCES, shape);
      case "gain" -> variables.trained(name(layer) + "/scale", shape);
      case "bias" -> bias(layer, shape);
      default -> variables.trained(name(layer) + "/" + part, shape);
    };
  }

  private float[] spectral(String layer, long... shape) {
    return variables.spectral(name(layer), shape);
  }

  /** The spectral norm is that of the whole kernel, of which the colours are a part. */
  private float[] colours() {
    long in = architecture.channels(architecture.blocks() - 1);
    float[] whole = spectral("output/conv", 3, 3, in, outputs());
    return Arrangement.firstColumns(whole, outputs(), COLOURS);
  }

  private int outputs() {
    return variables.count(name("output/conv") + "/w", 4, 3);
  }

  private float[] bias(String layer, long... shape) {
    if (layer.equals("output/conv")) {
      float[] whole = variables.trained(name(layer) + "/b", outputs());
      return Arrangement.firstColumns(whole, whole.length, COLOURS);
    }
    return variables.trained(name(layer) + (layer.endsWith("/norm") ? "/offset" : "/b"), shape);
  }

  private float[] statistics(String layer, int which, long... shape) {
    for (String part : List.of("accumulated_mean", "accumulated_var", "accumulation_counter")) {
      variables.ignore(name(layer) + "/" + part);
    }
    return constants.take(stack(site(layer), which), shape);
  }

  private int site(String layer) {
    return BlockLayer.find(layer)
        .map(inBlock -> SITES * inBlock.block() + inBlock.number() - 1)
        .orElseGet(() -> SITES * architecture.blocks());
  }

  private static String stack(int site, int which) {
    return "stack_" + (STACKS * site + which);
  }

  private static String name(String layer) {
    return BlockLayer.find(layer).map(DeepHubLayout::name).orElseGet(() -> other(layer));
  }

  private static String name(BlockLayer layer) {
    int number = layer.number() - 1;
    String rest =
        layer.name().startsWith("conv") ? "/conv" + number : numbered("/BatchNorm", number);
    return block(layer.block()) + rest + layer.condition("scale", "offset");
  }

  /** A layer in no block. */
  private static String other(String layer) {
    return switch (layer) {
      case "linear" -> FIRST;
      case "output/norm" -> "Generator/BatchNorm";
      case "output/conv" -> "Generator/conv_to_rgb";
      case "attention/o" -> "Generator/attention/o_conv";
      default -> "Generator/" + layer;
    };
  }

  private static String block(int index) {
    return numbered("Generator/GBlock", index);
  }

  /** TensorFlow numbers what has the same name from the second on. */
  private static String numbered(String name, int index) {
    return index == 0 ? name : name + "_" + index;
  }
}
