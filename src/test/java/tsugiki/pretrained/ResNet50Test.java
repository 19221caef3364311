package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Floats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.base.NumpyFile;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.ResNet50;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.Python;
import tsugiki.weights.MapArrays;

/**
 * ResNet-50 against Keras: on weights by a formula ({@code resnet50.npy} has what Keras 3.15 gives
 * for them), and, where there is a Python, on random weights of Keras' own file.
 */
@Tag("slow")
class ResNet50Test {
  /** Of the mean over the last map, the logits and their softmax, the first numbers each. */
  private static final Path GOLDEN = Path.of("src/test/resources/tsugiki/pretrained/resnet50.npy");

  private static final int PIXELS = 64 * 64 * 3;

  private static final String SCRIPT =
      """
      import sys, numpy as np, keras
      folder = sys.argv[1]
      keras.utils.set_random_seed(1)
      network = keras.applications.ResNet50(weights=None, classifier_activation=None)
      for w in network.weights:
          if "moving" in w.path or "beta" in w.path or "bias" in w.path:
              w.assign(np.abs(np.random.normal(0.5, 0.2, w.shape)))
      network.save(folder + "/model.h5")
      image = np.load(folder + "/pixels.npy")
      ready = keras.applications.resnet50.preprocess_input(image.copy())
      np.save(folder + "/logits.npy", network(ready).numpy())
      """;

  private static final Map<String, long[]> SHAPES = new LinkedHashMap<>();

  @TempDir private Path folder;

  @BeforeAll
  static void list() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.frozen();
      ResNet50 network = new ResNet50(weights);
      Operand<TFloat32> images = tf.zeros(tf.constant(Shape.of(1, 64, 64, 3)), TFloat32.class);
      network.logits(tf, ResNet50.pooled(tf, network.maps(tf, images).get(3)));
      weights.all().forEach(weight -> SHAPES.put(weight.name(), weight.shape().asArray()));
      // The number that Keras prints.
      assertThat(weights.all().stream().mapToLong(Weight::count).sum()).isEqualTo(25_636_712);
    }
  }

  @Test
  void mapsAndLogitsOfTheFormulasWeightsAreKeras() throws IOException {
    FrozenNetwork network = new ResNet50Network(Path.of("f"), formula(), output("2048"));
    float[] pixels = FormulaVgg16.numbers(PIXELS, 300, 255, 127.5);
    float[] golden = NumpyFile.read(GOLDEN).floats();
    float[] found =
        NetworkRun.run(
            network,
            Shape.of(1, 64, 64, 3),
            pixels,
            (tf, weights, input) -> {
              ResNet50 layers = new ResNet50(weights);
              Operand<TFloat32> mean =
                  ResNet50.pooled(tf, layers.maps(tf, Vgg16Network.unit(tf, input)).get(3));
              return tf.concat(
                  List.of(
                      tf.slice(
                          mean, tf.constant(new int[] {0, 0}), tf.constant(new int[] {1, 100})),
                      tf.slice(
                          layers.logits(tf, mean),
                          tf.constant(new int[] {0, 0}),
                          tf.constant(new int[] {1, 100}))),
                  tf.constant(1));
            });
    assertThat(found).containsExactly(golden, Offset.offset(1e-5f * Floats.max(golden)));
  }

  @Test
  void logitsOfKerasOwnFileAreKeras() throws IOException, InterruptedException {
    float[] pixels = FormulaVgg16.numbers(224 * 224 * 3, 300, 255, 127.5);
    NumpyFile.write(folder.resolve("pixels.npy"), pixels, 1, 224, 224, 3);
    Python.run(Path.of("."), folder, SCRIPT, folder);
    float[] keras = NumpyFile.read(folder.resolve("logits.npy")).floats();
    FrozenNetwork network =
        FrozenNetworks.open("network", "resnet50:" + folder.resolve("model.h5"), "logits");
    assertThat(NetworkRun.features(network, Shape.of(1, 224, 224, 3), pixels))
        .containsExactly(keras, Offset.offset(2e-4f * Floats.max(keras)));
  }

  @Test
  void theTopLayerMayHaveItsOlderName() {
    MapArrays arrays = new MapArrays();
    float[] kernel = FormulaVgg16.numbers(2048 * 1000, 1, 1, 0);
    float[] bias = FormulaVgg16.numbers(1000, 2, 1, 0);
    arrays.put("probs/probs/kernel:0", kernel, 2048, 1000);
    arrays.put("probs/probs/bias:0", bias, 1000);
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.frozen();
      new ResNet50(weights).logits(tf, tf.zeros(tf.constant(Shape.of(1, 2048)), TFloat32.class));
      new ResNet50Network(Path.of("f"), arrays, ResNet50Network.Output.LOGITS)
          .fill(session, weights);
      assertThat(WeightValues.get(session, weights.get("predictions/kernel"))).isEqualTo(kernel);
      assertThat(WeightValues.get(session, weights.get("predictions/bias"))).isEqualTo(bias);
    }
  }

  @Test
  void whatIsNoResNet50IsOneSentence() throws IOException {
    assertThatThrownBy(() -> FrozenNetworks.open("network", "resnet50"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("names no file of weights; write resnet50:FILE");
    Path other = Path.of("src/test/resources/tsugiki/weights/tiny.npz");
    assertThatThrownBy(() -> FrozenNetworks.open("network", "resnet50:" + other))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("holds no ResNet-50 of Keras");
    assertThatThrownBy(() -> new ResNet50Network(other, formula(), output("2048")).withTap("768"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("has the taps 2048, logits, probabilities");
    assertThat(Files.exists(GOLDEN)).isTrue();
  }

  private static ResNet50Network.Output output(String word) {
    return word.equals("2048")
        ? ResNet50Network.Output.FEATURES
        : ResNet50Network.Output.PROBABILITIES;
  }

  /** Weights that keep the maps' size, under Keras' names. */
  private static MapArrays formula() {
    MapArrays arrays = new MapArrays();
    int list = 0;
    for (Map.Entry<String, long[]> weight : SHAPES.entrySet()) {
      long[] shape = weight.getValue();
      String name = weight.getKey();
      int count = 1;
      for (long size : shape) {
        count *= (int) size;
      }
      long out = shape[shape.length - 1];
      double scale = shape.length > 1 ? Math.sqrt(24.0 * out / count) : 0.2;
      double shift = name.matches(".*(gain|variance)") ? 1 : 0;
      arrays.put(
          name.contains("_bn/")
              ? name.replace("gain", "gamma")
                  .replace("/bias", "/beta")
                  .replace("/mean", "/moving_mean")
                  .replace("/variance", "/moving_variance")
              : name,
          FormulaVgg16.numbers(count, list++, scale, shift),
          shape);
    }
    return arrays;
  }
}
