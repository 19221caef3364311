package tsugiki.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;

/**
 * The JSON of a peer; {@code tools/peers/graft_step.py} and {@code features.py} say what its parts
 * are. Features have no loss and no gradients; a step of a DCGAN, of {@code dcgan_step.py}, has its
 * networks' numbers of parameters alone.
 *
 * @param loss {@code total} and its terms
 * @param gradientNorms by group
 * @param parameters by network
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record PeerReport(
    double msMedian,
    double msMin,
    double msMax,
    double cpuMsMedian,
    double imagesPerSecond,
    double peakRssMib,
    Map<String, Double> loss,
    Map<String, Double> gradientNorms,
    Map<String, Long> parameters) {

  /**
   * The greatest relative difference of other numbers from these, of a term of the loss or of a
   * gradient's norm.
   *
   * @return NaN if the others lack one of these
   */
  double greatestDifference(Map<String, Double> otherLoss, Map<String, Double> otherNorms) {
    return Math.max(between(loss, otherLoss), between(gradientNorms, otherNorms));
  }

  private static double between(Map<String, Double> these, Map<String, Double> others) {
    return these.entrySet().stream()
        .mapToDouble(
            entry -> {
              double other = others.getOrDefault(entry.getKey(), Double.NaN);
              return Math.abs(other - entry.getValue()) / Math.abs(entry.getValue());
            })
        .reduce(0, Math::max);
  }
}
