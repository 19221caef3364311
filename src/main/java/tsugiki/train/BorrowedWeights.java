package tsugiki.train;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.tensorflow.Session;
import tsugiki.graph.Weight;
import tsugiki.runtime.WeightValues;

/** Work with other weights in a network's place for a while, such as its averages. */
public final class BorrowedWeights {
  private BorrowedWeights() {}

  /**
   * Does something while weights have the values of others, and puts their own back.
   *
   * @param others have the weights' names below {@code average/} or {@code best/}
   * @param weights what is overwritten for the time
   */
  public static <T> T with(
      Session session, List<Weight> others, List<Weight> weights, Supplier<T> work) {
    return with(session, values(session, others, weights), work);
  }

  /**
   * The same with numbers that were kept.
   *
   * @param others by the weight that is overwritten for the time
   */
  public static <T> T with(Session session, Map<Weight, float[]> others, Supplier<T> work) {
    List<Weight> weights = List.copyOf(others.keySet());
    Map<Weight, float[]> own = values(session, weights, weights);
    WeightValues.set(session, others);
    try {
      return work.get();
    } finally {
      WeightValues.set(session, own);
    }
  }

  /** The values of weights for those that have the same names but for the scope. */
  public static Map<Weight, float[]> values(
      Session session, List<Weight> weights, List<Weight> targets) {
    Map<String, float[]> values = new HashMap<>();
    WeightValues.get(session, weights).forEach((name, value) -> values.put(unscoped(name), value));
    Map<Weight, float[]> found = new LinkedHashMap<>();
    for (Weight target : targets) {
      found.put(target, values.get(unscoped(target.name())));
    }
    return found;
  }

  private static String unscoped(String name) {
    return name.replaceFirst("^(average|best)/", "");
  }
}
