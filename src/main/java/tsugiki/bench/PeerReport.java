package tsugiki.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.HashMap;
import java.util.Map;

/**
 * The JSON of a peer; {@code tools/peers/graft_step.py} and {@code features.py} say what its parts
 * are. Features have no loss and no gradients.
 *
 * @param loss {@code total} and its terms
 * @param gradientNorms by group
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
    Map<String, Double> gradientNorms) {

  /**
   * The greatest relative difference of the peer's numbers from ours.
   *
   * @param ourLoss {@code loss} and its terms
   * @param ourNorms the gradients' norms by group
   */
  double greatestDifference(Map<String, Double> ourLoss, Map<String, Double> ourNorms) {
    Map<String, Double> renamed = new HashMap<>(loss);
    renamed.put("loss", loss.get("total"));
    return Math.max(between(ourLoss, renamed), between(ourNorms, gradientNorms));
  }

  private static double between(Map<String, Double> ours, Map<String, Double> theirs) {
    return ours.entrySet().stream()
        .mapToDouble(
            entry -> {
              double other = theirs.getOrDefault(entry.getKey(), Double.NaN);
              return Math.abs(entry.getValue() - other) / Math.abs(other);
            })
        .reduce(0, Math::max);
  }
}
