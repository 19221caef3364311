package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import tsugiki.base.BadInputException;
import tsugiki.base.NumpyFile;
import tsugiki.features.Features;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Initializer;
import tsugiki.graph.Weights;
import tsugiki.model.Vgg16.Layer;
import tsugiki.pretrained.Vgg16Weights.Layout;
import tsugiki.runtime.Sessions;
import tsugiki.score.LpipsDiversity;
import tsugiki.weights.NamedArrays;

/**
 * LPIPS against the same in PyTorch 2.13 and float64: torch.nn.functional's convolutions and the
 * definition written out, on the weights of {@link FormulaVgg16}, linear weights of its lists 200
 * to 204 plus a half, and images of its list 300.
 */
public class LpipsNetworkTest {
  /** Of the two images with the linear weights of {@link #linear}. */
  public static final double PYTORCH = 0.723749461029057;

  private static final double[] PYTORCH_LAYERS = {
    0.5056557272320941,
    0.12328804324806691,
    0.057443454711063005,
    0.025469168777081566,
    0.011893067060751331
  };
  private static final int[] CHANNELS = {64, 128, 256, 512, 512};

  private static float[] vectors;
  private static int width;

  @TempDir private Path folder;

  private record Linear(int wrong, float first) implements NamedArrays {
    @Override
    public Set<String> names() {
      return Set.of("lin0.model.1.weight", "lin1", "lin2", "lin3", "lin4");
    }

    @Override
    public long[] shape(String name) {
      return new long[] {1, CHANNELS[name.charAt(3) - '0'] + wrong, 1, 1};
    }

    @Override
    public float[] values(String name) {
      float[] values = linear(name.charAt(3) - '0');
      values[0] += first;
      return values;
    }
  }

  /** The linear weights of a layer, 0 to 4. */
  public static float[] linear(int layer) {
    return FormulaVgg16.numbers(CHANNELS[layer], 200 + layer, 1, 0.5);
  }

  /** The two images behind one another, [2, 16, 16, 3], whole numbers from 0 to 255. */
  public static float[] pixels() {
    float[] pixels = FormulaVgg16.numbers(2 * 16 * 16 * 3, 300, 256, 128);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) Math.floor(pixels[i]);
    }
    return pixels;
  }

  @BeforeAll
  static void embed() {
    Vgg16Weights vgg =
        new Vgg16Weights(Path.of("vgg"), FormulaVgg16.upTo(Layer.CONV5_3), Layout.TORCHVISION);
    vectors =
        NetworkRun.features(
            new LpipsNetwork(vgg, Path.of("lin"), new Linear(0, 0)),
            Shape.of(2, 16, 16, 3),
            pixels());
    width = vectors.length / 2;
  }

  private static double distance(int from, int to, int first, int second) {
    float[] a = Arrays.copyOfRange(vectors, first * width + from, first * width + to);
    float[] b = Arrays.copyOfRange(vectors, second * width + from, second * width + to);
    Features one = Features.of("one", a, to - from);
    return LpipsDiversity.squared(one, Features.of("other", b, to - from)).between(0, 0);
  }

  @Test
  void theDistanceIsPyTorchs() {
    assertThat(distance(0, width, 0, 1)).isCloseTo(PYTORCH, Offset.offset(1e-5 * PYTORCH));
    assertThat(distance(0, width, 1, 1)).isZero();
  }

  @Test
  void everyLayerIsPyTorchs() {
    int from = 0;
    for (int layer = 0; layer < CHANNELS.length; layer++) {
      int to = from + (256 >> 2 * layer) * CHANNELS[layer];
      assertThat(distance(from, to, 0, 1))
          .isCloseTo(PYTORCH_LAYERS[layer], Offset.offset(1e-4 * PYTORCH_LAYERS[layer]));
      from = to;
    }
    assertThat(from).isEqualTo(width);
  }

  @Test
  void otherWeightsAreRefused() throws IOException {
    refuses(new Linear(1, 0), "has 65 weights in lin0.model.1.weight where VGG16 has 64");
    refuses(new Linear(0, -9), "and LPIPS has none below 0");
    refuses(FormulaVgg16.upTo(Layer.CONV1_1), "lacks lin0");
    Path caffe = folder.resolve("caffe.npz");
    FormulaVgg16.upTo(Layer.CONV1_1).writeOwn(caffe);
    Path linear = folder.resolve("lin0.npy");
    NumpyFile.write(linear, new float[64], 64);
    assertThatThrownBy(() -> LpipsNetwork.open("network", caffe + "," + linear))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(caffe + " has Caffe's VGG16, but LPIPS is defined on torchvision's");
    assertThatThrownBy(() -> LpipsNetwork.open("network", "one"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("write lpips:VGG16,LINEAR");
  }

  private static void refuses(NamedArrays linear, String words) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.frozen();
      weights.in("linear").untrained(tf, "lin0", Shape.of(64), Initializer.zeros());
      LpipsNetwork network =
          new LpipsNetwork(
              new Vgg16Weights(Path.of("vgg"), new FormulaVgg16(Map.of(), Map.of()), Layout.OWN),
              Path.of("lin.npz"),
              linear);
      assertThatThrownBy(() -> network.fillLinear(session, weights))
          .isInstanceOf(BadInputException.class)
          .hasMessageStartingWith("lin.npz ")
          .hasMessageContaining(words);
    }
  }
}
