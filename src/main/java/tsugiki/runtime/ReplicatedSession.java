package tsugiki.runtime;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_GraphImportGraphDef;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_ImportGraphDefOptions;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Constant;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.graph.GraphScope;
import tsugiki.graph.ReplicatedGraph;

/**
 * A session in which a graph that was built for one replica runs on several devices, of one process
 * or of a {@link Cluster}. It runs the graph's {@link ReplicatedGraph}; feeds and fetches name
 * nodes of the graph itself, all of which the other has too: TensorFlow looks them up by their
 * names. Nodes that are added after the session was opened are not in it.
 */
final class ReplicatedSession {
  private ReplicatedSession() {}

  /** Opens it; a graph that was not built for replicas gets a session of its own nodes. */
  static Session open(Graph graph, Sessions.Settings settings) {
    GraphDef one = graph.toGraphDef();
    ConfigProto config = Sessions.config(settings);
    if (!ReplicatedGraph.isReplicated(one)) {
      return new Session(graph, config);
    }
    Cluster cluster = settings.cluster();
    if (!cluster.isGiven()) {
      return open(graph, ReplicatedGraph.of(one, devices(settings), ""), config, "");
    }
    // Its variables are no other session's.
    ConfigProto own = config.toBuilder().setIsolateSessionState(true).build();
    String target = ClusterServer.chief(cluster, settings);
    refuseMissing(devices(settings), own, target);
    return open(graph, ReplicatedGraph.of(one, devices(settings), Cluster.device(0)), own, target);
  }

  /**
   * Runs a constant on every device. A worker of another version, or of another cluster, has them
   * under other names.
   */
  private static void refuseMissing(List<String> devices, ConfigProto config, String target) {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      List<Constant<TFloat32>> constants = devices.stream().map(device -> tf.constant(0f)).toList();
      GraphDef.Builder placed = graph.toGraphDef().toBuilder();
      for (int i = 0; i < devices.size(); i++) {
        placed.getNodeBuilder(i).setDevice(devices.get(i));
      }
      try (Session session = open(graph, placed.build(), config, target)) {
        Session.Runner runner = session.runner();
        constants.forEach(runner::fetch);
        runner.run().close();
      } catch (TensorFlowException | TFInvalidArgumentException e) {
        if (!String.valueOf(e.getMessage()).contains("unknown device")) {
          throw e;
        }
        throw new BadInputException(
            "⟨cluster⟩ has a process that is no worker of it; start it with TensorFlow %s, the same ⟨cluster⟩ and the same ⟨device⟩ (TensorFlow says: %s)"
                .formatted(TensorFlow.version(), e.getMessage().lines().findFirst().orElse("")),
            e);
      }
    }
  }

  private static List<String> devices(Sessions.Settings settings) {
    String type = settings.gpu() ? "GPU" : "CPU";
    int each = settings.replicasPerTask();
    return IntStream.range(0, settings.replicas())
        .mapToObj(
            replica ->
                (settings.cluster().isGiven() ? Cluster.device(replica / each) : "")
                    + "/device:%s:%d".formatted(type, replica % each))
        .toList();
  }

  /** The scope frees what is made in it; TensorFlow keeps the graph as long as the session. */
  @SuppressWarnings("try")
  private static Session open(Graph named, GraphDef run, ConfigProto config, String target) {
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_Graph graph = TF_Graph.newGraph();
      TF_GraphImportGraphDef(
          graph,
          TF_Buffer.newBufferFromString(run),
          TF_ImportGraphDefOptions.newImportGraphDefOptions(),
          status);
      status.throwExceptionIfNotOK();
      TF_Session session = NativeSessions.open(graph, config, target);
      return wrapped(named, session.retainReference());
    }
  }

  /** TensorFlow Java has this constructor, and lets nobody else call it. */
  private static Session wrapped(Graph graph, TF_Session session) {
    try {
      Constructor<Session> constructor =
          Session.class.getDeclaredConstructor(Graph.class, TF_Session.class);
      constructor.setAccessible(true);
      return constructor.newInstance(graph, session);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("TensorFlow Java has another Session than 1.1.0", e);
    }
  }
}
