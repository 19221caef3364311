package tsugiki.bench;

import java.util.Map;

/**
 * What {@link FeaturesBench} measured.
 *
 * @param work {@code features}
 * @param images files of a pass
 * @param batch images a run of the network
 * @param tap the channels of the map that is averaged
 * @param msMedian milliseconds a pass
 * @param msMin the fastest pass
 * @param msMax the slowest pass
 * @param cpuMsMedian processor time of all threads
 * @param imagesPerSecond from the median
 * @param peakMib the most memory resident
 * @param peers by name: {@code pytorch}, {@code tensorflow}
 */
public record FeaturesResult(
    String work,
    int images,
    int batch,
    int tap,
    double msMedian,
    double msMin,
    double msMax,
    double cpuMsMedian,
    double imagesPerSecond,
    double peakMib,
    Map<String, Peer> peers) {
  /** Features of two programs count as equal up to this share of the largest. */
  public static final double TOLERANCE = 1e-4;

  /** Whether every peer came to the same features. */
  public boolean agrees() {
    return peers.values().stream().allMatch(peer -> peer.greatestDifference() <= TOLERANCE);
  }

  /**
   * What a peer reported beside ours.
   *
   * @param msMedian milliseconds a pass
   * @param msMin the fastest pass
   * @param msMax the slowest pass
   * @param cpuMsMedian processor time of all threads, without processes that only decode
   * @param imagesPerSecond from the median
   * @param peakMib the most memory resident, without processes that only decode
   * @param ratio its median over ours
   * @param greatestDifference the greatest difference of a feature from ours, over the largest
   *     feature
   */
  public record Peer(
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
