package tsugiki.cli;

import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine.Option;
import tsugiki.base.Checks;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;

/** The flag of a training that may run on several devices; a picocli mixin. */
final class ReplicasFlag {
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

  /**
   * Where the training computes.
   *
   * @throws tsugiki.base.BadInputException if there are fewer devices
   */
  Execution here(Device device) {
    if (replicas != null) {
      Checks.atLeast("replicas", replicas, 1);
    }
    return Execution.here(
        device, replicas == null ? OptionalInt.empty() : OptionalInt.of(replicas));
  }
}
