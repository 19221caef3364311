package tsugiki.bench;

import java.util.Map;

/**
 * What {@link SingleStageBench} measured.
 *
 * @param work {@code single}
 * @param side of the image in pixels
 * @param stage its number from 1
 * @param channels of the features
 * @param msMedian milliseconds an iteration
 * @param msMin the fastest iteration
 * @param msMax the slowest iteration
 * @param cpuMsMedian processor time of all threads
 * @param imagesPerSecond iterations per second, from the median
 * @param peakMib the most memory resident
 * @param loss the losses and their terms, unweighted, at the first weights
 * @param gradientNorms of the discriminator and of what is trained of the generator, at the first
 *     weights
 * @param greatestDifference the greatest relative difference of our losses and gradient norms from
 *     double precision; null where no peer ran
 * @param peers by name: {@code pytorch} as it is installed, {@code pytorch-tuned} with an allocator
 *     that keeps freed buffers; a difference is that of a loss or a gradient norm from double
 *     precision
 */
public record SingleStageResult(
    String work,
    int side,
    int stage,
    int channels,
    double msMedian,
    double msMin,
    double msMax,
    double cpuMsMedian,
    double imagesPerSecond,
    double peakMib,
    Map<String, Double> loss,
    Map<String, Double> gradientNorms,
    Double greatestDifference,
    Map<String, Peer> peers)
    implements ComparedResult {
  @Override
  public double tolerance() {
    return 2e-4;
  }
}
