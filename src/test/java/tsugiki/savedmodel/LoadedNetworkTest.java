package tsugiki.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.io.FileUtils;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.graph.Gradients;
import tsugiki.graph.Initializer;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.pretrained.NetworkRun;
import tsugiki.savedmodel.SavedModelWriter.Precision;

class LoadedNetworkTest {
  private static final String STARTER = "savedmodels/starter-features";

  /** Exported by Keras 3.15 with TensorFlow 2.21: convolution, normalisation, mean, dense layer. */
  private static final String KERAS = "src/test/resources/tsugiki/savedmodel/keras-features";

  @TempDir private Path folder;

  private record Nothing(int zero) {}

  private static FrozenNetwork open(String name) {
    return FrozenNetworks.open("network", "savedmodel:" + name);
  }

  @Test
  void aModelOfBytesGivesWhatItServes() {
    byte[] bytes = new byte[2 * 64 * 64 * 3];
    new Random(3).nextBytes(bytes);
    float[] pixels = new float[bytes.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Byte.toUnsignedInt(bytes[i]);
    }
    FrozenNetwork network = open(STARTER + "#images,features");
    float[] features = NetworkRun.features(network, Shape.of(2, 64, 64, 3), pixels);
    try (LoadedFeatures served = new LoadedFeatures(Path.of(STARTER))) {
      assertThat(features)
          .containsExactly(
              served.output(ExportedFeatureNetwork.FEATURES, bytes, 2, 64), Offset.offset(1e-4f));
    }
    assertThat(network.protocol()).contains("the output features of " + STARTER, "bytes");
    assertThat(network.name()).isEqualTo("savedmodel:starter-features");
  }

  @Test
  void aModelOfTensorFlowTwoGivesWhatKerasGave() {
    float[] pixels = new float[2 * 16 * 16 * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i % 256;
    }
    float[] keras = {
      -0.0023560689f,
      0.029361224f,
      0.012183086f,
      0.022965718f,
      -0.015874447f,
      -0.0023560689f,
      0.029361224f,
      0.012183086f,
      0.022965718f,
      -0.015874447f
    };
    FrozenNetwork network = open(KERAS);
    assertThat(NetworkRun.features(network, Shape.of(2, 16, 16, 3), pixels))
        .containsExactly(keras, Offset.offset(1e-5f));
    float[] twice = new float[2 * 32 * 32 * 3];
    assertThat(NetworkRun.features(network, Shape.of(2, 32, 32, 3), twice))
        .as("resized to the one size that it takes")
        .hasSize(10);
    assertThatThrownBy(
            () ->
                NetworkRun.run(
                    network,
                    Shape.of(2, 16, 16, 3),
                    pixels,
                    (tf, weights, input) -> network.maps(tf, weights, input).get(0)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("gives no gradient (it calls TensorFlow 2 functions)");
  }

  /** Channels times a variable, as a map or its mean. */
  private Path scaling(String scale) {
    return scaling("scaling", scale, 1, 2, 3);
  }

  private Path scaling(String name, String scale, float... factors) {
    Path model = folder.resolve(name);
    new SavedModelWriter(
            (tf, weights) -> {
              Placeholder<TFloat32> x =
                  tf.withName("x")
                      .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
              Operand<TFloat32> map =
                  tf.math.mul(
                      x, weights.trained(tf, scale, Shape.of(factors.length), Initializer.ones()));
              return new ModelSignature(
                  Map.of("x", x),
                  Map.of("map", map, "mean", tf.math.mean(map, tf.constant(new int[] {1, 2}))));
            },
            Map.of(scale, factors),
            ModelMetadata.of("other", 1, 1, List.of(), new Nothing(0)),
            "",
            Precision.FLOAT)
        .write(model);
    return model;
  }

  @Test
  void floatsHaveTheRangeThatIsNamed() {
    Path model = scaling("scale");
    float[] white = {255, 255, 255};
    Shape one = Shape.of(1, 1, 1, 3);
    assertThat(NetworkRun.features(open(model + "#x,mean"), one, white))
        .containsExactly(new float[] {1, 2, 3}, Offset.offset(1e-5f));
    assertThat(NetworkRun.features(open(model + "#x,mean,0..255"), one, white))
        .containsExactly(255, 510, 765);
    float[] black = new float[3];
    assertThat(NetworkRun.features(open(model + "#x,map,-1..1"), one, black))
        .as("a map's mean")
        .containsExactly(-1, -2, -3);
  }

  @Test
  void aMapTeachesAndItsVariablesAreThereOnce() {
    FrozenNetwork network = open(scaling("scale") + "#x,map");
    float[] gradient =
        NetworkRun.run(
            network,
            Shape.of(1, 2, 2, 3),
            new float[12],
            (tf, weights, images) -> {
              Operand<TFloat32> map = network.maps(tf, weights, images).get(0);
              network.maps(tf.withSubScope("Again"), weights, images);
              assertThat(map.shape()).isEqualTo(Shape.of(1, 2, 2, 3));
              assertThat(weights.all()).isEmpty();
              assertThat(variables(tf)).isEqualTo(1);
              Operand<TFloat32> loss = tf.math.mean(map, tf.constant(new int[] {0, 1, 2, 3}));
              return Gradients.of(tf, loss, List.of(images)).get(0);
            });
    // [−1, 1] is twice as wide as [0, 1], and there are twelve numbers.
    assertThat(Arrays.copyOf(gradient, 3))
        .containsExactly(new float[] {1 / 24f, 2 / 24f, 3 / 24f}, Offset.offset(1e-6f));
  }

  private static long variables(Ops tf) {
    long count = 0;
    var all = ((Graph) tf.scope().env()).operations();
    while (all.hasNext()) {
      count += all.next().type().equals("VariableV2") ? 1 : 0;
    }
    return count;
  }

  @Test
  void whatCannotBeUsedIsOneSentence() {
    Path model = scaling("scale");
    refuses(folder.resolve("none").toString(), "is no SavedModel");
    refuses(model + "#x,y", "has no signature from x to y", "serving_default takes [x]");
    refuses(model.toString(), "has no signature with one input and one output alone");
    refuses(model + "#x", "write savedmodel:DIR#INPUT,OUTPUT");
    refuses(model + "#x,map,0..9", "a third word -1..1 or 0..255");
    refuses("", "write savedmodel:DIR#INPUT,OUTPUT");
    Path generator = folder.resolve("generator");
    TinyGenerator.make().writer(Precision.FLOAT).write(generator);
    refuses(generator + "#z,images_float", "the input z of the SavedModel", "takes float");
  }

  /** TensorFlow calls it an invalid argument, which is no TensorFlowException. */
  @Test
  void weightsOfAnotherShapeAreOneSentence() throws IOException {
    Path model = scaling("scale");
    Path other = scaling("other", "scale", 2);
    FileUtils.deleteDirectory(model.resolve("variables").toFile());
    Files.move(other.resolve("variables"), model.resolve("variables"));
    FrozenNetwork network = open(model + "#x,mean");
    assertThatThrownBy(() -> NetworkRun.features(network, Shape.of(1, 1, 1, 3), new float[3]))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("the SavedModel " + model + " cannot be loaded (");
  }

  private static void refuses(String name, String... words) {
    assertThatThrownBy(() -> open(name))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(words);
  }
}
