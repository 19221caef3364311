package tsugiki.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Puts values into variables and takes them out. */
public final class WeightValues {
  private WeightValues() {}

  /** Fills the variables with their initial values, computed in a graph of its own. */
  public static void initialise(Session session, Weights weights) {
    for (Weight weight : weights.all()) {
      try (Graph graph = new Graph();
          Session initial = Sessions.open(graph)) {
        Operand<TFloat32> value =
            weight
                .initializer()
                .build(Ops.create(graph), weight.shape(), weights.seed(weight.name()));
        try (Result result = initial.runner().fetch(value).run()) {
          set(session, weight, (TFloat32) result.get(0));
        }
      }
    }
  }

  /**
   * Overwrites one variable.
   *
   * @throws IllegalArgumentException if the value has another shape
   */
  public static void set(Session session, Weight weight, TFloat32 value) {
    if (!value.shape().equals(weight.shape())) {
      throw new IllegalArgumentException(
          "the weight "
              + weight.name()
              + " has the shape "
              + weight.shape()
              + ", not "
              + value.shape());
    }
    session.runner().feed(weight.feed(), value).addTarget(weight.assign()).run().close();
  }

  /** Overwrites one variable with numbers in row-major order. */
  public static void set(Session session, Weight weight, float[] values) {
    try (TFloat32 tensor = Tensors.floats(weight.shape(), values)) {
      set(session, weight, tensor);
    }
  }

  /** The numbers of one variable in row-major order. */
  public static float[] get(Session session, Weight weight) {
    try (Result result = session.runner().fetch(weight.variable()).run()) {
      return Tensors.toFloats((TFloat32) result.get(0));
    }
  }

  /**
   * The numbers of many variables by name, all taken in one run, so that they belong to one step.
   */
  public static Map<String, float[]> get(Session session, List<Weight> weights) {
    if (weights.isEmpty()) {
      return Map.of(); // A run must fetch something.
    }
    Session.Runner runner = session.runner();
    weights.forEach(weight -> runner.fetch(weight.variable()));
    Map<String, float[]> values = new LinkedHashMap<>();
    try (Result result = runner.run()) {
      for (int i = 0; i < weights.size(); i++) {
        values.put(weights.get(i).name(), Tensors.toFloats((TFloat32) result.get(i)));
      }
    }
    return values;
  }
}
