package tsugiki.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.types.TFloat32;
import tsugiki.base.NumpyFile;
import tsugiki.graph.GraphScope;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.pretrained.NetworkRun;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.SavedModelWriter.Precision;

/**
 * Models with nodes that read a file although nobody calls them, opened in every way that there is.
 */
class UncalledNodesTest {
  private static final Path KERAS = Path.of("src/test/resources/tsugiki/savedmodel/keras-features");

  @TempDir private Path folder;
  private SpiedFile spied;

  @BeforeEach
  void spy() throws IOException {
    spied = SpiedFile.in(folder);
  }

  @Test
  void aGeneratorThatDraws() throws IOException {
    try (LoadedGenerator generator = LoadedGenerator.open(generator())) {
      float[] latents = LatentDraws.normal(generator.latent(), 1, 3);
      assertThat(generator.images(latents, new long[] {1})).hasSize(32 * 32 * 3);
    }
    nobodyReadTheFile();
  }

  @Test
  void aGeneratorWithinAnotherGraph() throws IOException {
    GeneratorCopy copy = GeneratorCopy.open(generator());
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      copy.images(tf, tf.zeros(tf.array(1L, copy.latent()), TFloat32.class), tf.array(1L));
      copy.restore(session);
    }
    nobodyReadTheFile();
  }

  @Test
  void aNetworkOfTensorFlowTwoThatScores() throws IOException {
    Path model = folder.resolve("keras");
    FileUtils.copyDirectory(KERAS.toFile(), model.toFile());
    SpyingGraph.addTo(model, spied.path());
    Path reference = folder.resolve("reference");
    ServedReference.write(model, reference, Map.of(), Sessions.Settings.cpu());
    float[] pixels = numbers(reference.resolve("inputs"));
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] *= 255;
    }
    FrozenNetwork network = FrozenNetworks.open("network", "savedmodel:" + model);
    assertThat(NetworkRun.features(network, Shape.of(4, 16, 16, 3), pixels))
        .containsExactly(numbers(reference.resolve("outputs")), Offset.offset(1e-4f));
    nobodyReadTheFile();
  }

  /** Those of the only file in a folder. */
  private static float[] numbers(Path folder) {
    File[] files = folder.toFile().listFiles();
    assertThat(files).hasSize(1);
    return NumpyFile.read(files[0].toPath()).floats();
  }

  @Test
  void aModelThatIsComparedWithPython() throws IOException {
    Path reference = folder.resolve("reference");
    ServedReference.write(generator(), reference, Map.of(), Sessions.Settings.cpu());
    assertThat(reference.resolve("outputs/images.npy")).isNotEmptyFile();
    nobodyReadTheFile();
  }

  @Test
  void aModelThatIsInspected() throws IOException {
    assertThat(structure(generator()))
        .contains("Generator/Linear/MatMul")
        .doesNotContain("uncalled");
    nobodyReadTheFile();
  }

  /** Without signatures the whole graph is shown. */
  @Test
  void aModelWithoutSignaturesThatIsInspected() throws IOException {
    Path model = generator();
    Path file = model.resolve("saved_model.pb");
    SavedModel.Builder saved = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
    saved.getMetaGraphsBuilder(0).clearSignatureDef();
    Files.write(file, saved.build().toByteArray());
    isShownAndNotTrusted(model);
  }

  /** Nodes that read each other in a circle, so that none of them is an output. */
  @Test
  void aGraphInAFileOfItsOwnThatIsInspected() throws IOException {
    GraphDef.Builder graph = SpyingGraph.of(spied.path()).toBuilder();
    graph.addNode(circle("first", "second"));
    graph.addNode(circle("second", "first"));
    Path file = folder.resolve("graph.pb");
    Files.write(file, graph.build().toByteArray());
    isShownAndNotTrusted(file);
  }

  private static NodeDef.Builder circle(String name, String other) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("NoOp")
        .addInput("^" + other)
        .addInput("^uncalled/fill")
        .addInput("^uncalled/called/fill");
  }

  private void isShownAndNotTrusted(Path model) throws IOException {
    ModelInspection inspection = ModelInspection.of(model);
    assertThat(inspection.refused())
        .contains("ReadFile (node uncalled/read)", "ReadFile (node read)");
    assertThat(InspectionText.structure(inspection))
        .containsPattern("uncalled/fill +Fill *\n")
        .contains("function uncalled_function");
    nobodyReadTheFile();
  }

  private static String structure(Path model) {
    return InspectionText.structure(ModelInspection.of(model));
  }

  /** A small generator with the nodes beside its own. */
  private Path generator() throws IOException {
    Path model = folder.resolve("model");
    TinyGenerator.make().writer(Precision.FLOAT).write(model);
    return SpyingGraph.addTo(model, spied.path());
  }

  private void nobodyReadTheFile() throws IOException {
    assertThat(spied.wasRead()).as("the file was read").isFalse();
  }
}
