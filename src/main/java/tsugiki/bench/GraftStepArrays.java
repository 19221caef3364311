package tsugiki.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.ndarray.Shape;
import tsugiki.graph.Weight;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.Vgg16;
import tsugiki.runtime.WeightValues;

/**
 * The weights and inputs of a graft step as the arrays that {@code tools/peers/arrays.py} names, so
 * that another program can take the same step.
 */
final class GraftStepArrays {
  private static final Pattern BLOCK = Pattern.compile("generator/block_(\\d+)/(.*)");
  private static final Pattern SITE = Pattern.compile("graft/site_(\\d+)/(kernel|bias)");

  private final GraftStep step;
  private final BigGanArchitecture architecture;
  private final RandomVgg16 network;
  private final int groupSize;

  GraftStepArrays(
      GraftStep step, BigGanArchitecture architecture, RandomVgg16 network, int groupSize) {
    this.step = step;
    this.architecture = architecture;
    this.network = network;
    this.groupSize = groupSize;
  }

  /**
   * Writes them.
   *
   * @param trace of the step
   * @param targets the training images [N, S, S, 3] in [−1, 1]
   * @throws IOException if the file cannot be written
   */
  void write(Path file, Map<String, float[]> trace, float[] targets) throws IOException {
    try (NumpyArchive archive = new NumpyArchive(file)) {
      Shape classes = Shape.of(architecture.classes(), architecture.embedding());
      archive.add("generator/shared", classes, RandomValues.classes(architecture));
      for (Weight weight : step.weights()) {
        addWeight(archive, weight);
      }
      addNetwork(archive);
      int size = architecture.size();
      archive.add(
          "input/targets", Shape.of(targets.length / (size * size * 3), size, size, 3), targets);
      addLatents(archive, "input/prior", trace.get("prior.samples"));
      addLatents(archive, "input/noise", trace.get("noise"));
    }
  }

  private void addLatents(NumpyArchive archive, String name, float[] values) throws IOException {
    int width = architecture.latent();
    archive.add(name, Shape.of(values.length / width, width), values);
  }

  private void addWeight(NumpyArchive archive, Weight weight) throws IOException {
    String name = peerName(weight.name());
    if (name.isEmpty()) {
      return;
    }
    float[] values = WeightValues.get(step.session(), weight);
    Shape shape = weight.shape();
    if (SITE.matcher(weight.name()).matches()) {
      values =
          transposedMatrices(
              values, Math.toIntExact(shape.get(shape.numDimensions() - 1)), groupSize);
    }
    archive.add(name, name.equals("train/embedding") ? Shape.of(shape.size()) : shape, values);
  }

  private void addNetwork(NumpyArchive archive) throws IOException {
    long in = 3;
    for (Vgg16.Layer layer : Vgg16.Depth.VGG16.layers()) {
      float[] kernel = network.values().get(layer.label() + "/kernel");
      if (kernel == null) {
        return;
      }
      Shape shape = Shape.of(3, 3, in, layer.channels());
      archive.add("vgg/" + layer.label() + "/w", shape, kernel);
      archive.add(
          "vgg/" + layer.label() + "/b",
          Shape.of(layer.channels()),
          network.values().get(layer.label() + "/bias"));
      in = layer.channels();
    }
  }

  /** The peers' name of a weight, or empty for what they do not have. */
  static String peerName(String name) {
    Matcher site = SITE.matcher(name);
    if (site.matches()) {
      return "adapt/site" + site.group(1) + "/" + site.group(2);
    }
    Matcher block = BLOCK.matcher(name);
    if (block.matches()) {
      String rest = block.group(2).replaceFirst("(norm|conv)_", "$1");
      return "generator/block" + block.group(1) + "/" + withoutKernel(rest);
    }
    return switch (name) {
      case "graft/first_map/scale" -> "train/scale";
      case "graft/first_map/shift" -> "train/shift";
      case "graft/latents" -> "train/latents";
      case "graft/class_vector" -> "train/embedding";
      case "graft/perceptual_weights" -> "";
      default -> withoutKernel(name.replace("generator/output/", "generator/"));
    };
  }

  /** The dense layers of a normalisation are called after what they make, the others w and b. */
  private static String withoutKernel(String name) {
    if (name.matches(".*norm\\d?/(gain|bias)(/kernel)?")) {
      return name.replaceFirst("/kernel$", "");
    }
    return name.replaceFirst("/kernel$", "/w").replaceFirst("/bias$", "/b");
  }

  /**
   * The dense layer's columns that make W, from our order [group, in, out] to the peers' [group,
   * out, in]; those that make b stay.
   *
   * @param values [..., columns]
   * @param columns (g + 1)·C
   */
  static float[] transposedMatrices(float[] values, int columns, int group) {
    int entries = columns / (group + 1) * group;
    float[] result = values.clone();
    for (int row = 0; row < values.length; row += columns) {
      for (int i = 0; i < entries; i++) {
        int matrix = i / (group * group) * group * group;
        int in = i / group % group;
        int out = i % group;
        result[row + matrix + out * group + in] = values[row + i];
      }
    }
    return result;
  }
}
