package tsugiki.cli;

import com.google.common.base.Splitter;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine.Option;
import tsugiki.base.Checks;
import tsugiki.runtime.Cluster;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;

/** The flags of a training that may run on several devices and machines; a picocli mixin. */
final class ReplicasFlag {
  /** The name of the flag that every process of a cluster has. */
  static final String CLUSTER = "--cluster";

  /** What {@code --cluster} is called in helps. */
  static final String ADDRESSES = "HOST:PORT,…";

  /** A run may go on with another number: the flag, and where {@code options.json} has it. */
  static final Map<String, String> CHANGEABLE = Map.of("--replicas", "/execution/replicas");

  @Option(
      names = "--replicas",
      paramLabel = "N",
      description =
          "Parts of every batch that are computed at the same time, each on a device of its own: by"
              + " default one per GPU. It gives the gradients of one device. A resumed run may have"
              + " another number.")
  private Integer replicas;

  @Option(
      names = CLUSTER,
      paramLabel = ADDRESSES,
      description =
          "Processes that train together, each with the same number of replicas: this one first, then"
              + " those that run the verb worker. Their ports are open to everyone who reaches them.")
  private String cluster;

  /** The addresses of a flag. */
  static Cluster cluster(String addresses) {
    return new Cluster(Splitter.on(',').trimResults().omitEmptyStrings().splitToList(addresses));
  }

  private Cluster cluster() {
    return cluster == null ? Cluster.NONE : cluster(cluster);
  }

  /**
   * Where a new training computes.
   *
   * @throws tsugiki.base.BadInputException if there are fewer devices
   */
  Execution here(Device device) {
    if (replicas != null) {
      Checks.atLeast("replicas", replicas, 1);
    }
    return Execution.here(
        device, replicas == null ? OptionalInt.empty() : OptionalInt.of(replicas), cluster());
  }

  /**
   * Where a training goes on.
   *
   * @param saved with the number of replicas that was given, or the run's own
   * @throws tsugiki.base.BadInputException if they cannot be spread over the cluster
   */
  Execution again(Execution saved) {
    return saved.on(cluster());
  }
}
