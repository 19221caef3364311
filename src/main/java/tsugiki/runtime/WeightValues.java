package tsugiki.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;

/** Puts values into variables and takes them out. */
public final class WeightValues {
  private WeightValues() {}

  /** Fills the variables of networks with their initial values. */
  public static void initialise(Session session, Weights... networks) {
    initialise(session, List.of(networks));
  }

  /**
   * The same, computed in a graph of its own and moved in one run: TensorFlow prepares every new
   * set of targets anew.
   */
  public static void initialise(Session session, List<Weights> networks) {
    List<Weight> all = new ArrayList<>();
    networks.forEach(weights -> all.addAll(weights.all()));
    if (all.isEmpty()) {
      return;
    }
    try (Graph graph = new Graph();
        Session initial = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Session.Runner compute = initial.runner();
      for (Weights weights : networks) {
        for (Weight weight : weights.all()) {
          long seed = weights.seed(weight.name());
          compute.fetch(weight.initializer().build(tf, weight.shape(), seed));
        }
      }
      Session.Runner fill = session.runner();
      try (Result values = compute.run()) {
        for (int i = 0; i < all.size(); i++) {
          fill.feed(all.get(i).feed(), values.get(i)).addTarget(all.get(i).assign());
        }
        fill.run().close();
      }
    }
  }

  /**
   * Overwrites many variables in one run.
   *
   * @param values the numbers of each in row-major order, at least one
   */
  public static void set(Session session, Map<Weight, float[]> values) {
    Session.Runner fill = session.runner();
    List<TFloat32> tensors = new ArrayList<>();
    try {
      values.forEach(
          (weight, numbers) -> {
            TFloat32 tensor = Tensors.floats(weight.shape(), numbers);
            tensors.add(tensor);
            fill.feed(weight.feed(), tensor).addTarget(weight.assign());
          });
      fill.run().close();
    } finally {
      tensors.forEach(TFloat32::close);
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
    return get(session, weights, Weight::variable);
  }

  /**
   * The same for what becomes of the variables, such as kernels under a constraint.
   *
   * @param value what to take of a weight, of its shape
   */
  public static Map<String, float[]> get(
      Session session, List<Weight> weights, Function<Weight, Operand<TFloat32>> value) {
    if (weights.isEmpty()) {
      return Map.of(); // A run must fetch something.
    }
    Session.Runner runner = session.runner();
    weights.forEach(weight -> runner.fetch(value.apply(weight)));
    Map<String, float[]> values = new LinkedHashMap<>();
    try (Result result = runner.run()) {
      for (int i = 0; i < weights.size(); i++) {
        values.put(weights.get(i).name(), Tensors.toFloats((TFloat32) result.get(i)));
      }
    }
    return values;
  }

  /**
   * Writes variables, all of one step, as a TensorFlow checkpoint.
   *
   * @param prefix as in {@link TensorBundle#write}
   */
  public static void write(Path prefix, Session session, List<Weight> weights) {
    write(prefix, weights, get(session, weights));
  }

  /**
   * The same of values that {@link #get(Session, List)} has given.
   *
   * @param prefix as in {@link TensorBundle#write}
   */
  public static void write(Path prefix, List<Weight> weights, Map<String, float[]> values) {
    Map<String, TensorBundle.Entry> entries = new LinkedHashMap<>();
    for (Weight weight : weights) {
      entries.put(weight.name(), TensorBundle.Entry.of(weight.shape(), values.get(weight.name())));
    }
    TensorBundle.write(prefix, entries);
  }
}
