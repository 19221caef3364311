package tsugiki.bench;

import java.util.Map;

/**
 * What {@link GraftStepBench} measured.
 *
 * @param work {@code graft-step}
 * @param batch images per step
 * @param groupSize channels a group
 * @param msMedian milliseconds per step
 * @param msMin the fastest step
 * @param msMax the slowest step
 * @param cpuMsMedian processor time of all threads
 * @param imagesPerSecond from the median
 * @param peakMib the most memory resident
 * @param loss the loss and its terms, unweighted, at step 0
 * @param gradientNorms of each group of what is trained, at step 0
 * @param greatestDifference the greatest relative difference of our loss terms and gradient norms
 *     from double precision; null where no peer ran
 * @param peers by name: {@code pytorch} as it is installed, {@code pytorch-tuned} with an allocator
 *     that keeps freed buffers; a difference is that of a loss term or a gradient norm from double
 *     precision
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
    Double greatestDifference,
    Map<String, Peer> peers)
    implements ComparedResult {

  /**
   * Three times the greatest rounding of a gradient's norm that was measured, with AVX-512, AVX2
   * and SSE 4.1. It is this large, beside 1e-7 of the losses, because a rounded difference of two
   * nearly equal values can change the sign, and with it the gradient of the absolute value.
   */
  @Override
  public double tolerance() {
    return 2e-4;
  }
}
