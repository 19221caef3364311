package tsugiki.pretrained;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tsugiki.graph.BatchNorm;
import tsugiki.model.BigGanArchitecture;

/**
 * The layout of the S³GAN modules of TensorFlow Hub, by the names of google/compare_gan, which
 * wrote them. Kernels are ours: [k, k, in, out], the first map with its channels last, the chunk of
 * z before the class's vector. A generator's trained weights have their moving average beside them,
 * which is taken. Statistics are sums, and a counter beside them divides. The vector of a spectral
 * norm lies on either side of its kernel. One checkpoint holds both networks.
 */
final class CompareGanLayout implements PublishedLayout {
  /** By which a generator is recognised. */
  static final String FIRST = "generator/fc_noise/kernel";

  /** By which a discriminator is recognised. */
  static final String SCORE = "discriminator/final_fc/kernel";

  private static final String AVERAGE = "/ExponentialMovingAverage";
  private static final String CLASSES = "generator/embed_y/kernel";
  private static final String ATTENTION = "non_local_block";
  private static final float EPSILON = ImportFormat.S3GAN_TFHUB.spectralEpsilon();
  private static final int PLACES = BigGanArchitecture.FIRST_SIDE * BigGanArchitecture.FIRST_SIDE;

  /** Layers in no block: our names, and theirs below the network's. */
  private static final Map<String, String> LAYERS =
      Map.of(
          "linear",
          "fc_noise",
          "output/norm",
          "final_norm",
          "output/conv",
          "final_conv",
          "head/linear",
          "final_fc",
          "attention",
          ATTENTION,
          "attention/theta",
          ATTENTION + "/conv2d_theta",
          "attention/phi",
          ATTENTION + "/conv2d_phi",
          "attention/g",
          ATTENTION + "/conv2d_g",
          "attention/o",
          ATTENTION + "/conv2d_attn_g");

  /** Where a discriminator's class vectors are: in S³GAN, and in this code's BigGAN. */
  private static final List<String> PROJECTIONS =
      List.of("discriminator_projection", "discriminator/embedding_fc");

  /** Heads of a discriminator that only its training uses. */
  private static final List<String> OTHER_HEADS =
      List.of("discriminator_rotation/", "discriminator_predictor/");

  private final PublishedArrays arrays;
  private final boolean generator;
  private final String network;
  private final String average;
  private final String projection;
  private final int blocks;
  private final BigGanArchitecture architecture;

  /**
   * Reads the shapes.
   *
   * @param generator which of the two networks
   * @throws tsugiki.base.BadInputException if they are of no such network
   */
  CompareGanLayout(PublishedArrays arrays, boolean generator) {
    this.arrays = arrays;
    this.generator = generator;
    network = generator ? "generator/" : "discriminator/";
    average = generator && arrays.has(FIRST + AVERAGE) ? AVERAGE : "";
    projection =
        PROJECTIONS.stream().filter(name -> arrays.has(name + "/kernel")).findFirst().orElse("");
    List<Integer> after = new ArrayList<>();
    while (arrays.has(second(after.size(), "same")) || arrays.has(second(after.size(), "down"))) {
      String scale = arrays.has(second(after.size(), "same")) ? "same" : "down";
      after.add(count(second(after.size(), scale), 4, 3));
    }
    if (after.isEmpty()) {
      throw arrays.wrong("lacks " + second(0, "same"));
    }
    blocks = after.size();
    architecture = (generator ? generator(after) : discriminator(after)).ofCompareGan();
    ignoreOthers(arrays.names());
  }

  private String second(int block, String scale) {
    return network + "B" + (block + 1) + "/" + scale + "_conv2/kernel" + average;
  }

  private BigGanArchitecture generator(List<Integer> after) {
    String first = FIRST + average;
    List<Integer> channels = new ArrayList<>(List.of(count(first, 2, 1) / PLACES));
    channels.addAll(after);
    int size = BigGanArchitecture.FIRST_SIDE << blocks;
    return BigGanShapes.generator(
        channels,
        attention(after, size, size == 256 ? 128 : 64),
        count(first, 2, 0),
        count(CLASSES + average, 2, 1),
        count(CLASSES + average, 2, 0),
        ImportFormat.S3GAN_TFHUB.normEpsilon());
  }

  private BigGanArchitecture discriminator(List<Integer> after) {
    int size = BigGanArchitecture.FIRST_SIDE << (blocks - 1);
    int classes = projection.isEmpty() ? 1 : count(projection + "/kernel", 2, 0);
    return BigGanShapes.discriminator(after, size, attention(after, size, 64), classes);
  }

  /** The resolution with attention, 0 for none; see {@link BigGanShapes#attention}. */
  private int attention(List<Integer> after, int size, int published) {
    String theta = network + ATTENTION + "/conv2d_theta/kernel" + average;
    if (!arrays.has(theta)) {
      return 0;
    }
    Map<Integer, Integer> bySide = new LinkedHashMap<>();
    for (int i = 0; i < after.size(); i++) {
      int side = generator ? BigGanArchitecture.FIRST_SIDE << (i + 1) : size >> (i + 1);
      if (side >= BigGanArchitecture.FIRST_SIDE) {
        bySide.put(side, after.get(i));
      }
    }
    return BigGanShapes.attention(count(theta, 4, 2), bySide, published, arrays::wrong);
  }

  /** The other network, and heads that are not served. */
  private void ignoreOthers(Set<String> names) {
    for (String name : names) {
      boolean other = name.startsWith(generator ? "discriminator" : "generator/");
      if (other || OTHER_HEADS.stream().anyMatch(name::startsWith)) {
        arrays.ignore(name);
      }
    }
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
    return switch (part) {
      case "table" -> generator ? trained(CLASSES, shape) : spectral(projection + "/kernel", shape);
      case "kernel" -> spectral(name(layer) + "/kernel", shape);
      case "mean" -> statistic(name(layer), "mean", shape);
      case "variance" -> statistic(name(layer), "variance", shape);
      case "gain" -> trained(name(layer) + "/gamma", shape);
      case "bias" -> trained(name(layer) + (layer.endsWith("/norm") ? "/beta" : "/bias"), shape);
      default -> trained(name(layer) + "/sigma", shape); // What attention is multiplied by.
    };
  }

  private float[] trained(String name, long... shape) {
    if (!average.isEmpty()) {
      arrays.ignore(name);
    }
    return arrays.take(name + average, shape);
  }

  private float[] spectral(String name, long... shape) {
    long columns = shape[shape.length - 1];
    long rows = Arrays.stream(shape).reduce(1, (a, b) -> a * b) / columns;
    String vector = name + "/u_var";
    boolean ofRows = Arrays.equals(arrays.shape(vector, 2), new long[] {rows, 1});
    float[] u = arrays.take(vector, ofRows ? rows : columns);
    float[] kernel = trained(name, shape);
    return ofRows
        ? SpectralFold.ofRows(kernel, u, EPSILON)
        : SpectralFold.ofColumns(kernel, u, EPSILON);
  }

  private float[] statistic(String norm, String part, long... shape) {
    String accumulated = norm + "/accu/";
    arrays.ignore(accumulated + "update_accus");
    float count = arrays.take(accumulated + "accu_counter")[0];
    if (count < 1) {
      throw arrays.wrong("has the statistics of %s batches in %s".formatted(count, norm));
    }
    return BatchNorm.standing(arrays.take(accumulated + "accu_" + part, shape), count);
  }

  private String name(String layer) {
    Optional<BlockLayer> inBlock = BlockLayer.find(layer);
    return network + inBlock.map(this::name).orElseGet(() -> LAYERS.get(layer));
  }

  private String name(BlockLayer layer) {
    // A generator doubles before its first convolution, a discriminator halves after its second.
    String changed = generator ? "up_" : layer.block() == blocks - 1 ? "same_" : "down_";
    String rest =
        switch (layer.name()) {
          case "conv_1" -> (generator ? changed : "same_") + "conv1";
          case "conv_2" -> (generator ? "same_" : changed) + "conv2";
          case "shortcut" -> changed + "conv_shortcut";
          case "norm_1" -> "bn1";
          default -> "bn2";
        };
    String condition = layer.condition("gamma", "beta");
    return "B%d/%s%s"
        .formatted(layer.block() + 1, rest, condition.isEmpty() ? "" : "/condition" + condition);
  }
}
