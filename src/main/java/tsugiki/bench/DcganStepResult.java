package tsugiki.bench;

import java.util.Map;

/**
 * What {@link DcganStepBench} measured: a step with LeakyReLU, and beside it the same with another
 * activation and in other libraries.
 *
 * @param work {@code dcgan-step}
 * @param size of the images in pixels
 * @param channels the networks' base number
 * @param batch images a step
 * @param parameters trained ones by network
 * @param msMedian milliseconds a step
 * @param msMin the fastest step
 * @param msMax the slowest step
 * @param cpuMsMedian processor time of all threads
 * @param imagesPerSecond from the median
 * @param peers by name: the other activation, {@code pytorch}, {@code keras}
 */
public record DcganStepResult(
    String work,
    int size,
    int channels,
    int batch,
    Map<String, Long> parameters,
    double msMedian,
    double msMin,
    double msMax,
    double cpuMsMedian,
    double imagesPerSecond,
    Map<String, Peer> peers) {

  /**
   * The same step otherwise.
   *
   * @param msMedian milliseconds a step
   * @param msMin the fastest step, which other programs disturb least
   * @param msMax the slowest step
   * @param cpuMsMedian processor time of all threads
   * @param ratio of its fastest step to ours
   * @param cpuRatio of its processor time to ours
   */
  public record Peer(
      double msMedian,
      double msMin,
      double msMax,
      double cpuMsMedian,
      double ratio,
      double cpuRatio) {}

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(
            "%-10s %7.1f ms a step (%.1f to %.1f), %.1f images/s%n"
                .formatted("lrelu", msMedian, msMin, msMax, imagesPerSecond));
    peers.forEach(
        (name, peer) ->
            text.append(
                "%-10s %7.1f ms a step (%.1f to %.1f): %.2f times our fastest step, %.2f times our processor time%n"
                    .formatted(
                        name, peer.msMedian, peer.msMin, peer.msMax, peer.ratio, peer.cpuRatio)));
    text.append("%d pixels, batch %d; trained parameters: %s".formatted(size, batch, parameters));
    return text.toString();
  }
}
