package tsugiki.savedmodel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;
import tsugiki.graph.GraphNodes;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.graph.Weights.Derived;

/**
 * The graph that goes into a SavedModel: what the signatures' outputs need, and what fills its
 * variables from the file on loading. Nothing else of the graph that the network was built in is
 * kept.
 *
 * <p>Serving is fastest when nothing is computed twice and the file is smallest when nothing is
 * stored twice, so all that follows from weights alone runs once, in the part that loads: halves
 * are widened there, and the fused 4×4 kernels ({@link Weights#derived}) are made there from the
 * 3×3 ones of the file, which then need no variable at all. Every loader runs this part, whatever
 * is in it: a SavedModel names one operation to run on loading. Against making the 4×4 kernels in
 * every call (BigGAN-128 with 64 channels, two cores): one image 91 ms instead of 113, the first
 * call 0.26 s instead of 0.72; in Python the first call 0.75 s instead of 1.16.
 *
 * @param metaGraph the graph with its signatures
 * @param stored the weights that the file must hold, by name
 */
record ExportedGraph(MetaGraphDef metaGraph, Map<String, Weight> stored) {
  private static final String TAG = "serve";

  /**
   * Builds it.
   *
   * @param network the network
   * @param half which of the weights the file holds as halves
   */
  static ExportedGraph build(ExportedNetwork network, Predicate<Weight> half) {
    try (Graph graph = new Graph()) {
      Weights weights = Weights.frozen();
      Map<String, ModelSignature> signatures =
          network.build(GraphScope.ops(graph), weights).byKey();
      return new Builder(graph, weights, signatures).build(half);
    }
  }

  private static final class Builder {
    private final Graph graph;
    private final Weights weights;
    private final Map<String, ModelSignature> signatures;
    private final List<String> ends = new ArrayList<>();

    /** What serving runs. */
    private final Set<String> served;

    /** Derived weights that serving reads, and what computes them. */
    private final List<Derived> derived;

    private final Set<String> deriving;

    Builder(Graph graph, Weights weights, Map<String, ModelSignature> signatures) {
      this.graph = graph;
      this.weights = weights;
      this.signatures = signatures;
      for (ModelSignature signature : signatures.values()) {
        signature.outputs().values().forEach(output -> ends.add(name(output)));
        signature.inputs().values().forEach(input -> ends.add(name(input)));
      }
      GraphNodes net = GraphNodes.of(graph.toGraphDef());
      served = net.needed(ends);
      derived =
          weights.derivations().stream().filter(d -> served.contains(name(d.variable()))).toList();
      deriving = net.needed(derived.stream().map(d -> name(d.assign())).toList());
    }

    ExportedGraph build(Predicate<Weight> half) {
      Map<String, Weight> stored = new LinkedHashMap<>();
      for (Weight weight : weights.all()) {
        if (served.contains(name(weight.variable()))
            || deriving.contains(name(weight.variable()))) {
          stored.put(weight.name(), weight);
        }
      }
      Ops tf = GraphScope.ops(graph).withSubScope("Restore");
      Placeholder<TString> file =
          tf.withName("file").placeholder(TString.class, Placeholder.shape(Shape.scalar()));
      Map<String, Operand<TFloat32>> values = restored(tf, file, stored, half);
      NoOp restore = fill(tf, stored, values);
      ends.add(restore.op().name());
      return new ExportedGraph(metaGraph(prune(values), file, restore), stored);
    }

    private Map<String, Operand<TFloat32>> restored(
        Ops tf, Operand<TString> file, Map<String, Weight> stored, Predicate<Weight> half) {
      List<Class<? extends TType>> types = new ArrayList<>();
      stored.values().forEach(w -> types.add(half.test(w) ? TFloat16.class : TFloat32.class));
      List<Output<?>> tensors =
          tf.train
              .restore(
                  file,
                  strings(tf, stored.keySet().toArray(String[]::new)),
                  strings(tf, stored.keySet().stream().map(name -> "").toArray(String[]::new)),
                  types)
              .tensors();
      Map<String, Operand<TFloat32>> values = new HashMap<>();
      for (Weight weight : stored.values()) {
        Ops scope = tf.withSubScope(weight.name().replace('/', '.'));
        Operand<? extends TType> tensor = tensors.get(values.size());
        Operand<TFloat32> value = scope.dtypes.cast(tensor, TFloat32.class);
        values.put(weight.name(), scope.ensureShape(value, weight.shape()));
      }
      return values;
    }

    /** The one operation that fills every variable that serving reads. */
    private NoOp fill(Ops tf, Map<String, Weight> stored, Map<String, Operand<TFloat32>> values) {
      List<Op> filled = new ArrayList<>();
      for (Weight weight : stored.values()) {
        if (served.contains(name(weight.variable()))) {
          filled.add(tf.assign(weight.variable(), values.get(weight.name())));
        }
      }
      derived.forEach(d -> filled.add(d.assign()));
      return tf.withControlDependencies(filled).withName("all").noOp();
    }

    /**
     * The nodes to keep. What derives a weight reads the file's values instead of variables: so it
     * needs no order among assignments, and no variable for what only it reads.
     */
    private GraphNodes prune(Map<String, Operand<TFloat32>> values) {
      Map<String, String> names = new HashMap<>();
      Map<String, String> direct = new HashMap<>();
      for (Weight weight : weights.all()) {
        names.put(name(weight.variable()), weight.name());
        if (values.containsKey(weight.name())) {
          direct.put(name(weight.variable()), name(values.get(weight.name())));
        }
      }
      derived.forEach(d -> names.put(name(d.variable()), d.name()));
      Set<String> onlyDeriving = new HashSet<>(deriving);
      onlyDeriving.removeAll(served);
      GraphNodes net =
          GraphNodes.of(graph.toGraphDef())
              .withInputs(onlyDeriving, input -> direct.getOrDefault(input, input));
      return net.only(net.needed(ends)).renamed(names);
    }

    private MetaGraphDef metaGraph(GraphNodes net, Placeholder<TString> file, NoOp restore) {
      String fileTensor = ModelSignature.tensorName(file.output());
      MetaGraphDef.Builder metaGraph = MetaGraphDef.newBuilder();
      signatures.forEach((key, signature) -> metaGraph.putSignatureDef(key, signature.proto()));
      return metaGraph
          .setMetaInfoDef(
              MetaGraphDef.MetaInfoDef.newBuilder()
                  .addTags(TAG)
                  .setTensorflowVersion(TensorFlow.version()))
          .setGraphDef(net.graph())
          .setSaverDef(
              SaverDef.newBuilder()
                  .setFilenameTensorName(fileTensor)
                  // Loaders require a tensor that saves. A served graph is never saved again, and
                  // cannot be, without its 3×3 kernels: this one gives the file's name back.
                  .setSaveTensorName(fileTensor)
                  .setRestoreOpName(restore.op().name())
                  .setVersion(SaverDef.CheckpointFormatVersion.V2))
          .build();
    }

    private static Operand<TString> strings(Ops tf, String[] strings) {
      try (TString tensor = TString.vectorOf(strings)) {
        return tf.constantOf(tensor);
      }
    }

    private static String name(Operand<?> operand) {
      return operand.asOutput().op().name();
    }
  }
}
