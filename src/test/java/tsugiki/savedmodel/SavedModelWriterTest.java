package tsugiki.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.base.BadInputException;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;
import tsugiki.runtime.Optimised;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.SavedModelWriter.Precision;

@Optimised
class SavedModelWriterTest {
  private static TinyGenerator tiny;

  @TempDir Path folder;
  private Path model;

  @BeforeAll
  static void make() {
    tiny = TinyGenerator.make();
  }

  @BeforeEach
  void name() {
    model = folder.resolve("run").resolve("model");
  }

  @Test
  void drawsTheSameBitsAfterReloading() {
    tiny.writer(Precision.FLOAT).write(model);
    assertThat(drawn()).containsExactly(tiny.drawn());
  }

  @Test
  void drawsNearlyTheSameFromHalves() {
    tiny.writer(Precision.HALF).write(model);
    assertThat(drawn())
        .isNotEqualTo(tiny.drawn())
        .containsExactly(tiny.drawn(), Offset.offset(1e-2f));
  }

  /** A half ends at 65,504, so that a larger number would be read as infinity. */
  @ParameterizedTest
  @CsvSource({"65504, true", "-65504, true", "65505, false", "70000, false", "-70000, false"})
  void aKernelThatDoesNotFitIntoHalvesIsKept(float largest, boolean half) {
    String name = "generator/linear/kernel";
    Map<String, float[]> values = new HashMap<>(tiny.values());
    float[] kernel = values.get(name).clone();
    kernel[kernel.length - 1] = largest;
    values.put(name, kernel);
    SavedModelWriter writer = tiny.writer(Precision.HALF);
    SavedModelWriter other =
        new SavedModelWriter(
            writer.network(), values, writer.description(), writer.card(), writer.precision());
    assertThat(other.entries().get(name).half()).isEqualTo(half);
    assertThat(other.entries().get("generator/block_0/conv_1/kernel").half()).isTrue();
  }

  @Test
  void halvesTakeHalfTheFile() throws IOException {
    tiny.writer(Precision.FLOAT).write(model);
    long floats = dataSize();
    tiny.writer(Precision.HALF).write(model);
    assertThat((double) dataSize() / floats).isBetween(0.5, 0.52);
  }

  @Test
  void keepsNothingOfTrainingInTheGraph() throws IOException {
    tiny.writer(Precision.HALF).write(model);
    List<NodeDef> nodes = nodes();
    assertThat(nodes).extracting(NodeDef::getName).noneMatch(name -> name.startsWith("State"));
    assertThat(nodes)
        .filteredOn(node -> node.getOp().equals("Placeholder"))
        .extracting(NodeDef::getName)
        .containsExactlyInAnyOrder("z", "label", "Restore/file");
    assertThat(nodes)
        .filteredOn(node -> node.getOp().equals("VariableV2"))
        .extracting(NodeDef::getName)
        .contains(
            "generator/linear/kernel",
            "generator/block_0/conv_1/kernel",
            "generator/block_1/conv_1/kernel_doubling")
        .doesNotContain("generator/block_1/conv_1/kernel");
  }

  @Test
  void describesItself() throws IOException {
    tiny.writer(Precision.HALF).write(model);
    assertThat(model.resolve("card.md"))
        .content()
        .startsWith("# A generator for tests\n")
        .contains("Signature `serving_default`. N is any number.")
        .contains("| takes | `z` | float32 | [N, ")
        .contains("| takes | `label` | int64 | [N] | a class, 0 to 2 |")
        .contains("| gives | `images` | uint8 | [N, 32, 32, 3] | RGB, 0 to 255 |")
        .contains("| gives | `images_float` | float32 | [N, 32, 32, 3] | RGB, −1 to 1 |");
    ModelMetadata description = ModelMetadata.read(model);
    assertThat(description.weights()).containsExactlyInAnyOrderElementsOf(tiny.values().keySet());
    assertThat(description.classNames()).isEqualTo(TinyGenerator.CLASSES);
  }

  @Test
  void replacesAModelAndLeavesNothingBeside() throws IOException {
    tiny.writer(Precision.FLOAT).write(model);
    Files.createFile(model.resolve("old"));
    Files.createDirectory(model.resolveSibling(".model.draft-of-a-crash"));
    tiny.writer(Precision.FLOAT).write(model);
    assertThat(model.resolve("old")).doesNotExist();
    try (Stream<Path> files = Files.list(model.getParent())) {
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrder("model", ".model.draft-of-a-crash");
    }
  }

  @Test
  void writesIntoAnEmptyFolder() throws IOException {
    Files.createDirectories(model);
    tiny.writer(Precision.FLOAT).write(model);
    assertThat(model.resolve("saved_model.pb")).exists();
  }

  @Test
  void refusesAFolderWithOtherThings() throws IOException {
    Files.createDirectories(model);
    Files.writeString(model.resolve("thesis.txt"), "years of work");
    assertThatThrownBy(() -> tiny.writer(Precision.FLOAT).write(model))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(model.toString());
    assertThat(model.resolve("thesis.txt")).exists();
  }

  @Test
  void leavesNothingWhenAWeightHasNoValue() {
    SavedModelWriter complete = tiny.writer(Precision.FLOAT);
    SavedModelWriter empty =
        new SavedModelWriter(
            complete.network(),
            Map.of("generator/linear/bias", new float[1]),
            complete.description(),
            complete.card(),
            complete.precision());
    assertThatThrownBy(() -> empty.write(model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("generator/");
    assertThat(model.getParent()).doesNotExist();
  }

  @Test
  void refusesAnInputThatPythonCannotPass() {
    try (Graph graph = new Graph()) {
      Operand<TFloat32> tensor = GraphScope.ops(graph).constant(1f);
      for (String name : List.of("class", "lambda", "a/b", "1st")) {
        assertThatThrownBy(() -> new ModelSignature(Map.of(name, tensor), Map.of()))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(name);
      }
      assertThat(new ModelSignature(Map.of("label", tensor), Map.of()).inputs()).hasSize(1);
    }
  }

  private float[] drawn() {
    try (SavedModelBundle bundle =
            SavedModelBundle.loader(model.toString())
                .withTags("serve")
                .withConfigProto(Sessions.config(Sessions.Settings.cpu()))
                .load();
        Tensor z = Tensors.floats(Shape.of(4, tiny.architecture().latent()), tiny.z());
        TInt64 label = Tensors.longs(TinyGenerator.LABELS);
        Result result = bundle.function("serving_default").call(Map.of("z", z, "label", label))) {
      return Tensors.toFloats((TFloat32) result.get("images_float").orElseThrow());
    }
  }

  private long dataSize() throws IOException {
    return Files.size(model.resolve("variables/variables.data-00000-of-00001"));
  }

  private List<NodeDef> nodes() throws IOException {
    return SavedModel.parseFrom(Files.readAllBytes(model.resolve("saved_model.pb")))
        .getMetaGraphs(0)
        .getGraphDef()
        .getNodeList();
  }
}
