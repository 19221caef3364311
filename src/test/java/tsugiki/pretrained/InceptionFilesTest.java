package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import tsugiki.base.BadInputException;
import tsugiki.base.FileDigest;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.InceptionOutput;
import tsugiki.model.SpatialNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.weights.MapArrays;

/** What the files of Inception's weights may lack, and what is said about it. */
class InceptionFilesTest {
  @TempDir Path folder;

  @Test
  void normalisationsAreFoldedByHand() {
    MapArrays arrays = stem();
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Weights weights = oneConvolution(graph);

      new InceptionArrays("fid.pth", arrays, InceptionLayout.pytorch()).fill(session, weights);

      // The kernel [1, 2, 2, 2] is [out, in, height, width] in the file: 0 … 7.
      double first = 3 / Math.sqrt(0.25 + 1e-3);
      double second = 5 / Math.sqrt(4 + 1e-3);
      float[] want = {0, 4, 2, 6, 1, 5, 3, 7};
      for (int i = 0; i < want.length; i++) {
        want[i] = (float) (want[i] * (i % 2 == 0 ? first : second));
      }
      assertThat(WeightValues.get(session, weights.get("conv/kernel"))).containsExactly(want);
      assertThat(WeightValues.get(session, weights.get("conv/bias")))
          .containsExactly((float) (7 - 0.5 * first), (float) (8 + 2 * second));
    }
  }

  @Test
  void missingArraysAndThoseOfAnotherShapeAreNamed() {
    MapArrays arrays = stem();
    InceptionArrays file = new InceptionArrays("fid.pth", arrays, InceptionLayout.pytorch());
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Weights weights = oneConvolution(graph);
      arrays.put("Conv2d_1a_3x3.bn.bias", new float[3], 3);
      refuses(
          () -> file.fill(session, weights),
          "the array Conv2d_1a_3x3.bn.bias of 'fid.pth' has the shape [3] where this network needs"
              + " [2]; give weights of its own training");
      arrays.remove("Conv2d_1a_3x3.bn.bias");
      refuses(
          () -> file.fill(session, weights),
          "'fid.pth' lacks the array Conv2d_1a_3x3.bn.bias; give a file of Inception v3 that is"
              + " whole, or a tap before it");
      arrays.remove("Conv2d_1a_3x3.conv.weight");
      refuses(
          () -> file.fill(session, weights),
          "lacks the array Conv2d_1a_3x3.conv.weight and 1 others");
    }
  }

  private static Weights oneConvolution(Graph graph) {
    Ops tf = GraphScope.ops(graph);
    Weights weights = Weights.frozen().in("network");
    weights.in("conv").trained(tf, "kernel", Shape.of(1, 2, 2, 2), null);
    weights.in("conv").trained(tf, "bias", Shape.of(2), null);
    return weights;
  }

  private static MapArrays stem() {
    MapArrays arrays = new MapArrays();
    String place = "Conv2d_1a_3x3.";
    arrays.put(place + "conv.weight", new float[] {0, 1, 2, 3, 4, 5, 6, 7}, 2, 2, 1, 2);
    arrays.put(place + "bn.weight", new float[] {3, 5}, 2);
    arrays.put(place + "bn.bias", new float[] {7, 8}, 2);
    arrays.put(place + "bn.running_mean", new float[] {0.5f, -2}, 2);
    arrays.put(place + "bn.running_var", new float[] {0.25f, 4}, 2);
    return arrays;
  }

  @Test
  void aTrainingIsNotTakenForAnother() {
    MapArrays arrays = stem();
    refuses(
        () -> InceptionNetworks.torchvision("google.pth", arrays, InceptionOutput.MEAN_2048),
        "'google.pth' lacks the array fc.weight, by which the trainings");
    arrays.put("fc.weight", new float[1000 * 2048], 1000, 2048);
    InceptionNetwork network =
        InceptionNetworks.torchvision("google.pth", arrays, InceptionOutput.PROBABILITIES);
    assertThat(network.name()).isEqualTo("inception-torchvision");
    assertThat(network.classScore()).isEqualTo("inception_torchvision_class_score");
    assertThat(network.spatialScore()).isEqualTo("sifid");
    refuses(
        () -> InceptionNetworks.pytorchFid("google.pth", arrays, InceptionOutput.MEAN_2048),
        "'google.pth' has 1000 classes where inception has 1008; name the 2015 network of"
            + " pytorch-fid inception:FILE and torchvision's inception-torchvision:FILE");
    refuses(
        () -> InceptionNetworks.keras("google.pth", arrays, InceptionOutput.MEAN_2048),
        "'google.pth' has 0 convolutions and 0 batch normalisations with Keras' names where"
            + " keras.applications.InceptionV3 has 94");
    arrays.put("fc.weight", new float[] {1});
    refuses(
        () -> InceptionNetworks.torchvision("google.pth", arrays, InceptionOutput.MEAN_2048),
        "'google.pth' has 0 classes where inception-torchvision has 1000");
    arrays.put("conv2d_99999999999/kernel:0", new float[] {1}, 1);
    refuses(
        () -> InceptionNetworks.keras("google.pth", arrays, InceptionOutput.MEAN_2048),
        "'google.pth' has 0 convolutions and 0 batch normalisations");
  }

  @Test
  void constantsOfAFrozenGraphAreReadByName() throws IOException {
    GraphDef.Builder graph =
        GraphDef.newBuilder()
            .addNode(constant("a", tensor(2, 2).addFloatVal(1).addFloatVal(2)))
            .addNode(constant("b", tensor(3).addFloatVal(1)))
            .addNode(constant("short", tensor(3)))
            .addNode(norm("conv/batchnorm", 0.001f, false))
            .addNode(norm("conv_1/batchnorm", 0.001f, true));
    FrozenInceptionGraph read = FrozenInceptionGraph.read(write(graph));

    assertThat(read.names()).containsExactly("a", "b", "short");
    assertThat(read.shape("a")).containsExactly(2, 2);
    assertThat(read.values("a")).containsExactly(1, 2, 2, 2);
    assertThat(read.values("b")).containsExactly(1, 1, 1);
    refuses(() -> read.values("short"), "does not have the 3 numbers of its shape; get classify");
    refuses(() -> read.values("c"), "has no constant c; give classify_image_graph_def.pb");
    assertThat(read.layout().convolutions().apply("conv").gain()).isEmpty();
    assertThat(read.layout().convolutions().apply("conv_1").gain())
        .contains("conv_1/batchnorm/gamma");
  }

  @Test
  void aFrozenGraphThatIsAnotherOrDamagedIsRefused() throws IOException {
    Path other = write(GraphDef.newBuilder().addNode(norm("conv/batchnorm", 0.01f, true)));
    refuses(
        () -> FrozenInceptionGraph.read(other),
        "the node conv/batchnorm of '" + other + "' normalises with the epsilon 0.01");
    String scaled = "scale_after_normalization";
    NodeDef norm = norm("conv/batchnorm", 0.001f, true).toBuilder().removeAttr(scaled).build();
    Path unsaid = write(GraphDef.newBuilder().addNode(norm));
    refuses(
        () -> FrozenNetworks.open("network", "inception:" + unsaid),
        "'%s' does not say whether it multiplies by its factor (no attribute %s); give"
            .formatted(unsaid, scaled));
    Path broken = Files.write(folder.resolve("broken.pb"), new byte[] {10, 100, 1});
    refuses(
        () -> FrozenNetworks.open("network", "inception:" + broken),
        "'" + broken + "' cannot be read as a frozen graph");
  }

  private Path write(GraphDef.Builder graph) throws IOException {
    return Files.write(folder.resolve("graph.pb"), graph.build().toByteArray());
  }

  private static TensorProto.Builder tensor(long... shape) {
    TensorShapeProto.Builder sides = TensorShapeProto.newBuilder();
    for (long side : shape) {
      sides.addDim(TensorShapeProto.Dim.newBuilder().setSize(side));
    }
    return TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).setTensorShape(sides);
  }

  private static NodeDef constant(String name, TensorProto.Builder tensor) {
    AttrValue value = AttrValue.newBuilder().setTensor(tensor).build();
    return NodeDef.newBuilder().setName(name).setOp("Const").putAttr("value", value).build();
  }

  private static NodeDef norm(String name, float epsilon, boolean scaled) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("BatchNormWithGlobalNormalization")
        .putAttr("variance_epsilon", AttrValue.newBuilder().setF(epsilon).build())
        .putAttr("scale_after_normalization", AttrValue.newBuilder().setB(scaled).build())
        .build();
  }

  @Test
  void theClassesHaveTheNamesOfTheFilesBesideTheGraph() throws IOException {
    FrozenNetwork unnamed = FrozenNetworks.open("network", graph(), "probabilities");
    assertThat(unnamed.classNames()).isEmpty();
    assertThat(unnamed.classes()).isEqualTo(1008);
    assertThat(unnamed.withTap("768").classes()).isZero();

    Path numbers = folder.resolve(ImageNetLabels.NUMBERS);
    Files.writeString(
        numbers,
        """
        # -*- protobuffer -*-
        entry {
          target_class: 449
          target_class_string: "n01440764"
        }
        entry {
          target_class: 1
          target_class_string: "n02119789"
        }
        """);
    refuses(() -> FrozenNetworks.open("network", graph()), "(it cannot be read); get the archive");
    Path words = folder.resolve(ImageNetLabels.WORDS);
    Files.writeString(words, "n01440764\ttench, Tinca tinca\nn02119789\tkit fox\n");
    List<String> names = FrozenNetworks.open("network", graph(), "probabilities").classNames();
    assertThat(names).hasSize(1008);
    assertThat(names.get(449)).isEqualTo("tench, Tinca tinca");
    assertThat(names.subList(0, 3)).containsExactly("unused 0", "kit fox", "unused 2");
    assertThat(FrozenNetworks.open("network", graph(), "768").classNames()).isEmpty();

    Files.writeString(words, "n02119789\tkit fox\n");
    refuses(() -> FrozenNetworks.open("network", graph()), "its class 449, n01440764, has no name");
    Files.writeString(numbers, "");
    refuses(() -> FrozenNetworks.open("network", graph()), "it has no entries");
  }

  private String graph() throws IOException {
    return "inception:" + write(GraphDef.newBuilder());
  }

  @Test
  void aProtocolSaysWhatWasDone() throws IOException {
    FrozenNetwork features = FrozenNetworks.open("network", graph());
    assertThat(features.name()).isEqualTo("inception");
    assertThat(features.protocol())
        .isEqualTo(
            "Inception v3 (2015-12-05), each image resized by itself to 299 pixels by TensorFlow 1's bilinear"
                + " rule, mean over mixed_10, 2048 channels");
    FrozenNetwork classes = FrozenNetworks.open("network", graph(), "probabilities");
    assertThat(classes.protocol())
        .endsWith("rule, softmax of the logits of 1008 classes without bias");
    assertThat(classes.classScore()).isEqualTo("is");
    SpatialNetwork spatial = FrozenNetworks.openSpatial("network", graph());
    assertThat(spatial.spatialScore()).isEqualTo("sifid_inception_2015");
    assertThat(spatial.spatialProtocol())
        .isEqualTo(
            "Inception v3 (2015-12-05), images at their own size, 192 channels before the second"
                + " maximum pool, each pixel a sample");
    files(InceptionOutput.MEAN_768);
    FrozenNetwork folded = FrozenNetworks.open("network", "inception-folded:" + folder);
    assertThat(folded.protocol()).endsWith("rule, mean over mixed_7, 768 channels");
    assertThat(folded.labelsSeen()).contains("ImageNet");
  }

  @Test
  void aTapAfterTheFoldedFilesSaysWhatIsMissing() throws IOException {
    files(InceptionOutput.MEAN_1280);
    refuses(
        () -> FrozenNetworks.open("network", "inception-folded:" + folder, "2048"),
        "the folder '%s' lacks weights_mixed_9_tower_2_conv.dat and 35 others; use a tap before the missing layers, or add the files"
            .formatted(folder));
  }

  /** Empty files of all layers before a tap. */
  private void files(InceptionOutput output) throws IOException {
    for (String name : FoldedInceptionFiles.needed(output)) {
      Files.createFile(folder.resolve(name));
    }
  }

  @Test
  void classesOfAFolderThatEndsBeforeThemAreRefusedAtOnce() {
    for (String tap : List.of("logits", "probabilities")) {
      refuses(
          () -> FrozenNetworks.open("network", "inception-folded:" + folder, tap),
          "the folder '%s' has no weights_softmax.dat, which the %s are made with; use another tap, or add the files"
              .formatted(folder, tap));
    }
  }

  @Test
  void theNetworkWithoutAFileIsTheFetchedOne() throws IOException {
    WeightCache cache = new WeightCache(folder);
    refuses(
        () -> FrozenNetworks.fetched("network", cache),
        "network names the network inception, which is not in the cache "
            + folder
            + "; run tools/tsugiki fetch inception, or name inception:FILE");
    Path converted = Files.createFile(cache.file(PublishedFile.INCEPTION_TORCH));
    refuses(
        () -> FrozenNetworks.fetched("network", cache),
        converted
            + " has the SHA-256 "
            + FileDigest.sha256(converted)
            + " where its publisher has "
            + PublishedFile.INCEPTION_TORCH.sha256()
            + "; it has changed since it was downloaded, so run tools/tsugiki fetch inception-torch with force");
    Path official = cache.file(PublishedFile.INCEPTION);
    Files.createDirectories(official.getParent());
    Files.createFile(official);
    assertThat(FrozenNetworks.fetched("network", cache)).isEqualTo(official);
  }

  @Test
  void namesThatMeanNothingAreOneSentence() {
    Map<String, String> sentences =
        Map.of(
            "inception:",
            "network inception: names no file of weights; write inception:FILE",
            "inception:/none.pb",
            "inception:/none.pb names no file of weights",
            "inception-keras:" + folder,
            "names no file of weights; write inception-keras:FILE",
            "inception-torchvision:x",
            "write inception-torchvision:FILE",
            "inception-folded:x",
            "write inception-folded:DIR",
            "vgg",
            "network names the network vgg, which does not exist; write starter, ");
    sentences.forEach((name, words) -> refuses(() -> FrozenNetworks.open("network", name), words));
    refuses(
        () -> FrozenNetworks.open("network", "lpips"),
        "network names lpips, which measures distances and has no features");
    refuses(
        () -> FrozenNetworks.openLpips("lpipsNetwork", "vgg16"),
        "lpipsNetwork names the network vgg16, which is not LPIPS");
    refuses(
        () -> FrozenNetworks.openSpatial("network", "starter"),
        "network names the network starter, which has no map for a single-image distance");
    refuses(
        () -> FrozenNetworks.openSpatial("network", "vgg16:x"),
        "network names the network vgg16:x, which has no map for a single-image distance");
    String served = "savedmodel:savedmodels/starter-features#images,features";
    refuses(
        () -> FrozenNetworks.open("network", served, "768"),
        "has one kind of features; leave it out");
    refuses(
        () -> FrozenNetworks.open("network", "inception-folded:" + folder, "2049"),
        "tap is 2049; Inception v3 has the taps 64,");
  }

  private static void refuses(ThrowingCallable call, String words) {
    assertThatThrownBy(call).isInstanceOf(BadInputException.class).hasMessageContaining(words);
  }
}
