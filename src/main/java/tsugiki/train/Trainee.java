package tsugiki.train;

import java.util.List;
import java.util.Map;
import org.tensorflow.Session;
import tsugiki.graph.Weight;

/** What the loop trains. */
public interface Trainee {
  /**
   * Carries out one step.
   *
   * @param step its number from 0; all that is random follows from it and the seed
   * @return what was measured, by name
   */
  Map<String, Double> step(long step);

  /** Everything that a resumed run needs, in an order that does not change. */
  List<Weight> state();

  /** The session that holds the state. */
  Session session();
}
