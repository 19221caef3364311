package tsugiki.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.tensorflow.op.core.Constant;
import org.tensorflow.op.core.Identity;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.math.AddN;
import org.tensorflow.op.math.Mul;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A graph for several devices, made of one that was built for a single one of its {@link Replicas}:
 * data parallelism within a graph.
 *
 * <p>What depends on a replica's share of the batch is copied once per replica, gradients included,
 * and lies on the replica's device; the share itself is taken where the batch is. All else exists
 * once: variables, what is computed of them alone (spectral norms with their vectors), the means
 * over replicas, and what follows these, such as optimisers. The first replica's nodes keep their
 * names.
 */
public final class ReplicatedGraph {
  private static final Pattern INDEX = Pattern.compile("(.*/)?" + Replicas.INDEX + "(_\\d+)?");

  /** Operations that write a variable; copies of one would have no order. */
  private static final Pattern WRITES = Pattern.compile("Assign.*|Apply.*|Scatter.*");

  private final GraphDef one;
  private final List<String> devices;
  private final String home;
  private final Set<String> constants = new HashSet<>();
  private final Set<String> variables = new HashSet<>();
  private final Set<String> copied = new HashSet<>();

  private ReplicatedGraph(GraphDef one, List<String> devices, String home) {
    this.one = one;
    this.devices = devices;
    this.home = home;
  }

  /** Whether a graph was built for several replicas. */
  public static boolean isReplicated(GraphDef graph) {
    return graph.getNodeList().stream().anyMatch(ReplicatedGraph::isIndex);
  }

  /**
   * Copies what each replica computes.
   *
   * @param one the graph of one replica, its nodes in the order of their making
   * @param devices where the replicas compute, in their order
   * @param home where all else lies; empty where TensorFlow may choose
   * @return the graph of all replicas, in which all names of {@code one} exist
   */
  public static GraphDef of(GraphDef one, List<String> devices, String home) {
    return new ReplicatedGraph(one, devices, home).build();
  }

  private GraphDef build() {
    find();
    GraphDef.Builder all = one.toBuilder().clearNode();
    for (NodeDef node : one.getNodeList()) {
      if (copied.contains(node.getName())) {
        refuseWrite(node);
        replicas().forEach(replica -> all.addNode(copy(node, replica)));
      } else if (node.getOp().equals(Replicas.MEAN)) {
        all.addAllNode(mean(node));
      } else {
        all.addNode(shared(node));
        if (constants.contains(node.getName())) {
          replicas().skip(1).forEach(replica -> all.addNode(copy(node, replica)));
        }
        if (variables.contains(node.getName())) {
          all.addNode(read(node));
        }
      }
    }
    return all.build();
  }

  /** What is copied, and the constants and variables that it reads. */
  private void find() {
    Set<String> allConstants = new HashSet<>();
    Set<String> allVariables = new HashSet<>();
    for (NodeDef node : one.getNodeList()) {
      List<String> inputs = data(node).stream().map(GraphNodes::node).toList();
      if (isIndex(node)) {
        copied.add(node.getName());
      } else if (node.getOp().equals(Constant.OP_NAME)) {
        allConstants.add(node.getName());
      } else if (node.getOp().equals(Variable.OP_NAME)) {
        allVariables.add(node.getName());
      } else if (!node.getOp().equals(Replicas.MEAN)
          && inputs.stream().anyMatch(copied::contains)) {
        copied.add(node.getName());
        inputs.stream().filter(allConstants::contains).forEach(constants::add);
        inputs.stream().filter(allVariables::contains).forEach(variables::add);
      }
    }
  }

  /**
   * A variable's value, which the other replicas read in its place. A device that fetches a
   * variable itself waits for the other inputs of its reader first; where oneDNN makes one node of
   * the reader and such an input, that wait has no end.
   */
  private NodeDef read(NodeDef variable) {
    return NodeDef.newBuilder()
        .setName(readName(variable.getName()))
        .setOp(Identity.OP_NAME)
        .setDevice(home)
        .addInput(variable.getName())
        .putAttr("T", variable.getAttrOrThrow("dtype"))
        .build();
  }

  private NodeDef copy(NodeDef node, int replica) {
    NodeDef.Builder copy =
        node.toBuilder()
            .setName(name(node.getName(), replica))
            .setDevice(takesShare(node) ? home : devices.get(replica))
            .clearInput();
    node.getInputList().forEach(input -> copy.addInput(ofReplica(input, replica)));
    if (isIndex(node)) {
      copy.putAttr("value", AttrValue.newBuilder().setTensor(index(replica)).build());
    }
    return copy.build();
  }

  /** A node that exists once; where it waits for a node of the replicas, it waits for all. */
  private NodeDef shared(NodeDef node) {
    NodeDef.Builder shared = atHome(node.toBuilder()).clearInput();
    for (String input : node.getInputList()) {
      if (copied.contains(GraphNodes.node(input))) {
        replicas().mapToObj(replica -> ofReplica(input, replica)).forEach(shared::addInput);
      } else {
        shared.addInput(input);
      }
    }
    return shared.build();
  }

  /** The sum over replicas times their share; what the replicas have in common is its own mean. */
  private List<NodeDef> mean(NodeDef node) {
    String input = node.getInput(0);
    if (!copied.contains(GraphNodes.node(input))) {
      return List.of(shared(node.toBuilder().setOp(Identity.OP_NAME).build()));
    }
    int count = devices.size();
    AttrValue type = AttrValue.newBuilder().setType(DataType.DT_FLOAT).build();
    NodeDef.Builder sum =
        atHome(NodeDef.newBuilder())
            .setName(node.getName() + "/sum")
            .setOp(AddN.OP_NAME)
            .putAttr("N", AttrValue.newBuilder().setI(count).build())
            .putAttr("T", type);
    replicas().forEach(replica -> sum.addInput(ofReplica(input, replica)));
    NodeDef.Builder share =
        atHome(NodeDef.newBuilder())
            .setName(node.getName() + "/share")
            .setOp(Constant.OP_NAME)
            .putAttr("dtype", type)
            .putAttr(
                "value",
                AttrValue.newBuilder()
                    .setTensor(
                        TensorProto.newBuilder()
                            .setDtype(DataType.DT_FLOAT)
                            .setTensorShape(TensorShapeProto.getDefaultInstance())
                            .addFloatVal(1f / count))
                    .build());
    NodeDef.Builder mean =
        atHome(NodeDef.newBuilder())
            .setName(node.getName())
            .setOp(Mul.OP_NAME)
            .putAttr("T", type)
            .addInput(sum.getName())
            .addInput(share.getName());
    return List.of(sum.build(), share.build(), mean.build());
  }

  private NodeDef.Builder atHome(NodeDef.Builder node) {
    return node.getDevice().isEmpty() ? node.setDevice(home) : node;
  }

  private String ofReplica(String input, int replica) {
    String node = GraphNodes.node(input);
    if (replica > 0 && variables.contains(node)) {
      return readName(node);
    }
    // No device should fetch a constant from another.
    boolean own = copied.contains(node) || constants.contains(node);
    return own ? GraphNodes.renamed(input, name(node, replica)) : input;
  }

  private IntStream replicas() {
    return IntStream.range(0, devices.size());
  }

  private static String name(String node, int replica) {
    return replica == 0 ? node : "Replica" + replica + "/" + node;
  }

  private boolean takesShare(NodeDef node) {
    return isIndex(node)
        || data(node).stream().anyMatch(i -> INDEX.matcher(GraphNodes.node(i)).matches());
  }

  private static String readName(String variable) {
    return "Replicas/" + variable + "/read";
  }

  private static boolean isIndex(NodeDef node) {
    return node.getOp().equals(Constant.OP_NAME) && INDEX.matcher(node.getName()).matches();
  }

  private static TensorProto index(int replica) {
    return TensorProto.newBuilder()
        .setDtype(DataType.DT_INT32)
        .setTensorShape(
            TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(1)))
        .addIntVal(replica)
        .build();
  }

  private static List<String> data(NodeDef node) {
    return node.getInputList().stream().filter(input -> !input.startsWith("^")).toList();
  }

  private static void refuseWrite(NodeDef node) {
    if (WRITES.matcher(node.getOp()).matches()) {
      throw new IllegalArgumentException(
          node.getName()
              + " writes a variable with what one replica has; take the mean over replicas first");
    }
  }
}
