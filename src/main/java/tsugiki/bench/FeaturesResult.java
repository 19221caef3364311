package tsugiki.bench;

import java.util.Map;

/**
 * What {@link FeaturesBench} measured.
 *
 * @param work {@code features}
 * @param images files of a pass
 * @param batch images per run of the network
 * @param tap the channels of the map that is averaged
 * @param msMedian milliseconds a pass
 * @param msMin the fastest pass
 * @param msMax the slowest pass
 * @param cpuMsMedian processor time of all threads
 * @param imagesPerSecond from the median
 * @param peakMib the most memory resident
 * @param peers by name: {@code pytorch}, {@code tensorflow}; a difference is that of a feature over
 *     the largest feature
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
    Map<String, Peer> peers)
    implements ComparedResult {

  /** Of the largest feature. */
  @Override
  public double tolerance() {
    return 1e-4;
  }
}
