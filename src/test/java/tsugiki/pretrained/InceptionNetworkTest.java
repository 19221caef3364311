package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.OptimizerOptions.Level;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Tensors;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.InceptionOutput;
import tsugiki.runtime.Sessions;
import tsugiki.weights.MapArrays;

/**
 * Inception v3 of all trainings against the official graph with random weights, which TensorFlow
 * runs as it stands.
 */
@Tag("slow")
class InceptionNetworkTest {
  private static final int SIDE = 299;

  @TempDir static Path folder;

  private static OfficialInceptionGraph official;
  private static Graph graph;
  private static Session session;
  private static InceptionRun run;
  private static Map<String, float[]> filled;

  @BeforeAll
  static void writeTheFileAndImportItsGraph() throws IOException {
    official = new OfficialInceptionGraph();
    Path file = folder.resolve("classify_image_graph_def.pb");
    Files.write(file, official.build().toByteArray());
    official.network("keras/", false, "AvgPool");
    official.network("torchvision/", true, "AvgPool");
    graph = new Graph();
    graph.importGraphDef(official.build());
    session = new Session(graph, asItStands());
    run = new InceptionRun(everyOutput(FrozenNetworks.open("network", "inception:" + file)));
    filled = run.weights();
  }

  /** Nothing is rewritten: that would copy all constants for every set of nodes fetched. */
  private static ConfigProto asItStands() {
    RewriterConfig none = RewriterConfig.newBuilder().setDisableMetaOptimizer(true).build();
    OptimizerOptions off = OptimizerOptions.newBuilder().setOptLevel(Level.L0).build();
    return Sessions.config(Sessions.Settings.cpu()).toBuilder()
        .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(none).setOptimizerOptions(off))
        .build();
  }

  private static List<InceptionNetwork> everyOutput(FrozenNetwork network) {
    InceptionNetwork one = (InceptionNetwork) network;
    return Arrays.stream(InceptionOutput.values())
        .map(
            output ->
                new InceptionNetwork(
                    one.name(), one.weights(), one.variant(), output, one.labels()))
        .toList();
  }

  @AfterAll
  static void close() {
    run.close();
    session.close();
    graph.close();
  }

  @Test
  void theOfficialFileGivesAtEveryTapWhatItsGraphGives() {
    List<String> nodes =
        List.of(
            "pool",
            "pool_1",
            "mixed_7/join",
            "mixed_8/join",
            "pool_3",
            "softmax/logits/MatMul",
            "softmax");
    try (TFloat32 images = images(2, 40, 60)) {
      Map<InceptionOutput, float[]> got = run.of(images);
      List<float[]> want = reference("ExpandDims", images, nodes);

      for (InceptionOutput output : InceptionOutput.values()) {
        float[] expected = want.get(output.ordinal());
        if (output == InceptionOutput.PROBABILITIES) {
          // The graph's own probabilities have the bias that the Inception Score leaves out.
          assertThat(got.get(output)).isNotEqualTo(expected);
          expected = softmax(want.get(InceptionOutput.LOGITS.ordinal()), 1008);
        }
        InceptionRun.assertSame(got.get(output), expected, output.toString());
      }
      assertThat(got.get(InceptionOutput.LOGITS)).hasSize(2 * 1008);
    }
  }

  @Test
  void theMapOfASingleImageDistanceIsTheOneBeforeTheSecondPoolAtTheImagesOwnSize() {
    List<Long> shape = new ArrayList<>();
    try (TFloat32 images = images(1, 61, 48);
        TFloat32 scaled = scaled(images, 128)) {
      float[] got = run.spatial(images, shape);

      assertThat(shape).containsExactly(1L, 11L, 8L, 192L);
      try (Result result = session.runner().feed("Mul", scaled).fetch("conv_4").run()) {
        InceptionRun.assertSame(got, Tensors.toFloats((TFloat32) result.get(0)), "conv_4");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "17, 300", "2000, 2000"})
  void anImageOfAnySizeHasFeatures(int height, int width) {
    try (TFloat32 image = images(1, height, width)) {
      Map<InceptionOutput, float[]> got = run.of(image);

      assertThat(got).hasSize(InceptionOutput.values().length);
      got.forEach(
          (output, values) -> {
            double sum = 0;
            for (float value : values) {
              sum += Math.abs(value);
            }
            assertThat(sum).as(output.toString()).isFinite().isPositive();
          });
    }
  }

  @Test
  void pytorchsNamesForTheNetworkOf2015GiveTheSameWeights() {
    MapArrays arrays = InceptionNaming.pytorch(official, 1008);
    InceptionNetwork network =
        InceptionNetworks.pytorchFid("fid.pth", arrays, InceptionOutput.PROBABILITIES);
    assertThat(network.name()).isEqualTo("inception");
    try (InceptionRun other = new InceptionRun(List.of(network))) {
      assertEqual(other.weights(), filled);
    }
  }

  @Test
  void kerasTrainingHasAMeanInTheLastBlockAndABias() {
    MapArrays arrays = InceptionNaming.keras(official);
    InceptionNetwork features =
        InceptionNetworks.keras("keras.h5", arrays, InceptionOutput.MEAN_2048);
    InceptionNetwork logits = InceptionNetworks.keras("keras.h5", arrays, InceptionOutput.LOGITS);
    assertVariant("keras/", logits, features);
  }

  @Test
  void torchvisionsTrainingCountsThePaddingInItsMeans() {
    MapArrays arrays = InceptionNaming.pytorch(official, 1000);
    InceptionNetwork features =
        InceptionNetworks.torchvision("google.pth", arrays, InceptionOutput.MEAN_2048);
    InceptionNetwork logits =
        InceptionNetworks.torchvision("google.pth", arrays, InceptionOutput.LOGITS);
    assertVariant("torchvision/", logits, features);
  }

  private static void assertVariant(String prefix, InceptionNetwork... networks) {
    try (InceptionRun other = new InceptionRun(List.of(networks));
        TFloat32 images = images(1, SIDE, SIDE);
        TFloat32 scaled = scaled(images, 127.5f)) {
      Map<String, float[]> weights = new LinkedHashMap<>(other.weights());
      assertThat(weights.remove("network/softmax/bias")).hasSize(1000);
      weights.remove("network/softmax/kernel");
      Map<String, float[]> expected = new LinkedHashMap<>(filled);
      expected.remove("network/softmax/kernel");
      assertEqual(weights, expected);

      Map<InceptionOutput, float[]> got = other.of(images);

      List<float[]> want =
          reference(prefix + "Mul", scaled, List.of(prefix + "pool_3", prefix + "conv_4"));
      float[] features = got.get(InceptionOutput.MEAN_2048);
      InceptionRun.assertSame(features, want.get(0), prefix);
      InceptionRun.assertSame(got.get(InceptionOutput.LOGITS), logits(features), prefix + "logits");
      float[] of2015 = run.of(images).get(InceptionOutput.MEAN_2048);
      assertThat(features).as("another network").isNotEqualTo(of2015);
      InceptionRun.assertSame(
          meanOf(other.spatial(images, new ArrayList<>()), 192), want.get(1), "conv_4");
    }
  }

  /** What nodes of the imported graph give: vectors as they are, maps as their means. */
  private static List<float[]> reference(String feed, TFloat32 images, List<String> nodes) {
    Session.Runner runner = session.runner().feed(feed, images);
    nodes.forEach(runner::fetch);
    List<float[]> vectors = new ArrayList<>();
    try (Result result = runner.run()) {
      for (int i = 0; i < nodes.size(); i++) {
        float[] values = Tensors.toFloats((TFloat32) result.get(i));
        Shape shape = result.get(i).shape();
        vectors.add(
            shape.numDimensions() == 2
                ? values
                : means(values, (int) shape.get(0), (int) shape.get(3)));
      }
    }
    return vectors;
  }

  private static float[] means(float[] maps, int count, int channels) {
    float[] means = new float[count * channels];
    int length = maps.length / count;
    for (int n = 0; n < count; n++) {
      float[] one = meanOf(Arrays.copyOfRange(maps, n * length, (n + 1) * length), channels);
      System.arraycopy(one, 0, means, n * channels, channels);
    }
    return means;
  }

  private static float[] meanOf(float[] map, int channels) {
    double[] sums = new double[channels];
    for (int i = 0; i < map.length; i++) {
      sums[i % channels] += map[i];
    }
    float[] means = new float[channels];
    for (int c = 0; c < channels; c++) {
      means[c] = (float) (sums[c] * channels / map.length);
    }
    return means;
  }

  private static float[] logits(float[] features) {
    float[] matrix = InceptionNaming.matrix(official, 1000);
    float[] logits = InceptionNaming.bias(official, 1000);
    for (int c = 0; c < logits.length; c++) {
      double sum = logits[c];
      for (int i = 0; i < features.length; i++) {
        sum += (double) features[i] * matrix[i * 1000 + c];
      }
      logits[c] = (float) sum;
    }
    return logits;
  }

  private static float[] softmax(float[] logits, int classes) {
    float[] probabilities = new float[logits.length];
    for (int from = 0; from < logits.length; from += classes) {
      double sum = 0;
      for (int i = from; i < from + classes; i++) {
        sum += Math.exp(logits[i]);
      }
      for (int i = from; i < from + classes; i++) {
        probabilities[i] = (float) (Math.exp(logits[i]) / sum);
      }
    }
    return probabilities;
  }

  private static TFloat32 images(int count, int height, int width) {
    SplittableRandom random = new SplittableRandom(height);
    float[] pixels = new float[count * height * width * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(256);
    }
    return Tensors.floats(Shape.of(count, height, width, 3), pixels);
  }

  private static TFloat32 scaled(TFloat32 images, float centre) {
    float[] pixels = Tensors.toFloats(images);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = pixels[i] / centre - 1;
    }
    return Tensors.floats(images.shape(), pixels);
  }

  /** To the bit; a recursive comparison of so many numbers would take minutes. */
  private static void assertEqual(Map<String, float[]> got, Map<String, float[]> want) {
    assertThat(got).containsOnlyKeys(want.keySet());
    got.forEach(
        (name, values) -> assertThat(Arrays.equals(values, want.get(name))).as(name).isTrue());
  }
}
