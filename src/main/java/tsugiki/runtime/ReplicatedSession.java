package tsugiki.runtime;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_GraphImportGraphDef;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetConfig;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_ImportGraphDefOptions;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import tsugiki.graph.ReplicatedGraph;

/**
 * A session in which a graph that was built for one replica runs on several devices. It runs the
 * graph's {@link ReplicatedGraph}; feeds and fetches name nodes of the graph itself, all of which
 * the other has too: TensorFlow looks them up by their names. Nodes that are added after the
 * session was opened are not in it.
 */
final class ReplicatedSession {
  private ReplicatedSession() {}

  /** Opens it; a graph that was not built for replicas gets a session of its own nodes. */
  static Session open(Graph graph, Sessions.Settings settings) {
    GraphDef one = graph.toGraphDef();
    ConfigProto config = Sessions.config(settings);
    return ReplicatedGraph.isReplicated(one)
        ? open(graph, ReplicatedGraph.of(one, devices(settings), ""), config)
        : new Session(graph, config);
  }

  private static List<String> devices(Sessions.Settings settings) {
    String type = settings.gpu() ? "GPU" : "CPU";
    return IntStream.range(0, settings.replicas())
        .mapToObj(replica -> "/device:" + type + ":" + replica)
        .toList();
  }

  /** The scope frees what is made in it; TensorFlow keeps the graph as long as the session. */
  @SuppressWarnings("try")
  private static Session open(Graph named, GraphDef run, ConfigProto config) {
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_Graph graph = TF_Graph.newGraph();
      TF_GraphImportGraphDef(
          graph,
          TF_Buffer.newBufferFromString(run),
          TF_ImportGraphDefOptions.newImportGraphDefOptions(),
          status);
      status.throwExceptionIfNotOK();
      TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
      byte[] bytes = config.toByteArray();
      TF_SetConfig(options, new BytePointer(bytes), bytes.length, status);
      status.throwExceptionIfNotOK();
      TF_Session session = TF_Session.newSession(graph, options, status);
      status.throwExceptionIfNotOK();
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
