package tsugiki.savedmodel;

import com.google.common.base.CharMatcher;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import tsugiki.base.BadInputException;
import tsugiki.graph.GraphNodes;

/**
 * The check of a SavedModel before it is loaded. A SavedModel is a program: TensorFlow's operations
 * read and write files, open connections and call Python. So every operation that loading the graph
 * and calling its signature would run must be in a list of those that only compute.
 *
 * <p>Of other nodes nothing is imported. TensorFlow infers shapes when it imports a graph, and for
 * that it evaluates nodes whose inputs are constants: one that reads a file does so then, although
 * nobody runs it.
 */
final class TrustedOps {
  private static final Logger LOG = LoggerFactory.getLogger(TrustedOps.class);

  private static final Set<String> ALLOWED =
      words(
          // Structure. The bodies of functions are checked too.
          "Const Placeholder PlaceholderWithDefault Identity IdentityN NoOp EnsureShape"
              + " StopGradient PreventGradient Snapshot Assert Switch Merge If StatelessIf"
              + " PartitionedCall StatefulPartitionedCall",
          // Variables.
          "Variable VariableV2 Assign AssignAdd AssignSub IsVariableInitialized VarHandleOp"
              + " ReadVariableOp AssignVariableOp VarIsInitializedOp",
          // Shapes and places.
          "Shape ShapeN Size Rank Reshape ExpandDims Squeeze Fill Range Tile BroadcastTo"
              + " BroadcastArgs Transpose ConcatV2 Concat Pack Unpack Split SplitV Slice"
              + " StridedSlice Gather GatherV2 GatherNd ResourceGather Pad PadV2 MirrorPad"
              + " ReverseV2 Roll DepthToSpace SpaceToDepth SpaceToBatchND BatchToSpaceND OneHot"
              + " ZerosLike OnesLike InvertPermutation LinSpace",
          // Arithmetic.
          "Cast Add AddV2 AddN BiasAdd Sub Mul Div RealDiv FloorDiv FloorMod Mod DivNoNan Neg Abs"
              + " Sign Square SquaredDifference Sqrt Rsqrt Pow Exp Log Log1p Expm1 Sin Cos Tanh"
              + " Sigmoid Erf Maximum Minimum ClipByValue Round Rint Floor Ceil Reciprocal Inv"
              + " Equal NotEqual Less LessEqual Greater GreaterEqual LogicalAnd LogicalOr"
              + " LogicalNot Select SelectV2 All Any Sum Mean Prod Max Min ArgMax ArgMin"
              + " Where Cumsum L2Loss",
          // Layers.
          "MatMul BatchMatMul BatchMatMulV2 BatchMatMulV3 Einsum Conv2D Conv2DBackpropInput"
              + " DepthwiseConv2dNative FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3 Relu Relu6"
              + " LeakyRelu Elu Selu Softplus Softsign Softmax LogSoftmax MaxPool MaxPoolV2 AvgPool"
              + " ResizeNearestNeighbor ResizeBilinear ResizeBicubic ResizeArea ScaleAndTranslate",
          // Noise.
          "RandomStandardNormal RandomUniform RandomUniformInt TruncatedNormal"
              + " StatelessRandomNormal StatelessRandomNormalV2 StatelessRandomUniform"
              + " StatelessRandomUniformV2 StatelessTruncatedNormal StatelessTruncatedNormalV2"
              + " StatelessRandomGetKeyCounter StatelessRandomGetAlg");

  /** Reads tensors from a checkpoint: allowed on the model's own one only. */
  private static final String RESTORE = "RestoreV2";

  private static final List<String> LOADING = List.of("saved_model_main_op", "legacy_init_op");
  private static final String LOADING_SIGNATURE = "__saved_model_init_op";

  private final GraphNodes net;
  private final String checkpoint;
  private final Map<String, FunctionDef> functions = new HashMap<>();
  private final Set<String> visited = new HashSet<>();
  private final Deque<FunctionDef> called = new ArrayDeque<>();
  private final Set<String> refused = new TreeSet<>();

  private TrustedOps(MetaGraphDef model) {
    net = GraphNodes.of(model.getGraphDef());
    checkpoint = GraphNodes.node(model.getSaverDef().getFilenameTensorName());
    model
        .getGraphDef()
        .getLibrary()
        .getFunctionList()
        .forEach(function -> functions.put(function.getSignature().getName(), function));
  }

  /**
   * Checks what loading the model and calling one signature run. One of {@link TrustedModels} is
   * not refused.
   *
   * @return the model with these nodes and functions alone, which can be imported
   * @throws BadInputException naming the operations that are not in the list
   */
  static MetaGraphDef checked(Path directory, MetaGraphDef model, SignatureDef signature) {
    TrustedOps ops = new TrustedOps(model);
    Set<String> needed = ops.net.needed(runs(model, signature));
    ops.check(directory, needed);
    GraphDef graph = ops.net.only(needed).graph();
    FunctionDefLibrary.Builder library = FunctionDefLibrary.newBuilder();
    graph.getLibrary().getFunctionList().stream()
        .filter(function -> ops.visited.contains(function.getSignature().getName()))
        .forEach(library::addFunction);
    return model.toBuilder().setGraphDef(graph.toBuilder().setLibrary(library)).build();
  }

  /**
   * Checks every node of a graph, and every function that they call.
   *
   * @throws BadInputException as {@link #checked}
   */
  static void checkWhole(Path directory, MetaGraphDef model) {
    TrustedOps ops = new TrustedOps(model);
    ops.check(directory, ops.net.nodes().keySet());
  }

  private void check(Path directory, Set<String> names) {
    check(names);
    if (!refused.isEmpty() && TrustedModels.contains(directory)) {
      LOG.warn("{} is trusted by name; it also runs {}", directory, String.join(", ", refused));
    } else if (!refused.isEmpty()) {
      throw new BadInputException(
          directory
              + " runs operations that may do more than compute, so it is not loaded: "
              + String.join(", ", refused)
              + "; use a model that you or this project wrote, or name this one by ⟨trust⟩ if you know who wrote it");
    }
  }

  private static List<String> runs(MetaGraphDef model, SignatureDef signature) {
    List<String> ends = new ArrayList<>(List.of(model.getSaverDef().getRestoreOpName()));
    ends.addAll(loading(model));
    signature.getOutputsMap().values().forEach(tensor -> ends.add(tensor.getName()));
    signature.getInputsMap().values().forEach(tensor -> ends.add(tensor.getName()));
    return ends.stream().map(GraphNodes::node).toList();
  }

  /** The nodes that loading runs after the variables are restored. */
  static List<String> loading(MetaGraphDef model) {
    List<String> ends = new ArrayList<>();
    for (String collection : LOADING) {
      ends.addAll(model.getCollectionDefOrDefault(collection, none()).getNodeList().getValueList());
    }
    if (model.containsSignatureDef(LOADING_SIGNATURE)) {
      SignatureDef own = model.getSignatureDefOrThrow(LOADING_SIGNATURE);
      own.getOutputsMap().values().forEach(tensor -> ends.add(tensor.getName()));
      own.getInputsMap().values().forEach(tensor -> ends.add(tensor.getName()));
    }
    return ends.stream().map(GraphNodes::node).toList();
  }

  private static CollectionDef none() {
    return CollectionDef.getDefaultInstance();
  }

  private void check(Set<String> names) {
    // Of all nodes, since a hostile graph may have several of one name.
    for (NodeDef node : net.graph().getNodeList()) {
      if (names.contains(node.getName())) {
        String first = node.getInputCount() > 0 ? node.getInput(0) : "";
        check(node, GraphNodes.node(first).equals(checkpoint));
      }
    }
    while (!called.isEmpty()) {
      FunctionDef function = called.pop();
      Set<String> arguments = new HashSet<>();
      function.getSignature().getInputArgList().forEach(a -> arguments.add(a.getName()));
      for (NodeDef node : function.getNodeDefList()) {
        // TensorFlow 2 restores in a function that is handed the checkpoint's name.
        check(node, node.getInputCount() > 0 && arguments.contains(node.getInput(0)));
      }
    }
  }

  private void check(NodeDef node, boolean readsCheckpoint) {
    String op = node.getOp();
    boolean allowed = op.equals(RESTORE) ? readsCheckpoint : ALLOWED.contains(op);
    if (functions.containsKey(op)) {
      call(op);
    } else if (!allowed) {
      refused.add(plain(op) + " (node " + plain(node.getName()) + ")");
    }
    for (AttrValue value : node.getAttrMap().values()) {
      if (value.hasFunc()) {
        call(value.getFunc().getName());
      }
      value.getList().getFuncList().forEach(function -> call(function.getName()));
    }
  }

  /** A name of a file without what would break a line. */
  static String plain(String name) {
    return CharMatcher.javaIsoControl().replaceFrom(name, '?');
  }

  private void call(String function) {
    if (functions.containsKey(function) && visited.add(function)) {
      called.push(functions.get(function));
    }
  }

  private static Set<String> words(String... lines) {
    return Set.of(String.join(" ", lines).split(" "));
  }
}
