package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Weights;
import tsugiki.model.Vgg16;
import tsugiki.model.Vgg16.Layer;
import tsugiki.pretrained.Vgg16Weights.Layout;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.weights.MapArrays;

/** VGG16's first layer under every name that it has in files, and the whole against PyTorch. */
class Vgg16WeightsTest {
  private static final int OUT = 64;

  @TempDir private Path folder;

  /** A kernel whose number at (y, x, channel of BGR, out) tells where it is. */
  private static float at(int y, int x, int bgr, int out) {
    return ((y * 3 + x) * 3 + bgr) * OUT + out;
  }

  private static Vgg16Weights first(Layout layout, String kernelName, String biasName) {
    float[] kernel = new float[9 * 3 * OUT];
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 3; x++) {
        for (int c = 0; c < 3; c++) {
          for (int o = 0; o < OUT; o++) {
            int place = y * 3 + x;
            switch (layout) {
              case KERAS, KERAS_3, OWN -> kernel[(place * 3 + c) * OUT + o] = at(y, x, c, o);
              case CAFFE -> kernel[(place * 3 + c) * OUT + o] = at(y, x, 2 - c, o);
              case TORCHVISION -> kernel[(o * 3 + c) * 9 + place] = at(y, x, c, o);
            }
          }
        }
      }
    }
    long[] shape =
        layout == Layout.TORCHVISION ? new long[] {OUT, 3, 3, 3} : new long[] {3, 3, 3, OUT};
    MapArrays arrays = new MapArrays();
    arrays.put(kernelName, kernel, shape);
    arrays.put(biasName, new float[OUT], OUT);
    return new Vgg16Weights(Path.of("file"), arrays, layout);
  }

  @ParameterizedTest
  @CsvSource({
    "KERAS, block1_conv1/kernel:0, block1_conv1/bias:0",
    "KERAS, block1_conv1_W_1:0, block1_conv1_b_1:0",
    "KERAS, vgg16/block1_conv1/kernel, vgg16/block1_conv1/bias",
    "KERAS_3, layers/conv2d/vars/0, layers/conv2d/vars/1",
    "OWN, conv1_1/kernel, conv1_1/bias",
    "CAFFE, conv1_1_W, conv1_1_b",
    "TORCHVISION, features.0.weight, features.0.bias",
    "TORCHVISION, module.features.0.weight, module.features.0.bias",
  })
  void theFirstLayerIsTheSameByEveryName(Layout layout, String kernel, String bias) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.frozen().in("perceptual");
      Vgg16Weights file = first(layout, kernel, bias);
      new Vgg16(weights, file.input())
          .maps(tf, tf.zeros(tf.constant(Shape.of(1, 4, 4, 3)), TFloat32.class), Layer.CONV1_1);
      file.fill(session, weights);
      float[] filled = WeightValues.get(session, weights.get("conv1_1/kernel"));
      for (int i = 0; i < filled.length; i++) {
        assertThat(filled[i]).isEqualTo(i);
      }
      assertThat(file.input() == Vgg16.Input.TORCHVISION).isEqualTo(layout == Layout.TORCHVISION);
    }
  }

  /** The places of the convolutions in torchvision's lists, where ReLUs and pools count. */
  @Test
  void torchvisionsNamesFollowTheDepth() {
    Map<Vgg16.Depth, List<Integer>> places =
        Map.of(
            Vgg16.Depth.VGG16,
            List.of(0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28),
            Vgg16.Depth.VGG19,
            List.of(0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34));
    places.forEach(
        (depth, expected) -> {
          List<Layer> layers = depth.layers();
          assertThat(layers).hasSize(expected.size());
          for (int i = 0; i < expected.size(); i++) {
            assertThat("features." + expected.get(i) + ".weight")
                .matches(Layout.TORCHVISION.names(depth, layers.get(i).label(), true));
          }
        });
  }

  @Test
  void vgg19DoesNotPassForVgg16() {
    MapArrays arrays = new MapArrays();
    arrays.put("block1_conv1_W_1:0", new float[9 * 3 * OUT], 3, 3, 3, OUT);
    new Vgg16Weights(Path.of("file"), arrays, Layout.KERAS).checkDepth("⟨perceptual⟩");
    arrays.put("block3_conv4_W_1:0", new float[1], 1);
    new Vgg16Weights(Path.of("file"), arrays, Layout.KERAS, Vgg16.Depth.VGG19)
        .checkDepth("⟨perceptual⟩");
    assertThatThrownBy(
            () -> new Vgg16Weights(Path.of("file"), arrays, Layout.KERAS).checkDepth("perceptual"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("holds VGG19 and not VGG16; name it vgg19:FILE");
  }

  @Test
  void denseLayersAreTurnedFromChannelsFirst() {
    // 2 out, 2 channels, 3 places.
    float[] torch = {0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112};
    assertThat(Arrangement.inputsFirst(torch, 2, 2))
        .containsExactly(0, 100, 10, 110, 1, 101, 11, 111, 2, 102, 12, 112);
  }

  @Test
  void theMapsOfTorchvisionsWeightsArePyTorchs() {
    float[] noise = FormulaVgg16.numbers(2 * 16 * 16 * 3, 300, 256, 128);
    float[] images = new float[noise.length];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) (Math.floor(noise[i]) / 127.5 - 1);
    }
    Vgg16Network network =
        new Vgg16Network(
            new Vgg16Weights(Path.of("vgg"), FormulaVgg16.upTo(Layer.CONV4_3), Layout.TORCHVISION));
    float[] first =
        NetworkRun.run(
            network,
            Shape.of(2, 16, 16, 3),
            images,
            (tf, weights, input) -> {
              List<Operand<TFloat32>> maps = network.maps(tf, weights, input);
              assertThat(maps).hasSize(10);
              Operand<TFloat32> mean =
                  tf.math.mean(maps.get(9), tf.constant(new int[] {0, 1, 2, 3}));
              return tf.concat(
                  List.of(
                      tf.reshape(mean, tf.constant(new int[] {1})),
                      tf.reshape(maps.get(0), tf.constant(new int[] {-1}))),
                  tf.constant(0));
            });
    assertThat(first[0]).isCloseTo(0.37593786890038067f, Offset.offset(1e-5f));
    assertThat(Arrays.copyOfRange(first, 1, 5))
        .containsExactly(
            new float[] {1.4367165490897071f, 0, 0, 1.6458770441677957f}, Offset.offset(1e-4f));
    assertThat(network.perceptualFactor()).as("another training than the reference's").isEmpty();
    assertThat(network.protocol()).contains("torchvision's weights", "512 channels");
  }

  @Test
  void caffesWeightsHaveTheReferencesFactor() throws IOException {
    Path file = folder.resolve("vgg.npz");
    FormulaVgg16.upTo(Layer.CONV1_2).writeOwn(file);
    Vgg16Network network = (Vgg16Network) FrozenNetworks.open("perceptual", "vgg16:" + file);
    assertThat(network.perceptualFactor()).hasValue(0.001);
    assertThat(network.name()).isEqualTo("vgg16");
    refusesToRun(network, 9, file + " lacks the weights conv2_1/kernel of VGG16");
  }

  @Test
  void otherWeightsAreOneSentence() throws IOException {
    Path other = Path.of("src/test/resources/tsugiki/weights/tiny-zip.pth");
    refuses("vgg16:" + other, other + " holds no VGG16");
    Path text = Files.write(folder.resolve("a.h5"), "x".getBytes(StandardCharsets.US_ASCII));
    refuses(
        "vgg16:" + text,
        "perceptual " + text + " holds no weights: it is a text that begins with 'x'; give ");
    refuses("vgg16:/none.h5", "/none.h5, which does not exist");
    refuses("vgg99", "names the network vgg99, which does not exist");
  }

  @Test
  void anotherShapeIsOneSentence() {
    Path tiny = Path.of("src/test/resources/tsugiki/weights/tiny.npz");
    Vgg16Network network = Vgg16Network.open("perceptual", tiny.toString(), Vgg16.Depth.VGG16);
    refusesToRun(
        network,
        0,
        tiny + " holds conv1_1_W in the shape [2, 3, 3, 2] where VGG16 has [3, 3, 3, 64]");
  }

  private static void refusesToRun(Vgg16Network network, int map, String words) {
    assertThatThrownBy(
            () ->
                NetworkRun.run(
                    network,
                    Shape.of(1, 16, 16, 3),
                    new float[768],
                    (tf, weights, input) -> network.maps(tf, weights, input).get(map)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(words);
  }

  private static void refuses(String name, String words) {
    assertThatThrownBy(() -> FrozenNetworks.open("perceptual", name))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(words);
  }
}
