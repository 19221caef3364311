package tsugiki.bench;

import java.util.Map;

/** How long a piece of work took us, and what peers that did the same reported beside it. */
public sealed interface ComparedResult permits FeaturesResult, GraftStepResult, SingleStageResult {
  /** The median in milliseconds. */
  double msMedian();

  /** The fastest, in milliseconds. */
  double msMin();

  /** The slowest, in milliseconds. */
  double msMax();

  /** From the median. */
  double imagesPerSecond();

  /** The most memory resident. */
  double peakMib();

  /** The relative difference up to which numbers count as equal. */
  double tolerance();

  /** What the peers reported, by name. */
  Map<String, Peer> peers();

  /**
   * The greatest relative difference of our numbers from double precision; null where the peers'
   * are compared with ours.
   */
  default Double greatestDifference() {
    return null;
  }

  /** Whether the programs did the same work: no number differs by more than the tolerance. */
  default boolean agrees() {
    return (greatestDifference() == null || greatestDifference() <= tolerance())
        && peers().values().stream().allMatch(peer -> peer.greatestDifference() <= tolerance());
  }

  /**
   * What a peer reported beside ours.
   *
   * @param msMedian milliseconds
   * @param msMin the fastest
   * @param msMax the slowest
   * @param cpuMsMedian processor time of all threads, without processes that only decode
   * @param imagesPerSecond from the median
   * @param peakMib the most memory resident, without processes that only decode
   * @param ratio its median over ours
   * @param greatestDifference the greatest relative difference of its numbers from ours, or from
   *     double precision where the result says so
   */
  record Peer(
      double msMedian,
      double msMin,
      double msMax,
      double cpuMsMedian,
      double imagesPerSecond,
      double peakMib,
      double ratio,
      double greatestDifference) {
    static Peer of(PeerReport report, double ours, double greatestDifference) {
      return new Peer(
          report.msMedian(),
          report.msMin(),
          report.msMax(),
          report.cpuMsMedian(),
          report.imagesPerSecond(),
          report.peakRssMib(),
          report.msMedian() / ours,
          greatestDifference);
    }
  }
}
