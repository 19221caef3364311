package tsugiki.savedmodel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import tsugiki.base.Reason;
import tsugiki.graph.GraphNodes;
import tsugiki.graph.GraphScope;

/**
 * A SavedModel that becomes a part of graphs that are being built: its nodes are copied, and its
 * variables are restored from its own checkpoint.
 */
final class CopiedModel {
  private record Copy(GraphImport nodes, List<Operation> restore, List<Operation> loading) {}

  private final Path folder;
  private final MetaGraphDef model;
  private final Map<ExecutionEnvironment, Copy> copies = new IdentityHashMap<>();

  /**
   * Makes one; nothing is copied yet.
   *
   * @param folder of the model
   * @param model what {@link TrustedOps#checked} gave of it
   */
  CopiedModel(Path folder, MetaGraphDef model) {
    this.folder = folder;
    this.model = model;
  }

  /**
   * A tensor of the model in a graph.
   *
   * @param tf the scope of what is copied for it; the variables are copied once per graph
   * @param tensor its name in the model, {@code node:0}
   * @param instead tensors of this graph by the names of those of the model that they stand for
   */
  Output<?> tensor(Ops tf, String tensor, Map<String, Output<?>> instead) {
    return copies
        .computeIfAbsent(tf.scope().env(), made -> copy((Graph) made))
        .nodes()
        .tensor(tf, tensor, instead);
  }

  /**
   * Fills the model's variables in a session; a graph without the model has none.
   *
   * @throws tsugiki.base.BadInputException if the model's checkpoint is damaged
   */
  void restore(Session session) {
    Copy copy = copies.get(session.graph());
    if (copy == null) {
      return;
    }
    try {
      run(session, copy.restore());
      run(session, copy.loading());
    } catch (TensorFlowException | TFInvalidArgumentException e) {
      String reason = Reason.of(e);
      throw SavedModelReader.damaged(folder, reason, e);
    }
  }

  private Copy copy(Graph graph) {
    graph.importGraphDef(
        GraphDef.newBuilder()
            .setVersions(model.getGraphDef().getVersions())
            .setLibrary(model.getGraphDef().getLibrary())
            .build());
    Ops scope = GraphScope.ops(graph).withSubScope("SavedModelWeights");
    GraphImport nodes =
        new GraphImport(folder.toString(), GraphNodes.of(model.getGraphDef()), scope);
    ModelAssets.paths(folder, model)
        .forEach((tensor, path) -> nodes.replaceAlways(tensor, scope.constant(path).asOutput()));
    boolean restores = Files.isRegularFile(SavedModelWriter.index(folder)) && model.hasSaverDef();
    if (restores) {
      nodes.replaceAlways(
          model.getSaverDef().getFilenameTensorName(),
          scope.constant(SavedModelWriter.variables(folder).toString()).asOutput());
    }
    return new Copy(
        nodes,
        restores
            ? List.of(nodes.operation(GraphNodes.node(model.getSaverDef().getRestoreOpName())))
            : List.of(),
        TrustedOps.loading(model).stream().map(nodes::operation).toList());
  }

  private static void run(Session session, List<Operation> operations) {
    if (!operations.isEmpty()) {
      Session.Runner runner = session.runner();
      operations.forEach(runner::addTarget);
      runner.run().close();
    }
  }
}
