package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;

/** A generator that reads a file whenever it draws, and the flag by which a user trusts it. */
class TrustedModelTest {
  @TempDir private Path folder;

  @Test
  void aModelThatDoesMoreThanComputeRunsOnlyWhereItIsNamed() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "x");
    Path model = reading(secret, "model");
    Path other = reading(secret, "other");
    Path out = folder.resolve("images");
    Object[] draw = {"generate", "--model", model, "--count", 2, "--out", out, "--device", "cpu"};
    Program.run(draw)
        .refuses(
            out, model + " runs operations", "ReadFile (node spy)", "name this one by --trust");
    Program.run(with(draw, "--trust", other)).refuses(out, "ReadFile (node spy)");
    Program.run(with(draw, "--trust", folder.resolve("none")))
        .refuses(out, "--trust " + folder.resolve("none") + " cannot be found");

    Program.run(with(draw, "--trust", model)).succeeds();
    assertThat(out.resolve("000001.png")).isNotEmptyFile();

    // It does what it was trusted to do: without its file it cannot draw.
    Files.delete(secret);
    draw[6] = folder.resolve("more");
    Program failed = Program.run(with(draw, "--trust", model));
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err()).contains(secret.toString());
    assertThat(folder.resolve("more")).doesNotExist();
  }

  private static Object[] with(Object[] words, Object flag, Object value) {
    Object[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = flag;
    all[words.length + 1] = value;
    return all;
  }

  /** A generator whose images wait for the content of a file. */
  private Path reading(Path file, String name) throws IOException {
    Path model = folder.resolve(name);
    TinyGenerator.make().writer(Precision.FLOAT).write(model);
    Path graph = model.resolve("saved_model.pb");
    SavedModel.Builder saved = SavedModel.parseFrom(Files.readAllBytes(graph)).toBuilder();
    MetaGraphDef.Builder served = saved.getMetaGraphsBuilder(0);
    String images =
        served
            .getSignatureDefOrThrow("serving_default")
            .getOutputsOrThrow("images")
            .getName()
            .replaceFirst(":.*", "");
    GraphDef.Builder nodes = served.getGraphDefBuilder();
    nodes.getNodeBuilderList().stream()
        .filter(node -> node.getName().equals(images))
        .forEach(node -> node.addInput("^spy"));
    nodes.addNode(text("spied", file.toString()));
    nodes.addNode(NodeDef.newBuilder().setName("spy").setOp("ReadFile").addInput("spied"));
    Files.write(graph, saved.build().toByteArray());
    return model;
  }

  private static NodeDef text(String name, String value) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addStringVal(ByteString.copyFromUtf8(value));
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_STRING).build())
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
        .build();
  }
}
