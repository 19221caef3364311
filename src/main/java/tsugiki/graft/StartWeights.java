package tsugiki.graft;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Session;
import tsugiki.graph.Weight;
import tsugiki.runtime.WeightValues;
import tsugiki.train.BorrowedWeights;

/** The weights that a graft starts with, kept until its start has been observed. */
final class StartWeights {
  private final Map<Weight, float[]> kept = new LinkedHashMap<>();
  private boolean inPlace;

  /** Keeps the values that these weights have now. */
  void keep(Session session, List<Weight> weights) {
    Map<String, float[]> values = WeightValues.get(session, weights);
    weights.forEach(weight -> kept.put(weight, values.get(weight.name())));
  }

  /** Does something with the kept values in place, and forgets them. */
  void use(Session session, Runnable work) {
    inPlace = true;
    BorrowedWeights.with(
        session,
        kept,
        () -> {
          work.run();
          return null;
        });
    inPlace = false;
    kept.clear();
  }

  /** Whether {@link #use} is at work. */
  boolean inPlace() {
    return inPlace;
  }
}
