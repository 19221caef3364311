package tsugiki.bench;

import java.util.Map;

/**
 * What {@link GraftStepBench} measured.
 *
 * @param work {@code graft-step}
 * @param batch images a step
 * @param groupSize channels a group
 * @param msMedian milliseconds a step
 * @param msMin the fastest step
 * @param msMax the slowest step
 * @param cpuMsMedian processor time of all threads
 * @param imagesPerSecond from the median
 * @param peakMib the most memory resident
 * @param loss the loss and its terms, unweighted, at step 0
 * @param gradientNorms of each group of what is trained, at step 0
 * @param peers by name: {@code pytorch} as it is installed, {@code pytorch-tuned} with an allocator
 *     that keeps freed buffers
 */
public record GraftStepResult(
    String work,
    int batch,
    int groupSize,
    double msMedian,
    double msMin,
    double msMax,
    double cpuMsMedian,
    double imagesPerSecond,
    double peakMib,
    Map<String, Double> loss,
    Map<String, Double> gradientNorms,
    Map<String, Peer> peers) {

  /** Losses and gradients of two programs count as equal up to this relative difference. */
  public static final double TOLERANCE = 1e-4;

  /** Whether every peer came to the same losses and gradients. */
  public boolean agrees() {
    return peers.values().stream().allMatch(peer -> peer.greatestDifference() <= TOLERANCE);
  }

  /**
   * What a peer reported beside ours.
   *
   * @param msMedian milliseconds a step
   * @param msMin the fastest step
   * @param msMax the slowest step
   * @param cpuMsMedian processor time of all threads
   * @param imagesPerSecond from the median
   * @param peakMib the most memory resident
   * @param ratio its median over ours
   * @param greatestDifference the greatest relative difference of its loss terms and gradient norms
   *     from ours
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

    static Peer of(
        PeerReport report, double ours, Map<String, Double> loss, Map<String, Double> norms) {
      return new Peer(
          report.msMedian(),
          report.msMin(),
          report.msMax(),
          report.cpuMsMedian(),
          report.imagesPerSecond(),
          report.peakRssMib(),
          report.msMedian() / ours,
          Math.max(
              greatestDifference(loss, report.lossByOurNames()),
              greatestDifference(norms, report.gradientNorms())));
    }

    private static double greatestDifference(Map<String, Double> ours, Map<String, Double> theirs) {
      return ours.entrySet().stream()
          .mapToDouble(
              entry -> {
                double other = theirs.getOrDefault(entry.getKey(), Double.NaN);
                return Math.abs(entry.getValue() - other) / Math.abs(other);
              })
          .reduce(0, Math::max);
    }
  }
}
