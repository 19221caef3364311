package tsugiki.pretrained;

import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.Session;
import tsugiki.base.BadInputException;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.InceptionOutput;
import tsugiki.runtime.WeightValues;

/**
 * Weights of Inception v3 with its batch normalisation folded in, as a folder of plain numbers: for
 * each convolution {@code weights_NAME.dat} (float32, little-endian, [out, height, width, in]) and
 * {@code bias_NAME.dat}, where NAME is the name in the frozen graph with '_' for '/'.
 *
 * @param folder where the files are
 */
public record FoldedInceptionFiles(Path folder) implements InceptionWeights {
  private static final String KERNEL = "/kernel";
  private static final String BIAS = "/bias";
  private static final String ENDING = ".dat";

  /** The files in the order of the network; after those of a tap comes a line with the tap. */
  private static final String LIST = "folded-inception.txt";

  private static final String TAP = "= ";
  private static final String CLASSES = "weights_softmax.dat";

  /**
   * Fills a network.
   *
   * @param session of the network's graph
   * @param weights the view at which {@link tsugiki.model.InceptionV3} was built
   * @throws BadInputException if files for some of these weights are missing, if the folder does
   *     not exist, or if a file has another length than its weight
   */
  @Override
  public void fill(Session session, Weights weights) {
    checkAllThere(weights);
    Map<Weight, float[]> all = new LinkedHashMap<>();
    for (Weight weight : weights.all()) {
      float[] values = read(file(weights, weight), weight);
      // [out, height, width, in] to [height, width, in, out], or [out, in] to [in, out].
      all.put(
          weight,
          isKernel(weight)
              ? Arrangement.transposed(values, Math.toIntExact(weight.shape().get(-1)))
              : values);
    }
    WeightValues.set(session, all);
  }

  /** All {@code .dat} files of the folder in the order of their names. */
  @Override
  public WeightOrigin origin() {
    try (Stream<Path> all = Files.list(folder)) {
      return new WeightOrigin(
          all.filter(file -> file.getFileName().toString().endsWith(".dat")).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks that the files are there, which many folders end before, without TensorFlow.
   *
   * @throws BadInputException if files that {@code output} needs are missing
   */
  @Override
  public void check(InceptionOutput output) {
    boolean classes = output == InceptionOutput.LOGITS || output == InceptionOutput.PROBABILITIES;
    if (classes && !Files.isRegularFile(folder.resolve(CLASSES))) {
      throw new BadInputException(
          "the folder '%s' has no %s, which the %s are made with; use another tap, or add the files"
              .formatted(folder, CLASSES, output.word()));
    }
    refuseMissing(needed(output).stream());
  }

  /** The names of the files of an output, in the order of the network. */
  static List<String> needed(InceptionOutput output) {
    try {
      return Resources.readLines(
              Resources.getResource(FoldedInceptionFiles.class, LIST), StandardCharsets.UTF_8)
          .stream()
          .takeWhile(line -> !line.equals(TAP + output.word()))
          .filter(line -> !line.startsWith(TAP))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void checkAllThere(Weights weights) {
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(
          "'%s' is not a folder; give the one with Inception's files weights_conv.dat and so on"
              .formatted(folder));
    }
    refuseMissing(
        weights.all().stream().map(weight -> file(weights, weight).getFileName().toString()));
  }

  private void refuseMissing(Stream<String> files) {
    List<String> missing =
        files.filter(name -> !Files.isRegularFile(folder.resolve(name))).toList();
    if (!missing.isEmpty()) {
      throw new BadInputException(
          "the folder '%s' lacks %s%s; use a tap before the missing layers, or add the files"
              .formatted(
                  folder,
                  missing.get(0),
                  missing.size() == 1 ? "" : " and %d others".formatted(missing.size() - 1)));
    }
  }

  private Path file(Weights weights, Weight weight) {
    String name = weight.name().substring(weights.path().length());
    String kind = isKernel(weight) ? "weights_" : "bias_";
    String ending = isKernel(weight) ? KERNEL : BIAS;
    String layer = name.substring(0, name.length() - ending.length());
    return folder.resolve(kind + layer.replace('/', '_') + ENDING);
  }

  private static boolean isKernel(Weight weight) {
    return weight.name().endsWith(KERNEL);
  }

  private static float[] read(Path file, Weight weight) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long expected = weight.count() * Float.BYTES;
    if (bytes.length != expected) {
      throw new BadInputException(
          "'%s' has %d bytes, but its layer needs %d (float32 of %s); copy the file again"
              .formatted(file, bytes.length, expected, weight.shape()));
    }
    float[] values = new float[Math.toIntExact(weight.count())];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
