package tsugiki.train;

import java.util.List;
import java.util.Map;
import org.tensorflow.Session;
import org.tensorflow.proto.GraphDef;
import tsugiki.graph.Weight;

/** What a {@link TrainingRun} trains: its step, its state, the session that holds it. */
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

  /** The structure of the graph, for TensorBoard. */
  GraphDef structure();
}
