package tsugiki.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import tsugiki.graph.Initializer;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.runtime.WeightValues;

/**
 * The best moment of a training so far: the weights that had the least cost when they were judged,
 * that cost, and the step. It is a part of the training's state, so that a resumed run keeps it.
 */
public final class BestMoment {
  private final Weights best = Weights.frozen().in("best");
  private final Weights judgement = Weights.frozen().in("judgement");

  /**
   * Makes its variables, below {@code best/} and {@code judgement/}.
   *
   * @param tf the graph's root scope
   * @param like weights such as those that are kept
   */
  public BestMoment(Ops tf, List<Weight> like) {
    Ops scope = tf.withSubScope("Best");
    for (Weight weight : like) {
      best.untrained(scope, weight.name(), weight.shape(), Initializer.zeros());
    }
    judgement.untrained(scope, "moment", Shape.of(2), Initializer.zeros());
  }

  /** What begins with its initial values, zeros. */
  public List<Weights> networks() {
    return List.of(best, judgement);
  }

  /** What a checkpoint holds of it. */
  public List<Weight> state() {
    List<Weight> state = new ArrayList<>(best.all());
    state.add(moment());
    return state;
  }

  /** The weights that are kept; zeros before the first judgement. */
  public List<Weight> weights() {
    return best.all();
  }

  /**
   * Keeps weights if they cost less than all before.
   *
   * @param cost the less the better; it is kept as a float
   * @param step their step, from 1
   * @param judged the weights, with the names of those that this was made with, or these below
   *     {@code average/}
   */
  public void offer(Session session, double cost, long step, List<Weight> judged) {
    float[] before = WeightValues.get(session, moment());
    if (before[1] == 0 || (float) cost < before[0]) {
      Map<Weight, float[]> values = BorrowedWeights.values(session, judged, best.all());
      values.put(moment(), new float[] {(float) cost, step});
      WeightValues.set(session, values);
    }
  }

  /** The step of the weights that are kept; 0 where nothing was judged. */
  public long step(Session session) {
    return (long) WeightValues.get(session, moment())[1];
  }

  /** Their cost; 0 where nothing was judged. */
  public double cost(Session session) {
    return WeightValues.get(session, moment())[0];
  }

  /** [2]: the least cost, and its step; step 0 is none. */
  private Weight moment() {
    return judgement.get("moment");
  }
}
