package tsugiki.savedmodel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
   * @throws BadInputException if the model is damaged, lacks one of its assets, or needs more
   *     memory than the machine has
   */
  static OpenedModel open(Path folder, MetaGraphDef checked, Sessions.Settings settings) {
    Graph graph = new Graph();
    Session session = null;
    try {
      graph.importGraphDef(checked.getGraphDef());
      session = Sessions.openImported(graph, settings);
      Map<String, String> assets = ModelAssets.paths(folder, checked);
      SaverDef saver = checked.getSaverDef();
      // A frozen network has no checkpoint.
      if (!saver.getRestoreOpName().isEmpty()
          && Files.isRegularFile(SavedModelWriter.index(folder))) {
        Map<String, String> paths = new LinkedHashMap<>(assets);
        paths.put(saver.getFilenameTensorName(), SavedModelWriter.variables(folder).toString());
        run(session, paths, List.of(GraphNodes.node(saver.getRestoreOpName())));
      }
      run(session, assets, TrustedOps.loading(checked));
      return new OpenedModel(session);
    } catch (TensorFlowException | IllegalArgumentException e) {
      close(session, graph);
      throw SavedModelReader.damaged(folder, Reason.of(e), e);
    } catch (RuntimeException | Error e) {
      close(session, graph);
      throw e;
    }
  }

  /** Runs nodes with paths of files as inputs. */
  private static void run(Session session, Map<String, String> paths, List<String> nodes) {
    if (nodes.isEmpty()) {
      return;
    }
    List<TString> fed = new ArrayList<>();
    Session.Runner runner = session.runner();
    try {
      paths.forEach(
          (tensor, path) -> {
            fed.add(TString.scalarOf(path));
            runner.feed(tensor, fed.get(fed.size() - 1));
          });
      nodes.forEach(runner::addTarget);
      runner.run().close();
    } finally {
      fed.forEach(TString::close);
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
