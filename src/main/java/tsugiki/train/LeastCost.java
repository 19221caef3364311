package tsugiki.train;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the best checkpoint of a training is chosen by: the least cost of what was measured. */
final class LeastCost {
  private Function<Map<String, Double>, Optional<Double>> cost = measured -> Optional.empty();
  private double least = Double.POSITIVE_INFINITY;

  /** Sets what a moment costs by what was measured then; empty where that tells nothing. */
  void by(Function<Map<String, Double>, Optional<Double>> of) {
    cost = of;
  }

  /** Goes on from what was measured at the best moment so far. */
  void goOnFrom(Map<String, Double> measured) {
    least = cost.apply(measured).orElse(Double.POSITIVE_INFINITY);
  }

  /** Whether a moment costs less than all before; it is the best from then on. */
  boolean isBest(Map<String, Double> measured) {
    Optional<Double> now = cost.apply(measured);
    if (now.isEmpty() || !(now.get() < least)) {
      return false;
    }
    least = now.get();
    return true;
  }
}
