package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.io.file.PathUtils;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.base.ChildJvm;
import tsugiki.base.SystemProperty;
import tsugiki.graph.Gradients;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.ExportedFeatureNetwork;
import tsugiki.savedmodel.LoadedFeatures;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;

/** The network that ships, opened by its name. */
class StarterNetworkTest {
  private static final Path SHIPPED = Path.of("savedmodels/starter-features");

  private final FrozenNetwork network = FrozenNetworks.open("network", "starter");

  @TempDir Path folder;

  @Test
  void mapsHaveTheImagesOwnSizeFromSixtyFourPixelsOn() {
    assertThat(sidesOfMaps(128)).containsExactly(64, 32, 16, 8);
    assertThat(sidesOfMaps(64)).containsExactly(32, 16, 8, 4);
    assertThat(sidesOfMaps(100)).as("100 is divisible by 4 alone").containsExactly(48, 24, 12, 6);
    assertThat(sidesOfMaps(32)).as("enlarged").containsExactly(32, 16, 8, 4);
  }

  private List<Integer> sidesOfMaps(int side) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.frozen().in("perceptual");
      List<Operand<TFloat32>> maps =
          network.maps(tf, weights, tf.fill(tf.constant(new int[] {1, side, side, 3}), half(tf)));
      network.fill(session, weights);
      Session.Runner runner = session.runner();
      maps.forEach(runner::fetch);
      List<Integer> sides = new ArrayList<>();
      try (Result result = runner.run()) {
        for (int i = 0; i < maps.size(); i++) {
          Shape shape = result.get(i).shape();
          // Who keeps the maps of training images has to know their shapes beforehand.
          assertThat(maps.get(i).shape()).isEqualTo(shape);
          sides.add((int) shape.get(1));
        }
      }
      return sides;
    }
  }

  private static Operand<TFloat32> half(Ops tf) {
    return tf.constant(0.5f);
  }

  @Test
  void gradientsReachImagesThroughTheMapsAndNoWeightTrains() {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.frozen();
      Operand<TFloat32> images = tf.fill(tf.constant(new int[] {1, 32, 32, 3}), half(tf));
      List<Operand<TFloat32>> maps = network.maps(tf, weights, images);
      Operand<TFloat32> loss =
          tf.math.mean(maps.get(maps.size() - 1), tf.constant(new int[] {0, 1, 2, 3}));
      Operand<TFloat32> gradient = Gradients.of(tf, loss, List.of(images)).get(0);
      network.fill(session, weights);
      assertThat(weights.trained()).isEmpty();
      try (Result result = session.runner().fetch(gradient).run()) {
        double squares = 0;
        for (float value : Tensors.toFloats((TFloat32) result.get(0))) {
          squares += value * value;
        }
        assertThat(squares).isPositive().isFinite();
      }
    }
  }

  @Test
  void featuresAreWhatTheSavedModelServes() {
    byte[] images = new byte[2 * 100 * 100 * 3];
    new Random(1).nextBytes(images);
    float[] own = features(network, images, 2, 100);
    try (LoadedFeatures served = new LoadedFeatures(SHIPPED)) {
      float[] wanted = served.output(ExportedFeatureNetwork.FEATURES, images, 2, 100);
      assertThat(wanted).hasSize(2 * 768);
      assertThat(own).containsExactly(wanted, Offset.offset(1e-4f));
      assertThat(Arrays.copyOf(own, 768)).isNotEqualTo(Arrays.copyOfRange(own, 768, 1536));
    }
  }

  private static float[] features(FrozenNetwork network, byte[] images, int count, int side) {
    float[] pixels = new float[images.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Byte.toUnsignedInt(images[i]);
    }
    return NetworkRun.features(network, Shape.of(count, side, side, 3), pixels);
  }

  @Test
  void itsClassProbabilitiesHaveNamesAndTheirScoreANameOfItsOwn() {
    FrozenNetwork classes = FrozenNetworks.open("network", "starter", "probabilities");
    byte[] images = new byte[2 * 64 * 64 * 3];
    new Random(2).nextBytes(images);
    float[] own = features(classes, images, 2, 64);
    try (LoadedFeatures served = new LoadedFeatures(SHIPPED)) {
      float[] logits = served.output(ExportedFeatureNetwork.CLASS_LOGITS, images, 2, 64);
      int count = logits.length / 2;
      assertThat(classes.classNames()).hasSize(count);
      assertThat(own).hasSize(2 * count);
      for (int row = 0; row < 2; row++) {
        double sum = 0;
        for (int i = row * count; i < (row + 1) * count; i++) {
          sum += Math.exp(logits[i]);
        }
        for (int i = row * count; i < (row + 1) * count; i++) {
          assertThat(own[i]).isCloseTo((float) (Math.exp(logits[i]) / sum), Offset.offset(1e-4f));
        }
      }
      assertThat(classes.protocol())
          .endsWith("64 pixels, softmax of the logits of " + count + " classes");
    }
    assertThat(classes.classScore()).isEqualTo("starter_class_score");
    assertThat(network.classNames()).isEmpty();
  }

  @Test
  void anUnknownTapIsOneSentence() {
    assertThatThrownBy(() -> FrozenNetworks.open("network", "starter", "768"))
        .isInstanceOf(BadInputException.class)
        .hasMessage("tap is 768; the network starter has the taps features and probabilities");
  }

  @Test
  void theProtocolSaysWhatScoresAreMadeOf() {
    assertThat(network.name()).isEqualTo("starter");
    assertThat(network.protocol())
        .isEqualTo(
            "starter features v2, each image resized by itself to 64 pixels, mean over the last foretold map,"
                + " 768 channels");
    assertThat(network.labelsSeen().orElseThrow()).startsWith("40 classes of Tiny ImageNet");
    FrozenNetwork same = FrozenNetworks.open("network", "starter:" + SHIPPED);
    assertThat(same.name()).isEqualTo("starter:" + SHIPPED);
    assertThat(same.protocol()).startsWith("features of " + SHIPPED);
  }

  @Test
  void whatIsNoFeatureNetworkIsOneSentence() {
    refuses("starter:", "network starter: names no folder of weights; write starter:DIR");
    refuses("starter:" + folder, folder + " is no model of this project");
    Path generator = folder.resolve("generator");
    TinyGenerator.make().writer(Precision.HALF).write(generator);
    refuses("starter:" + generator, "holds a model of the kind biggan");
    refuses("digits:" + folder, "does not exist; write starter, starter:DIR, digits,");
    refuses("stater", "does not exist; write starter, starter:DIR, digits, inception,");
  }

  @Test
  void aHomeWithoutItIsOneSentence() {
    try (var home = new SystemProperty("tsugiki.home", folder.toString())) {
      refuses(
          "starter",
          folder.resolve("savedmodels/starter-features") + ", which does not exist",
          "-Dtsugiki.home=",
          "starter:DIR");
    }
  }

  /** As a Java program has it that is started anywhere, with the project's jar. */
  @Test
  void theShippedNetworkIsFoundFromAnyWorkingDirectory() throws Exception {
    Process process = ChildJvm.of(List.of(), FromAnywhere.class).directory(folder.toFile()).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed).contains("opened " + SHIPPED.toAbsolutePath());
  }

  /** What that test runs. */
  static final class FromAnywhere {
    public static void main(String[] args) {
      System.out.println("opened " + StarterNetwork.shipped("starter").folder());
    }
  }

  private static void refuses(String name, String... words) {
    assertThatThrownBy(() -> FrozenNetworks.open("network", name))
        .isInstanceOf(BadInputException.class)
        .message()
        .contains(words);
  }

  @Test
  void theShippedNetworkIsThePublishedOneAndAChangedCopyIsNot(@TempDir Path copy)
      throws IOException {
    StarterNetwork shipped = StarterNetwork.shipped("starter");
    assertThat(shipped.published())
        .as("StarterNetwork.SHIPPED should be %s", shipped.weightsDigest())
        .isTrue();

    PathUtils.copyDirectory(shipped.folder(), copy);
    assertThat(StarterNetwork.at(copy).weightsDigest()).isEqualTo(shipped.weightsDigest());
    Path variables = copy.resolve("variables/variables.data-00000-of-00001");
    byte[] bytes = Files.readAllBytes(variables);
    bytes[bytes.length / 2] ^= 1;
    Files.write(variables, bytes);
    Files.setLastModifiedTime(variables, FileTime.fromMillis(0));
    assertThat(StarterNetwork.at(copy).published()).isFalse();
  }
}
