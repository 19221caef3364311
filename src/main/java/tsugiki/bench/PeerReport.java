package tsugiki.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.HashMap;
import java.util.Map;

/**
 * The JSON of a peer's step; {@code tools/peers/graft_step.py} says what its parts are.
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

  /** The loss and its terms as we name them. */
  Map<String, Double> lossByOurNames() {
    Map<String, Double> renamed = new HashMap<>(loss);
    renamed.put("loss", loss.get("total"));
    return renamed;
  }
}
