package tsugiki.savedmodel;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Nodes and a function that read a file and that no signature calls. The shape of what {@code
 * uncalled/fill} gives is the file's content, so TensorFlow reads the file when it infers shapes.
 */
final class SpyingGraph {
  private static final String READ = "ReadFile";

  private SpyingGraph() {}

  /** Adds them to the graph of a model. */
  static Path addTo(Path model, Path file) throws IOException {
    Path graph = model.resolve("saved_model.pb");
    SavedModel.Builder saved = SavedModel.parseFrom(Files.readAllBytes(graph)).toBuilder();
    saved.getMetaGraphsBuilder(0).getGraphDefBuilder().mergeFrom(of(file));
    Files.write(graph, saved.build().toByteArray());
    return model;
  }

  /** They alone. */
  static GraphDef of(Path file) {
    GraphDef.Builder graph = GraphDef.newBuilder();
    graph.addNode(text("uncalled/file", file));
    graph.addNode(node("uncalled/read", READ, "uncalled/file"));
    filled(graph, "uncalled", "uncalled/read");
    graph.addNode(
        node("uncalled/call", "PartitionedCall")
            .putAttr(
                "Tin", AttrValue.newBuilder().setList(AttrValue.ListValue.newBuilder()).build())
            .putAttr(
                "Tout",
                AttrValue.newBuilder()
                    .setList(AttrValue.ListValue.newBuilder().addType(DataType.DT_STRING))
                    .build())
            .putAttr(
                "f",
                AttrValue.newBuilder()
                    .setFunc(NameAttrList.newBuilder().setName("uncalled_function"))
                    .build()));
    filled(graph, "uncalled/called", "uncalled/call");
    graph
        .getLibraryBuilder()
        .addFunction(
            FunctionDef.newBuilder()
                .setSignature(
                    OpDef.newBuilder()
                        .setName("uncalled_function")
                        .addOutputArg(
                            OpDef.ArgDef.newBuilder()
                                .setName("content")
                                .setType(DataType.DT_STRING)))
                .addNodeDef(text("file", file))
                .addNodeDef(node("read", READ, "file:output:0"))
                .putRet("content", "read:contents:0"));
    return graph.build();
  }

  /** A tensor whose sizes are the bytes of a string. */
  private static void filled(GraphDef.Builder graph, String scope, String bytes) {
    TensorProto zero =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_INT32)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addIntVal(0)
            .build();
    graph.addNode(constant(scope + "/value", zero));
    graph.addNode(
        node(scope + "/sizes", "DecodeRaw", bytes).putAttr("out_type", type(DataType.DT_INT32)));
    graph.addNode(
        node(scope + "/fill", "Fill", scope + "/sizes", scope + "/value")
            .putAttr("T", type(DataType.DT_INT32))
            .putAttr("index_type", type(DataType.DT_INT32)));
  }

  private static NodeDef text(String name, Path value) {
    return constant(
        name,
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addStringVal(ByteString.copyFromUtf8(value.toString()))
            .build());
  }

  private static NodeDef constant(String name, TensorProto value) {
    return node(name, "Const")
        .putAttr("dtype", type(value.getDtype()))
        .putAttr("value", AttrValue.newBuilder().setTensor(value).build())
        .build();
  }

  private static NodeDef.Builder node(String name, String op, String... inputs) {
    return NodeDef.newBuilder().setName(name).setOp(op).addAllInput(List.of(inputs));
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }
}
