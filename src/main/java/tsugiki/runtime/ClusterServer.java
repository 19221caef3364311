package tsugiki.runtime;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.Server;
import org.tensorflow.proto.ServerDef;
import tsugiki.base.BadInputException;
import tsugiki.base.ProcessLock;

/**
 * This process's part of a {@link Cluster}. TensorFlow has no way to end one but the end of the
 * process, so that there is one at most.
 */
public final class ClusterServer {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterServer.class);
  private static final int WAIT_MILLIS = 1000;

  private static Optional<Cluster> chief = Optional.empty();
  private static volatile String hopeless = "";

  private ClusterServer() {}

  /**
   * Computes what the chief sends, until the process is ended.
   *
   * @param task this process's place in the cluster, from 1
   * @throws BadInputException if there is no such place, a host is unknown or the port is in use
   */
  public static void work(Cluster cluster, int task, Sessions.Settings settings) {
    if (task < 1 || task >= cluster.tasks()) {
      throw new BadInputException(
          "⟨task⟩ is %d, and the workers of these %d addresses are 1 to %d; the chief trains"
              .formatted(task, cluster.tasks(), cluster.tasks() - 1));
    }
    started(cluster, task, settings).join();
  }

  /** Whether this process is the chief of a cluster. */
  public static synchronized boolean isChief() {
    return chief.isPresent();
  }

  /**
   * Lets the chief wait no longer for a worker that is missing.
   *
   * @param why nobody starts it any more, in words; empty to let the chief wait again
   */
  public static void giveUp(String why) {
    hopeless = why;
  }

  /**
   * Makes this process the chief, once, and waits for its workers.
   *
   * @return what to connect a session to
   * @throws BadInputException if a host is unknown or the port is in use
   * @throws IllegalStateException if a worker is missing and nobody starts it any more
   * @throws CancellationException if this thread is interrupted while a worker is missing
   */
  static synchronized String chief(Cluster cluster, Sessions.Settings settings) {
    if (chief.isEmpty()) {
      started(cluster, 0, settings);
      chief = Optional.of(cluster);
    } else if (!chief.get().equals(cluster)) {
      throw new IllegalStateException("this process is the chief of " + chief.get().addresses());
    }
    await(cluster);
    return "grpc://" + cluster.addresses().get(0);
  }

  private static Server started(Cluster cluster, int task, Sessions.Settings settings) {
    cluster.refuseUnknownHosts();
    cluster.refuseTakenPort(task);
    Server server =
        new Server(
            ServerDef.newBuilder()
                .setCluster(cluster.definition())
                .setJobName(Cluster.job())
                .setTaskIndex(task)
                .setProtocol("grpc")
                .setDefaultSessionConfig(Sessions.config(settings))
                .build());
    server.start();
    LOG.info("task {} of the cluster {}", task, String.join(",", cluster.addresses()));
    return server;
  }

  /** Waits for the workers. */
  static void await(Cluster cluster) {
    List<String> said = List.of();
    for (List<String> missing = cluster.missing();
        !missing.isEmpty();
        missing = cluster.missing()) {
      if (!hopeless.isEmpty()) {
        throw new IllegalStateException(hopeless);
      }
      if (!missing.equals(said)) {
        LOG.info("waiting for {}", String.join(", ", missing));
        said = missing;
      }
      ProcessLock.pause(WAIT_MILLIS);
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("interrupted while it waits for " + said);
      }
    }
  }
}
