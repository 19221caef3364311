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

  /**
   * Finds the state that a new run starts with, before its first step. A run that goes on from a
   * checkpoint has it from there.
   */
  default void begin() {}

  /**
   * Gets ready for the state of so many finished steps, which a checkpoint is about to fill; a
   * training whose networks grow builds those of that step.
   *
   * @param done the number of finished steps, at least 1
   */
  default void enter(long done) {}

  /** How the steps are counted and weighed; without this they are all alike. */
  default Course course() {
    return Course.EVEN;
  }

  /** Everything that a resumed run needs, in an order that does not change between two steps. */
  List<Weight> state();

  /**
   * Whether a checkpoint may lack a part of the state, which then stays as a new run begins with
   * it: that of an option which a resumed run may be given for the first time.
   */
  default boolean mayBeNew(Weight weight) {
    return false;
  }

  /** The session that holds the state. */
  Session session();

  /** The structure of the graph, for TensorBoard. */
  GraphDef structure();

  /** Whether the graph becomes another one on the way, as that of a pyramid does. */
  default boolean grows() {
    return false;
  }
}
