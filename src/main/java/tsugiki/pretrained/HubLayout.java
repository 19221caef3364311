package tsugiki.pretrained;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final String CLASSES = "linear";
  private static final String AVERAGE = "/ema_";

  /** What names begin with where the module was part of a graph when it was saved. */
  private static final String MODULE = "module/";

  private static final Pattern BLOCK = Pattern.compile("block_(\\d+)/([a-z]+(?:_\\d)?)(/[a-z]+)?");
  private static final float EPSILON = ImportFormat.BIGGAN_TFHUB.spectralEpsilon();
  private static final int PLACES = BigGanArchitecture.FIRST_SIDE * BigGanArchitecture.FIRST_SIDE;

  private final PublishedArrays arrays;
  private final String prefix;
  private final String average;
  private final BigGanArchitecture architecture;

  /**
   * Reads the shapes.
   *
   * @throws tsugiki.base.BadInputException if they are of no BigGAN
   */
  HubLayout(PublishedArrays arrays) {
    this.arrays = arrays;
    prefix = arrays.has(MODULE + FIRST + "/u0") ? MODULE : "";
    String averaged = prefix + CLASSES + "/w" + AVERAGE;
    average =
        arrays.names().stream()
            .filter(name -> name.startsWith(averaged))
            .map(name -> name.substring(averaged.length() - AVERAGE.length()))
            .findFirst()
            .orElse("");
    String first = prefix + FIRST + "/w" + average;
    List<Integer> channels = new ArrayList<>(List.of(count(first, 2, 1) / PLACES));
    for (int i = 0; arrays.has(convolution(i)); i++) {
      channels.add(count(convolution(i), 4, 3));
    }
    if (channels.size() == 1) {
      throw arrays.wrong("lacks " + convolution(0));
    }
    String classes = prefix + CLASSES + "/w" + average;
    architecture =
        BigGanShapes.generator(
            channels,
            attention(channels),
            count(first, 2, 0),
            count(classes, 2, 1),
            count(classes, 2, 0),
            ImportFormat.BIGGAN_TFHUB.normEpsilon());
  }

  /** Whether these are names of such a module. */
  static boolean recognises(Set<String> names) {
    return names.contains(FIRST + "/u0") || names.contains(MODULE + FIRST + "/u0");
  }

  /**
   * The resolution with attention. Its place is in no name: at 128 pixels for the network of 256,
   * at 64 for the others, and otherwise after the block that has as many channels.
   */
  private int attention(List<Integer> channels) {
    String theta = prefix + "Generator/attention/theta/w" + average;
    if (!arrays.has(theta)) {
      return 0;
    }
    int wanted = count(theta, 4, 2);
    int last = channels.size() - 1;
    int published = BigGanArchitecture.FIRST_SIDE << last == 256 ? 128 : 64;
    List<Integer> fitting = new ArrayList<>();
    for (int i = 1; i <= last; i++) {
      if (channels.get(i) == wanted) {
        fitting.add(BigGanArchitecture.FIRST_SIDE << i);
      }
    }
    if (fitting.contains(published)) {
      return published;
    }
    if (fitting.size() != 1) {
      throw arrays.wrong(
          "has attention on %d channels, which %d blocks make".formatted(wanted, fitting.size()));
    }
    return fitting.get(0);
  }

  private String convolution(int block) {
    return prefix + block(block) + "/conv1/w" + average;
  }

  private int count(String name, int rank, int axis) {
    return BigGanShapes.count(arrays, name, arrays.shape(name, rank)[axis]);
  }

  @Override
  public BigGanArchitecture architecture() {
    return architecture;
  }

  @Override
  public float[] value(String layer, String part, long[] shape) {
    return switch (part) {
      case "table" -> trained(CLASSES + "/w", shape);
      case "kernel" -> spectral(name(layer), shape);
      case "mean" -> statistic(layer, "accumulated_mean", shape);
      case "variance" -> statistic(layer, "accumulated_var", shape);
      case "gain" -> trained(name(layer) + "/gamma", shape);
      case "bias" -> trained(name(layer) + (layer.endsWith("/norm") ? "/beta" : "/b"), shape);
      default -> trained(name(layer) + "/" + part, shape);
    };
  }

  private float[] trained(String name, long... shape) {
    if (!average.isEmpty()) {
      arrays.ignore(prefix + name);
    }
    return arrays.take(prefix + name + average, shape);
  }

  private float[] spectral(String name, long... shape) {
    arrays.ignore(prefix + name + "/u1");
    float[] u = arrays.take(prefix + name + "/u0", shape[shape.length - 1]);
    return SpectralFold.ofColumns(trained(name + "/w", shape), u, EPSILON);
  }

  private float[] statistic(String layer, String part, long... shape) {
    String name =
        layer.equals("output/norm")
            ? "Generator/ScaledCrossReplicaBNbn"
            : name(layer).replace("HyperBN", "CrossReplicaBN");
    arrays.ignore(prefix + name + "/accumulation_counter");
    return arrays.take(prefix + name + "/" + part, shape);
  }

  private static String name(String layer) {
    Matcher inBlock = BLOCK.matcher(layer);
    if (inBlock.matches()) {
      String rest =
          switch (inBlock.group(2)) {
            case "conv_1" -> "conv0";
            case "conv_2" -> "conv1";
            case "shortcut" -> "conv_sc";
            case "norm_1" -> "HyperBN";
            default -> "HyperBN_1";
          };
      String what = inBlock.group(3) == null ? "" : inBlock.group(3);
      return block(Integer.parseInt(inBlock.group(1)))
          + "/"
          + rest
          + what.replace("gain", "gamma").replace("bias", "beta");
    }
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
