package tsugiki.savedmodel;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import tsugiki.graph.GraphNodes;

/** The part of a model's graph that its signatures run, for {@code inspect} and TensorBoard. */
final class SignatureGraph {
  private static final String CONST = "Const";
  private static final String VARIABLE = "VariableV2";
  private static final String VALUE = "value";

  /** A constant above this many bytes is a weight, which a picture of the graph does not show. */
  private static final int SMALL = 1024;

  private SignatureGraph() {}

  /**
   * The nodes and functions that the signatures' outputs need; what loads and saves is left out.
   */
  static GraphDef called(MetaGraphDef model) {
    Set<String> ends = new LinkedHashSet<>();
    for (SignatureDef signature : signatures(model).values()) {
      signature.getInputsMap().values().forEach(t -> ends.add(GraphNodes.node(t.getName())));
      signature.getOutputsMap().values().forEach(t -> ends.add(GraphNodes.node(t.getName())));
    }
    GraphNodes net = GraphNodes.of(model.getGraphDef());
    GraphDef graph = ends.isEmpty() ? net.graph() : net.only(net.needed(ends)).graph();
    return graph.toBuilder()
        .setLibrary(FunctionDefLibrary.newBuilder().addAllFunction(functions(graph)))
        .build();
  }

  /**
   * The same as TensorBoard shows it best: each variable in the scope of what reads it, so that a
   * block is one box with its weights inside, and no large constants.
   *
   * @param called what {@link #called} gave
   */
  static GraphDef picture(GraphDef called) {
    GraphDef graph = GraphNodes.of(called).renamed(besideReaders(called)).graph();
    GraphDef.Builder picture = graph.toBuilder().clearNode();
    graph.getNodeList().forEach(node -> picture.addNode(withoutWeights(node)));
    for (FunctionDef.Builder function : picture.getLibraryBuilder().getFunctionBuilderList()) {
      List<NodeDef> body = function.getNodeDefList();
      function.clearNodeDef();
      body.forEach(node -> function.addNodeDef(withoutWeights(node)));
    }
    return picture.build();
  }

  /** What users call, by name; names with underscores are TensorFlow's own, for loading. */
  static Map<String, SignatureDef> signatures(MetaGraphDef model) {
    Map<String, SignatureDef> signatures = new TreeMap<>(model.getSignatureDefMap());
    signatures.keySet().removeIf(name -> name.startsWith("__"));
    return signatures;
  }

  /** How many floating-point numbers a graph holds as constants large enough to be weights. */
  static long constants(GraphDef graph) {
    return Stream.concat(
            graph.getNodeList().stream(),
            graph.getLibrary().getFunctionList().stream().flatMap(f -> f.getNodeDefList().stream()))
        .filter(SignatureGraph::isWeight)
        .map(node -> node.getAttrOrThrow(VALUE).getTensor())
        .filter(tensor -> ModelInspection.isReal(tensor.getDtype()))
        .mapToLong(
            tensor ->
                tensor.getTensorShape().getDimList().stream()
                    .mapToLong(TensorShapeProto.Dim::getSize)
                    .reduce(1, (a, b) -> a * b))
        .sum();
  }

  private static Collection<FunctionDef> functions(GraphDef graph) {
    Map<String, FunctionDef> library = new HashMap<>();
    graph
        .getLibrary()
        .getFunctionList()
        .forEach(function -> library.put(function.getSignature().getName(), function));
    Map<String, FunctionDef> found = new LinkedHashMap<>();
    Deque<NodeDef> open = new ArrayDeque<>(graph.getNodeList());
    while (!open.isEmpty()) {
      for (String name : callees(open.pop())) {
        FunctionDef function = library.get(name);
        if (function != null && found.putIfAbsent(name, function) == null) {
          open.addAll(function.getNodeDefList());
        }
      }
    }
    return found.values();
  }

  private static Set<String> callees(NodeDef node) {
    Set<String> names = new LinkedHashSet<>(Set.of(node.getOp()));
    for (AttrValue value : node.getAttrMap().values()) {
      names.add(value.getFunc().getName());
      value.getList().getFuncList().forEach(function -> names.add(function.getName()));
    }
    return names;
  }

  private static Map<String, String> besideReaders(GraphDef graph) {
    Map<String, String> scopes = new HashMap<>();
    for (NodeDef node : graph.getNodeList()) {
      for (String input : node.getInputList()) {
        scopes.merge(GraphNodes.node(input), scope(node.getName()), SignatureGraph::common);
      }
    }
    Set<String> taken = new HashSet<>(GraphNodes.of(graph).nodes().keySet());
    Map<String, String> names = new HashMap<>();
    for (NodeDef node : graph.getNodeList()) {
      String scope = scopes.get(node.getName());
      if (node.getOp().equals(VARIABLE) && scope != null) {
        String leaf = node.getName().substring(scope(node.getName()).length());
        String name = scope + leaf;
        for (int i = 1; !taken.add(name); i++) {
          name = scope + leaf + "_" + i;
        }
        names.put(node.getName(), name);
      }
    }
    return names;
  }

  /** A node's scope with its last slash, or nothing. */
  private static String scope(String name) {
    return name.substring(0, name.lastIndexOf('/') + 1);
  }

  private static String common(String scope, String other) {
    String shorter = scope;
    while (!other.startsWith(shorter)) {
      shorter = scope(shorter.substring(0, shorter.length() - 1));
    }
    return shorter;
  }

  private static boolean isWeight(NodeDef node) {
    return node.getOp().equals(CONST)
        && node.containsAttr(VALUE)
        && node.getAttrOrThrow(VALUE).getSerializedSize() > SMALL;
  }

  private static NodeDef withoutWeights(NodeDef node) {
    if (!isWeight(node)) {
      return node;
    }
    TensorProto tensor = node.getAttrOrThrow(VALUE).getTensor();
    TensorProto empty =
        TensorProto.newBuilder()
            .setDtype(tensor.getDtype())
            .setTensorShape(tensor.getTensorShape())
            .build();
    return node.toBuilder().putAttr(VALUE, AttrValue.newBuilder().setTensor(empty).build()).build();
  }
}
