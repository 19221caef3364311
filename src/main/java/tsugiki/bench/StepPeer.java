package tsugiki.bench;

/**
 * What another training's or another library's step takes, beside ours.
 *
 * @param msMedian milliseconds per step
 * @param msMin the fastest step, which other programs disturb least
 * @param msMax the slowest step
 * @param cpuMsMedian processor time of all threads
 * @param ratio its median over ours; above 1, ours is faster
 * @param cpuRatio the same of the processor times
 */
public record StepPeer(
    double msMedian,
    double msMin,
    double msMax,
    double cpuMsMedian,
    double ratio,
    double cpuRatio) {
  static StepPeer of(Timing peer, Timing ours) {
    return of(peer.median(), peer.min(), peer.max(), peer.cpuMedian(), ours);
  }

  static StepPeer of(PeerReport peer, Timing ours) {
    return of(peer.msMedian(), peer.msMin(), peer.msMax(), peer.cpuMsMedian(), ours);
  }

  private static StepPeer of(double median, double min, double max, double cpu, Timing ours) {
    return new StepPeer(median, min, max, cpu, median / ours.median(), cpu / ours.cpuMedian());
  }

  /** Its line under ours. */
  String line(String name) {
    return "%-10s %7.1f ms per step (%.1f to %.1f): %.2f times our time, %.2f times our processor time%n"
        .formatted(name, msMedian, msMin, msMax, ratio, cpuRatio);
  }
}
