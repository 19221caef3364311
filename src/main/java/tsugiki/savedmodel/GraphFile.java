package tsugiki.savedmodel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;
import tsugiki.graph.GraphNodes;

/**
 * A graph in a file of its own ({@code GraphDef}, usually with its weights as constants), as a
 * model with one signature: it takes the placeholders, and gives what no other node reads.
 */
public final class GraphFile {
  private static final String SIGNATURE = "graph";

  private GraphFile() {}

  /** Whether a path is such a file by its name; a SavedModel's file is none. */
  public static boolean isOne(Path path) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(".pb")
        && !path.endsWith(SavedModelWriter.graph(Path.of("")))
        && Files.isRegularFile(path);
  }

  /**
   * Reads it.
   *
   * @throws BadInputException if it is too large, or holds no graph
   */
  static MetaGraphDef read(Path file) {
    try {
      if (Files.size(file) > SavedModelReader.MOST_BYTES) {
        throw refused(file, "it has %d bytes".formatted(Files.size(file)), null);
      }
      GraphDef graph = GraphDef.parseFrom(Files.readAllBytes(file));
      if (graph.getNodeCount() == 0) {
        throw refused(file, "it holds no nodes", null);
      }
      return MetaGraphDef.newBuilder()
          .setGraphDef(graph)
          .putSignatureDef(SIGNATURE, signature(graph))
          .build();
    } catch (IOException e) {
      throw refused(file, Reason.of(e), e);
    }
  }

  private static BadInputException refused(Path file, String what, Throwable cause) {
    return new BadInputException(
        "%s cannot be read as a graph (%s); name a GraphDef, or the folder of a SavedModel"
            .formatted(file, what),
        cause);
  }

  private static SignatureDef signature(GraphDef graph) {
    Set<String> read = new HashSet<>();
    graph
        .getNodeList()
        .forEach(node -> node.getInputList().forEach(input -> read.add(GraphNodes.node(input))));
    SignatureDef.Builder signature = SignatureDef.newBuilder();
    for (NodeDef node : graph.getNodeList()) {
      if (node.getOp().equals("Placeholder")) {
        signature.putInputs(node.getName(), tensor(node, "dtype"));
      } else if (!read.contains(node.getName())) {
        signature.putOutputs(node.getName(), tensor(node, "T"));
      }
    }
    return signature.build();
  }

  /** A node's first output, with type and shape where the node says them. */
  private static TensorInfo tensor(NodeDef node, String type) {
    AttrValue none = AttrValue.getDefaultInstance();
    TensorInfo.Builder tensor =
        TensorInfo.newBuilder()
            .setName(node.getName() + ":0")
            .setDtype(node.getAttrOrDefault(type, none).getType());
    if (node.containsAttr("shape")) {
      tensor.setTensorShape(node.getAttrOrThrow("shape").getShape());
    } else {
      tensor.getTensorShapeBuilder().setUnknownRank(true);
    }
    return tensor.build();
  }
}
