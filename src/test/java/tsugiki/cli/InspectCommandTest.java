package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import tsugiki.graph.GraphScope;
import tsugiki.report.EventFile;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;

class InspectCommandTest {
  @TempDir Path folder;
  private Path model;
  private long parameters;

  @BeforeEach
  void write() {
    model = folder.resolve("run/model");
    TinyGenerator tiny = TinyGenerator.make();
    tiny.writer(Precision.HALF).write(model);
    parameters = tiny.values().values().stream().mapToLong(values -> values.length).sum();
  }

  @Test
  void tellsStructureSignatureParametersClassesAndCard() {
    List<String> lines =
        inspect(folder.resolve("run")).out().lines().map(InspectCommandTest::words).toList();
    assertThat(lines)
        .containsSubsequence(
            model.toString(),
            "signature serving_default",
            "takes label int64 [?]",
            "takes z float [?, 80]",
            "gives images uint8 [?, 32, 32, 3]",
            "gives images_float float [?, 32, 32, 3]",
            "parameters " + String.format(Locale.ROOT, "%,d", parameters),
            "bytes on disk "
                + String.format(Locale.ROOT, "%,d", FileUtils.sizeOfDirectory(model.toFile())),
            "kind biggan",
            "classes 3",
            "rose, tulip, lily",
            "weights",
            "generator/block_0/conv_1/kernel [3, 3, 16, 16] 2,304",
            "operations",
            "Classes/Gather GatherV2 [?, 128]",
            "Generator/Linear/MatMul MatMul [?, 256]",
            "# A generator for tests");
    assertThat(lines).noneMatch(line -> line.startsWith("Restore/"));
    assertThat(lines.subList(0, 12))
        .anyMatch(line -> line.startsWith("signature"))
        .anyMatch(line -> line.startsWith("parameters"))
        .anyMatch(line -> line.startsWith("bytes on disk"))
        .anyMatch(line -> line.startsWith("classes"));
  }

  @Test
  void writesTheResult() throws IOException {
    Path json = folder.resolve("result.json");
    inspect(model, "--json", json);
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertThat(result.path("parameters").asLong()).isEqualTo(parameters);
    assertThat(result.path("kind").asText()).isEqualTo("biggan");
    assertThat(result.path("classes")).hasSize(3);
    assertThat(result.path("refused").isNull()).isTrue();
    JsonNode z = result.path("signatures").path(0).path("inputs").path(1);
    assertThat(z.toString()).isEqualTo("{\"name\":\"z\",\"type\":\"float\",\"shape\":[-1,80]}");
  }

  @Test
  void aLinkToAModelHasTheModelsSize() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("best"), model);
    Path json = folder.resolve("result.json");
    inspect(link, "--json", json);
    assertThat(new ObjectMapper().readTree(json.toFile()).path("bytes").asLong())
        .isEqualTo(FileUtils.sizeOfDirectory(model.toFile()));
  }

  @Test
  void theObjectStandsAloneOnStandardOutput() throws IOException {
    for (String name : List.of("-", "/dev/stdout")) {
      Program inspected = Program.run("inspect", "--model", model, "--json", name);
      assertThat(inspected.exitCode()).isZero();
      assertThat(new ObjectMapper().readTree(inspected.out()).path("kind").asText())
          .isEqualTo("biggan");
      assertThat(inspected.err()).contains("bytes on disk");
    }
  }

  @Test
  void theGraphForTensorBoardHasItsWeightsWithinTheBlocks() throws IOException {
    Path events = folder.resolve("events");
    inspect(model, "--tensorboard", events);
    Set<String> names = new HashSet<>();
    try (Stream<Path> files = Files.list(events)) {
      Event event = EventFile.read(files.findFirst().orElseThrow()).get(1);
      GraphDef.parseFrom(event.getGraphDef()).getNodeList().stream()
          .map(NodeDef::getName)
          .forEach(names::add);
    }
    assertThat(names)
        .contains(
            "z",
            "label",
            "Classes/table",
            "Generator/Linear/kernel",
            "Generator/Block0/Norm1/mean",
            "Generator/Output/Conv/kernel");
    assertThat(names.stream().map(name -> name.split("/")[0]))
        .containsOnly("z", "label", "Classes", "Generator", "Images");
  }

  @Test
  void aModelThatOthersWroteIsShownToo() throws IOException {
    Files.delete(model.resolve("assets.extra/tsugiki.json"));
    Files.delete(model.resolve("card.md"));
    assertThat(inspect(model).out().lines().map(InspectCommandTest::words))
        .contains(
            "kind not of this project",
            "parameters " + String.format(Locale.ROOT, "%,d", parameters));
  }

  @Test
  void aFrozenNetworkThatReadsFilesIsShownAndNotTrusted() throws IOException {
    Path frozen = Files.createDirectory(folder.resolve("frozen"));
    Files.write(frozen.resolve("saved_model.pb"), frozen().toByteArray());
    assertThat(inspect(frozen).out().lines().map(InspectCommandTest::words))
        .contains(
            "ReadFile ReadFile",
            "takes x float [?, 40]",
            "parameters 0",
            "numbers in constants 800",
            "kind not of this project")
        .anyMatch(line -> line.contains("so it is not loaded: ReadFile"));
  }

  @Test
  void aGraphInAFileOfItsOwnIsShownAndDrawn() throws IOException {
    Path file = folder.resolve("frozen.pb");
    GraphDef graph = frozen().getMetaGraphs(0).getGraphDef();
    Files.write(file, graph.toByteArray());
    Path events = folder.resolve("events");
    assertThat(inspect(file, "--tensorboard", events).out().lines().map(InspectCommandTest::words))
        .contains("signature graph", "takes x float [?, 40]", "numbers in constants 800");
    try (Stream<Path> files = Files.list(events)) {
      Event event = EventFile.read(files.findFirst().orElseThrow()).get(1);
      assertThat(GraphDef.parseFrom(event.getGraphDef()).getNodeList())
          .extracting(NodeDef::getName)
          .containsExactlyInAnyOrderElementsOf(
              graph.getNodeList().stream().map(NodeDef::getName).toList());
    }
    Path none = folder.resolve("none");
    Files.writeString(file, "years of work");
    Program.run("inspect", "--model", file).refuses(none, file + " cannot be read as a graph (");
    Path saved = model.resolve("saved_model.pb");
    Program.run("inspect", "--model", saved).refuses(none, saved + " is a file; name the folder");
  }

  @Test
  void whatIsNoModelIsOneSentence() throws IOException {
    Path unwritten = folder.resolve("events");
    Path none = Files.createDirectory(folder.resolve("none"));
    Program.run("inspect", "--model", none, "--tensorboard", unwritten)
        .refuses(unwritten, "--model " + none + " holds no saved_model.pb");
    Files.writeString(none.resolve("saved_model.pb"), "not a graph");
    Program.run("inspect", "--model", none, "--tensorboard", unwritten)
        .refuses(unwritten, none + " cannot be loaded");
  }

  private static Program inspect(Object... words) {
    return Program.run(Stream.concat(Stream.of("inspect", "--model"), Stream.of(words)).toArray())
        .succeeds();
  }

  private static String words(String line) {
    return line.strip().replaceAll(" +", " ");
  }

  /** A matrix of 40×20 constants, and a file's content. */
  private static SavedModel frozen() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Placeholder<TFloat32> x =
          tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 40)));
      Operand<TFloat32> y = tf.linalg.matMul(x, tf.constant(new float[40][20]));
      Operand<TString> file = tf.io.readFile(tf.constant("/etc/passwd"));
      SignatureDef signature =
          SignatureDef.newBuilder()
              .putInputs("x", info(x.output()))
              .putOutputs("y", info(y.asOutput()))
              .putOutputs("file", info(file.asOutput()))
              .build();
      return SavedModel.newBuilder()
          .addMetaGraphs(
              MetaGraphDef.newBuilder()
                  .setGraphDef(graph.toGraphDef())
                  .putSignatureDef("serving_default", signature))
          .build();
    }
  }

  private static TensorInfo info(Output<?> output) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : output.shape().asArray() == null ? new long[0] : output.shape().asArray()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return TensorInfo.newBuilder()
        .setName(output.op().name() + ":0")
        .setDtype(output.dataType())
        .setTensorShape(shape)
        .build();
  }
}
