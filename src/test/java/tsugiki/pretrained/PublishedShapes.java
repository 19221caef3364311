package tsugiki.pretrained;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tsugiki.weights.NamedArrays;

/**
 * The names and shapes of the published networks, written down by the publications and not by the
 * program, for any base number of channels. As a file they hold the same number everywhere and
 * remember what was read.
 */
final class PublishedShapes implements NamedArrays {
  private static final int[] MULTIPLIERS = {16, 16, 8, 4, 2, 1};
  private static final int CLASSES = 1000;

  private static final String AVERAGE = "/ema_b999900";
  private static final String DEEP_AVERAGE = "/ema_0.9999";

  private final String average;
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Set<String> read = new LinkedHashSet<>();

  private PublishedShapes(String average) {
    this.average = average;
  }

  private PublishedShapes() {
    this(AVERAGE);
  }

  private void put(String name, long... shape) {
    shapes.put(name, shape);
  }

  /** ajbrock's {@code G_ema.pth}. */
  static PublishedShapes torchGenerator(int base) {
    PublishedShapes all = new PublishedShapes();
    all.put("shared.weight", CLASSES, 128);
    all.torch("linear", true, 16 * 16 * base, 20);
    for (int i = 0; i < 5; i++) {
      int in = MULTIPLIERS[i] * base;
      int out = MULTIPLIERS[i + 1] * base;
      String block = "blocks." + i + ".0.";
      all.torch(block + "conv1", true, out, in, 3, 3);
      all.torch(block + "conv2", true, out, out, 3, 3);
      all.torch(block + "conv_sc", true, out, in, 1, 1);
      for (String norm : new String[] {"bn1", "bn2"}) {
        int channels = norm.equals("bn1") ? in : out;
        all.torch(block + norm + ".gain", false, channels, 148);
        all.torch(block + norm + ".bias", false, channels, 148);
        all.put(block + norm + ".stored_mean", channels);
        all.put(block + norm + ".stored_var", channels);
      }
    }
    all.torchAttention("blocks.3.1.", 2 * base);
    for (String each : new String[] {"gain", "bias", "stored_mean", "stored_var"}) {
      all.put("output_layer.0." + each, base);
    }
    all.torch("output_layer.2", true, 3, base, 3, 3);
    return all;
  }

  /** ajbrock's {@code D.pth}. */
  static PublishedShapes torchDiscriminator(int base) {
    PublishedShapes all = new PublishedShapes();
    int[] multipliers = {1, 2, 4, 8, 16, 16};
    int in = 3;
    for (int i = 0; i < 6; i++) {
      int out = multipliers[i] * base;
      String block = "blocks." + i + ".0.";
      all.torch(block + "conv1", true, out, in, 3, 3);
      all.torch(block + "conv2", true, out, out, 3, 3);
      if (i < 5) {
        all.torch(block + "conv_sc", true, out, in, 1, 1);
      }
      in = out;
    }
    all.torchAttention("blocks.0.1.", base);
    all.torch("linear", true, 1, in);
    all.torch("embed", false, CLASSES, in);
    return all;
  }

  private void torch(String name, boolean bias, long... shape) {
    put(name + ".weight", shape);
    if (bias) {
      put(name + ".bias", shape[0]);
    }
    put(name + ".u0", 1, shape[0]);
    put(name + ".sv0", 1);
  }

  private void torchAttention(String block, long channels) {
    torch(block + "theta", false, channels / 8, channels, 1, 1);
    torch(block + "phi", false, channels / 8, channels, 1, 1);
    torch(block + "g", false, channels / 2, channels, 1, 1);
    torch(block + "o", false, channels, channels / 2, 1, 1);
    put(block + "gamma");
  }

  /** DeepMind's module {@code biggan-128}, below {@code prefix}. */
  static PublishedShapes hubGenerator(String prefix, int base) {
    PublishedShapes all = new PublishedShapes();
    all.averaged(prefix + "linear/w", CLASSES, 128);
    String generator = prefix + "Generator/";
    all.hub(generator + "G_Z/G_linear", true, 20, 16 * 16 * base);
    for (int i = 0; i < 5; i++) {
      int in = MULTIPLIERS[i] * base;
      int out = MULTIPLIERS[i + 1] * base;
      String block = generator + "GBlock" + (i == 0 ? "" : "_" + i) + "/";
      all.hub(block + "conv0", true, 3, 3, in, out);
      all.hub(block + "conv1", true, 3, 3, out, out);
      all.hub(block + "conv_sc", true, 1, 1, in, out);
      for (String suffix : new String[] {"", "_1"}) {
        int channels = suffix.isEmpty() ? in : out;
        all.hub(block + "HyperBN" + suffix + "/gamma", false, 148, channels);
        all.hub(block + "HyperBN" + suffix + "/beta", false, 148, channels);
        all.hubStatistics(block + "CrossReplicaBN" + suffix, channels);
      }
    }
    String attention = generator + "attention/";
    all.hub(attention + "theta", false, 1, 1, 2 * base, base / 4);
    all.hub(attention + "phi", false, 1, 1, 2 * base, base / 4);
    all.hub(attention + "g", false, 1, 1, 2 * base, base);
    all.hub(attention + "o_conv", false, 1, 1, base, 2 * base);
    all.averaged(attention + "gamma", 1);
    all.averaged(generator + "ScaledCrossReplicaBN/gamma", 1, 1, 1, base);
    all.averaged(generator + "ScaledCrossReplicaBN/beta", 1, 1, 1, base);
    all.hubStatistics(generator + "ScaledCrossReplicaBNbn", base);
    all.hub(generator + "conv_2d", true, 3, 3, base, 3);
    return all;
  }

  /** The S³GAN module of 128 pixels, generator and discriminator. */
  static PublishedShapes s3Gan(int base) {
    PublishedShapes all = new PublishedShapes();
    String average = "/ExponentialMovingAverage";
    String generator = "generator/";
    all.put(generator + "embed_y/kernel", CLASSES, 128);
    all.accumulated(generator + "fc_noise", true, 20, 16 * 16 * base);
    for (int i = 0; i < 5; i++) {
      int in = MULTIPLIERS[i] * base;
      int out = MULTIPLIERS[i + 1] * base;
      String block = generator + "B" + (i + 1) + "/";
      all.accumulated(block + "up_conv1", true, 3, 3, in, out);
      all.accumulated(block + "same_conv2", true, 3, 3, out, out);
      all.accumulated(block + "up_conv_shortcut", true, 1, 1, in, out);
      for (int norm = 1; norm <= 2; norm++) {
        int channels = norm == 1 ? in : out;
        all.accumulated(block + "bn" + norm + "/condition/gamma", false, 148, channels);
        all.accumulated(block + "bn" + norm + "/condition/beta", false, 148, channels);
        all.accumulators(block + "bn" + norm, channels);
      }
    }
    all.nonLocal(generator + "non_local_block/", 2 * base);
    all.put(generator + "final_norm/gamma", base);
    all.put(generator + "final_norm/beta", base);
    all.accumulators(generator + "final_norm", base);
    all.accumulated(generator + "final_conv", true, 3, 3, base, 3);
    for (String name : new ArrayList<>(all.shapes.keySet())) {
      if (!name.matches(".*/(u_var|accu/.*)")) {
        all.put(name + average, all.shapes.get(name));
      }
    }
    int[] multipliers = {1, 2, 4, 8, 16, 16};
    int in = 3;
    for (int i = 0; i < 6; i++) {
      int out = multipliers[i] * base;
      String block = "discriminator/B" + (i + 1) + "/";
      String scale = i < 5 ? "down" : "same";
      all.accumulated(block + "same_conv1", true, 3, 3, in, out);
      all.accumulated(block + scale + "_conv2", true, 3, 3, out, out);
      if (in != out) {
        all.accumulated(block + scale + "_conv_shortcut", true, 1, 1, in, out);
      }
      in = out;
    }
    all.nonLocal("discriminator/non_local_block/", base);
    all.accumulated("discriminator/final_fc", true, in, 1);
    all.accumulated("discriminator_projection", false, CLASSES, in);
    return all;
  }

  /** With the vector of its norm on the shorter side. */
  private void accumulated(String name, boolean bias, long... shape) {
    long out = shape[shape.length - 1];
    long in = Arrays.stream(shape).reduce(1, (a, b) -> a * b) / out;
    put(name + "/kernel", shape);
    put(name + "/kernel/u_var", in <= out ? new long[] {in, 1} : new long[] {1, out});
    if (bias) {
      put(name + "/bias", out);
    }
  }

  private void accumulators(String name, long channels) {
    put(name + "/accu/accu_mean", channels);
    put(name + "/accu/accu_variance", channels);
    put(name + "/accu/accu_counter");
    put(name + "/accu/update_accus");
  }

  private void nonLocal(String block, long channels) {
    accumulated(block + "conv2d_theta", false, 1, 1, channels, channels / 8);
    accumulated(block + "conv2d_phi", false, 1, 1, channels, channels / 8);
    accumulated(block + "conv2d_g", false, 1, 1, channels, channels / 2);
    accumulated(block + "conv2d_attn_g", false, 1, 1, channels / 2, channels);
    put(block + "sigma");
  }

  /**
   * DeepMind's module {@code biggan-deep-128}, {@code -256} or {@code -512}, below {@code prefix}.
   * Block by block: channels that come in and go out over the base, and whether it doubles.
   */
  static PublishedShapes deepGenerator(String prefix, int base, int size) {
    PublishedShapes all = new PublishedShapes(DEEP_AVERAGE);
    all.averaged(prefix + "linear/w", CLASSES, 128);
    String generator = prefix + "Generator/";
    all.deep(generator + "GenZ/G_linear", true, 256, 16 * 16 * base);
    int[][] blocks = deepBlocks(size);
    for (int i = 0; i < blocks.length; i++) {
      int in = blocks[i][0] * base;
      String block = generator + "GBlock" + (i == 0 ? "" : "_" + i) + "/";
      all.deep(block + "conv0", true, 1, 1, in, in / 4);
      all.deep(block + "conv1", true, 3, 3, in / 4, in / 4);
      all.deep(block + "conv2", true, 3, 3, in / 4, in / 4);
      all.deep(block + "conv3", true, 1, 1, in / 4, blocks[i][1] * base);
      for (int norm = 0; norm < 4; norm++) {
        String name = block + "BatchNorm" + (norm == 0 ? "" : "_" + norm);
        all.deep(name + "/scale", false, 256, norm == 0 ? in : in / 4);
        all.deep(name + "/offset", false, 256, norm == 0 ? in : in / 4);
      }
    }
    int channels = (size == 128 ? 2 : 4) * base;
    String attention = generator + "attention/";
    all.deep(attention + "theta", false, 1, 1, channels, channels / 8);
    all.deep(attention + "phi", false, 1, 1, channels, channels / 8);
    all.deep(attention + "g", false, 1, 1, channels, channels / 2);
    all.deep(attention + "o_conv", false, 1, 1, channels / 2, channels);
    all.averaged(attention + "gamma");
    all.averaged(generator + "BatchNorm/scale", 1, 1, 1, base);
    all.averaged(generator + "BatchNorm/offset", 1, 1, 1, base);
    all.deep(generator + "conv_to_rgb", true, 3, 3, base, base);
    return all;
  }

  /** The statistics in the graph of such a module, for 51 truncations. */
  static PublishedShapes deepStatistics(int base, int size) {
    PublishedShapes all = new PublishedShapes(DEEP_AVERAGE);
    int number = 0;
    for (int[] block : deepBlocks(size)) {
      int in = block[0] * base;
      for (int channels : new int[] {in, in / 4, in / 4, in / 4}) {
        number = all.stacks(number, channels);
      }
    }
    all.stacks(number, base);
    return all;
  }

  private int stacks(int number, int channels) {
    put("stack_" + (number + 1), 51, channels);
    put("stack_" + (number + 3), 51, channels);
    return number + 5;
  }

  private static int[][] deepBlocks(int size) {
    return switch (size) {
      case 128 ->
          new int[][] {
            {16, 16}, {16, 16}, {16, 16}, {16, 8}, {8, 8}, {8, 4}, {4, 4}, {4, 2}, {2, 2}, {2, 1}
          };
      case 256 ->
          new int[][] {
            {16, 16}, {16, 16}, {16, 16}, {16, 8}, {8, 8}, {8, 8}, {8, 8}, {8, 4}, {4, 4}, {4, 2},
            {2, 2}, {2, 1}
          };
      default ->
          new int[][] {
            {16, 16}, {16, 16}, {16, 16}, {16, 8}, {8, 8}, {8, 8}, {8, 8}, {8, 4}, {4, 4}, {4, 2},
            {2, 2}, {2, 1}, {1, 1}, {1, 1}
          };
    };
  }

  private void deep(String name, boolean bias, long... shape) {
    long out = shape[shape.length - 1];
    averaged(name + "/w", shape);
    if (bias) {
      averaged(name + "/b", out);
    }
    put(name + "/u0", 1, out);
  }

  private void averaged(String name, long... shape) {
    put(name, shape);
    put(name + average, shape);
  }

  private void hub(String name, boolean bias, long... shape) {
    long out = shape[shape.length - 1];
    averaged(name + "/w", shape);
    if (bias) {
      averaged(name + "/b", out);
    }
    put(name + "/u0", 1, out);
    put(name + "/u1", 1, Arrays.stream(shape).reduce(1, (a, b) -> a * b) / out);
  }

  private void hubStatistics(String name, long channels) {
    put(name + "/accumulated_mean", channels);
    put(name + "/accumulated_var", channels);
    put(name + "/accumulation_counter");
  }

  /** How many numbers the publication trains: neither statistics nor singular vectors. */
  long trained() {
    return shapes.entrySet().stream()
        .filter(e -> !e.getKey().matches(".*([./](u0|u1|sv0)|stored_.*|/accumulat.*)"))
        .filter(e -> !shapes.containsKey(e.getKey() + average))
        .mapToLong(e -> Arrays.stream(e.getValue()).reduce(1, (a, b) -> a * b))
        .sum();
  }

  /** The same of an S³GAN's network, by what its names begin with. */
  long trained(String network) {
    return shapes.entrySet().stream()
        .filter(e -> e.getKey().startsWith(network))
        .filter(e -> !e.getKey().matches(".*/(u_var|accu/.*|ExponentialMovingAverage)"))
        .mapToLong(e -> Arrays.stream(e.getValue()).reduce(1, (a, b) -> a * b))
        .sum();
  }

  /** What was not read of it. */
  Set<String> unread() {
    Set<String> rest = new LinkedHashSet<>(shapes.keySet());
    rest.removeAll(read);
    return rest;
  }

  @Override
  public Set<String> names() {
    return shapes.keySet();
  }

  @Override
  public long[] shape(String name) {
    return shapes.get(name);
  }

  @Override
  public float[] values(String name) {
    read.add(name);
    float[] values = new float[(int) Arrays.stream(shapes.get(name)).reduce(1, (a, b) -> a * b)];
    Arrays.fill(values, name.endsWith("accu_counter") ? 2 : 0.1f);
    return values;
  }
}
