package tsugiki.cli;

import java.nio.file.Path;
import java.util.Map;
import tsugiki.base.BadInputException;
import tsugiki.bench.ComparedResult;
import tsugiki.runtime.Device;

/** What the pieces of work share that are compared with other programs. */
final class BenchPeers {
  private static final String ROW = "%-14s %6.0f ms per %s (%.0f to %.0f), %.2f images/s, %.0f MiB";
  private static final String BESIDE = "%-14s %6.2f times our time; %s by %.1e";

  private BenchPeers() {}

  /**
   * The device of our own work. The other programs run on the CPU: beside them so do we.
   *
   * @param named by the user
   * @param python of the other programs, or null for our work alone
   * @throws BadInputException if a GPU would be compared with a CPU
   */
  static Device device(DeviceFlag named, Path python) {
    if (python == null) {
      return named.device();
    }
    if (named.device() == Device.GPU) {
      throw new BadInputException(
          "--python is timed on the CPU, which --device gpu is no match for; leave one of them out");
    }
    return Device.CPU;
  }

  /** The folder of the other programs' scripts. */
  static Path scripts() {
    return Path.of(System.getProperty("tsugiki.home", "")).resolve("tools").resolve("peers");
  }

  /**
   * Prints one row for us and two for each other program.
   *
   * @param unit what was timed, such as {@code step}
   * @param differs what was compared with what, such as {@code features differ from ours}
   */
  static void print(ResultOptions out, ComparedResult result, String unit, String differs) {
    out.print(
        ROW,
        "tsugiki",
        result.msMedian(),
        unit,
        result.msMin(),
        result.msMax(),
        result.imagesPerSecond(),
        result.peakMib());
    for (Map.Entry<String, ComparedResult.Peer> entry : result.peers().entrySet()) {
      ComparedResult.Peer peer = entry.getValue();
      out.print(
          ROW,
          entry.getKey(),
          peer.msMedian(),
          unit,
          peer.msMin(),
          peer.msMax(),
          peer.imagesPerSecond(),
          peer.peakMib());
      out.print(BESIDE, "", peer.ratio(), differs, peer.greatestDifference());
    }
  }

  /**
   * The same where every program's numbers are compared with double precision, ours too.
   *
   * @param unit what was timed, such as {@code step}
   */
  static void printBesideDouble(ResultOptions out, ComparedResult result, String unit) {
    String differ = "losses and gradients differ from double precision";
    print(out, result, unit, differ);
    if (result.greatestDifference() != null) {
      out.print("tsugiki's %s by %.1e", differ, result.greatestDifference());
    }
  }

  /**
   * Ends the verb as failed where a time would compare different work.
   *
   * @throws IllegalStateException if the programs did different work
   */
  static void refuseDifference(ComparedResult result) {
    if (!result.agrees()) {
      throw new IllegalStateException(
          "the programs computed different numbers: they differ by more than "
              + result.tolerance());
    }
  }
}
