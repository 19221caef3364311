package tsugiki.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tsugiki.runtime.ClusterServer;

/** The verb {@code worker}. */
@Command(
    name = "worker",
    description = {
      "Computes replicas of a training that another process, the chief, runs with the same"
          + " --cluster: until it is ended.",
      "TensorFlow's runtime protects nothing: whoever reaches the port can run any graph on this"
          + " machine. Use it in a network of your own, behind a firewall."
    })
final class WorkerCommand implements Runnable {
  /** The flag of a worker whose starter holds its standard input. */
  private static final String ATTACHED = "--attached";

  @Option(
      names = "--task",
      required = true,
      paramLabel = "N",
      description = "This process's place in the cluster, from 1; 0 is the chief.")
  private int task;

  @Option(
      names = ReplicasFlag.CLUSTER,
      required = true,
      paramLabel = ReplicasFlag.ADDRESSES,
      description = "The addresses of all processes, the chief's first, as the chief has them.")
  private String cluster;

  @Mixin private DeviceFlag device;

  @Option(names = ATTACHED, hidden = true)
  private boolean attached;

  /** The words that start one which ends with its starter. */
  static List<String> attached(int task, String cluster) {
    return List.of(
        "worker", "--task", String.valueOf(task), ReplicasFlag.CLUSTER, cluster, ATTACHED);
  }

  @Override
  public void run() {
    if (attached) {
      endWithStandardInput();
    }
    ClusterServer.work(ReplicasFlag.cluster(cluster), task, device.settings());
  }

  /** Whoever started this process holds the other end; it closes when that process is gone. */
  private static void endWithStandardInput() {
    InputStream input = System.in;
    Thread watcher =
        new Thread(
            () -> {
              try {
                input.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // It is gone too.
              }
              Runtime.getRuntime().halt(0);
            },
            "end with the starter");
    watcher.setDaemon(true);
    watcher.start();
  }
}
