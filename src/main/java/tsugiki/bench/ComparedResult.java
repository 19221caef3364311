package tsugiki.bench;

import java.util.Map;

/** How long a piece of work took us, and what peers that did the same reported beside it. */
public sealed interface ComparedResult permits FeaturesResult, GraftStepResult {
  /** The numbers of two programs count as equal up to this relative difference. */
  double TOLERANCE = 1e-4;

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

  /** What the peers reported, by name. */
  Map<String, Peer> peers();

  /** Whether every peer came to our numbers. */
  default boolean agrees() {
    return peers().values().stream().allMatch(peer -> peer.greatestDifference() <= TOLERANCE);
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
   * @param greatestDifference the greatest relative difference of its numbers from ours
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
