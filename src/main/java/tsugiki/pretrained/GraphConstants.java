package tsugiki.pretrained;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import tsugiki.base.BadInputException;
import tsugiki.savedmodel.SavedModelReader;
import tsugiki.weights.NamedArrays;

/**
 * The constants of a SavedModel's graph, by node: a {@code Const}, or a {@code Pack} of such, with
 * any number of {@code Identity} between. They are read and nothing of the graph is run.
 */
final class GraphConstants implements NamedArrays {
  /** A chain of more nodes than this is a circle. */
  private static final int DEEPEST = 16;

  /** More numbers than any network has as constants. */
  private static final long MOST = 1L << 26;

  /** Those of no graph. */
  static final GraphConstants NONE = new GraphConstants(Path.of(""), List.of());

  private record Constant(long[] shape, float[] values) {}

  private final Path folder;
  private final Map<String, NodeDef> nodes = new HashMap<>();

  private GraphConstants(Path folder, List<NodeDef> all) {
    this.folder = folder;
    all.forEach(node -> nodes.putIfAbsent(node.getName(), node));
  }

  /**
   * Reads the graph.
   *
   * @param folder of the SavedModel
   * @throws BadInputException if it is none, or damaged
   */
  static GraphConstants read(Path folder) {
    return new GraphConstants(folder, SavedModelReader.nodes(folder));
  }

  /** The names of all nodes, be they constants or not. */
  @Override
  public Set<String> names() {
    return nodes.keySet();
  }

  @Override
  public long[] shape(String name) {
    return constant(name, 0).shape();
  }

  @Override
  public float[] values(String name) {
    return constant(name, 0).values();
  }

  private Constant constant(String name, int depth) {
    NodeDef node = nodes.get(name);
    if (node == null || depth > DEEPEST) {
      throw wrong(name, "is not to be found");
    }
    return switch (node.getOp()) {
      case "Const" -> {
        TensorProto tensor = attribute(node, "value").getTensor();
        yield new Constant(
            ConstantTensor.shape(tensor),
            ConstantTensor.floats(tensor)
                .orElseThrow(() -> wrong(name, "does not hold the floats of its shape")));
      }
      case "Identity" -> constant(input(node, 0), depth + 1);
      case "Pack" -> packed(node, depth);
      default -> throw wrong(name, "has the operation " + node.getOp() + " and is no constant");
    };
  }

  /** The inputs of a node one after the other, along a new first axis. */
  private Constant packed(NodeDef node, int depth) {
    long inputs = attribute(node, "N").getI();
    if (inputs < 1 || inputs > node.getInputCount() || attribute(node, "axis").getI() != 0) {
      throw wrong(node.getName(), "packs its inputs in no way that is known");
    }
    int count = (int) inputs;
    Constant first = constant(input(node, 0), depth + 1);
    int length = first.values().length;
    if ((long) length * count > MOST) {
      throw wrong(node.getName(), "has more numbers than a network");
    }
    float[] values = new float[length * count];
    for (int i = 0; i < count; i++) {
      float[] part = constant(input(node, i), depth + 1).values();
      if (part.length != length) {
        throw wrong(node.getName(), "packs inputs of different sizes");
      }
      System.arraycopy(part, 0, values, i * length, length);
    }
    long[] shape = new long[first.shape().length + 1];
    shape[0] = count;
    System.arraycopy(first.shape(), 0, shape, 1, first.shape().length);
    return new Constant(shape, values);
  }

  /** Modules are exported without the attributes that have their default, such as an axis of 0. */
  private static AttrValue attribute(NodeDef node, String name) {
    return node.getAttrOrDefault(name, AttrValue.getDefaultInstance());
  }

  private String input(NodeDef node, int index) {
    if (index >= node.getInputCount()) {
      throw wrong(node.getName(), "lacks an input");
    }
    String input = node.getInput(index);
    return input.endsWith(":0") ? input.substring(0, input.length() - 2) : input;
  }

  private BadInputException wrong(String node, String what) {
    return new BadInputException(
        "the node %s of the graph in %s %s; give the published module"
            .formatted(node, folder, what));
  }
}
