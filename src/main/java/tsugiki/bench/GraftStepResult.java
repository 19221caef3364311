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
 *     that keeps freed buffers; a difference is that of a loss term or a gradient norm
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
    Map<String, Peer> peers)
    implements ComparedResult {}
