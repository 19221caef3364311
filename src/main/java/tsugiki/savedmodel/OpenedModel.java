package tsugiki.savedmodel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.types.TString;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;
import tsugiki.graph.GraphNodes;
import tsugiki.runtime.Sessions;

/**
 * A SavedModel in a session of its own, its variables filled. It does what {@code SavedModelBundle}
 * does, with one difference: that one imports the whole graph, this one what was checked of it.
 *
 * @param session to call; its graph has the checked nodes alone, by their names in the model
 */
record OpenedModel(Session session) implements AutoCloseable {
  /**
   * Opens one.
   *
   * @param folder of the model
   * @param checked what {@link TrustedOps#checked} gave of it
   * @throws BadInputException if the model is damaged, or needs more memory than the machine has
   */
  static OpenedModel open(Path folder, MetaGraphDef checked, Sessions.Settings settings) {
    Graph graph = new Graph();
    Session session = null;
    try {
      graph.importGraphDef(checked.getGraphDef());
      session = Sessions.openImported(graph, settings);
      restore(session, folder, checked.getSaverDef());
      List<String> loading = TrustedOps.loading(checked);
      if (!loading.isEmpty()) {
        Session.Runner runner = session.runner();
        loading.forEach(runner::addTarget);
        runner.run().close();
      }
      return new OpenedModel(session);
    } catch (TensorFlowException | IllegalArgumentException e) {
      close(session, graph);
      throw SavedModelReader.damaged(folder, Reason.of(e), e);
    } catch (RuntimeException | Error e) {
      close(session, graph);
      throw e;
    }
  }

  /** Reads the model's own checkpoint; a frozen network has none. */
  private static void restore(Session session, Path folder, SaverDef saver) {
    if (saver.getRestoreOpName().isEmpty()
        || !Files.isRegularFile(SavedModelWriter.index(folder))) {
      return;
    }
    try (TString file = TString.scalarOf(SavedModelWriter.variables(folder).toString())) {
      session
          .runner()
          .feed(saver.getFilenameTensorName(), file)
          .addTarget(GraphNodes.node(saver.getRestoreOpName()))
          .run()
          .close();
    }
  }

  private static void close(Session session, Graph graph) {
    if (session != null) {
      session.close();
    }
    graph.close();
  }

  @Override
  public void close() {
    close(session, session.graph());
  }
}
