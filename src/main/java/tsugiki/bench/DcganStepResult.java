package tsugiki.bench;

import java.util.Map;

/**
 * What {@link DcganStepBench} measured: a step with LeakyReLU, and beside it the same with another
 * activation and in other libraries.
 *
 * @param work {@code dcgan-step}
 * @param size of the images in pixels
 * @param channels the networks' base number
 * @param batch images per step
 * @param parameters trained ones by network
 * @param otherParameters the same with the other activation
 * @param msMedian milliseconds per step
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
    Map<String, Long> otherParameters,
    double msMedian,
    double msMin,
    double msMax,
    double cpuMsMedian,
    double imagesPerSecond,
    Map<String, StepPeer> peers) {

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(
            "%-10s %7.1f ms per step (%.1f to %.1f), %.1f images/s%n"
                .formatted("lrelu", msMedian, msMin, msMax, imagesPerSecond));
    peers.forEach((name, peer) -> text.append(peer.line(name)));
    text.append(
        "%d pixels, batch %d; trained parameters: %s, with the other activation %s"
            .formatted(size, batch, parameters, otherParameters));
    return text.toString();
  }
}
