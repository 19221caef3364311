package tsugiki.graph;

import com.google.common.collect.MapMaker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The variables of a network by name. Layers make their variables here and nowhere else, so that an
 * optimiser, an average, a checkpoint and an exporter are handed lists and never search the graph.
 * A second layer call under the same name shares the variable.
 *
 * <p>A {@code Weights} is a view at a path: {@link #in} goes one level down, as {@link
 * Ops#withSubScope} does for operations. All views of one {@link #create} share the registry. Every
 * variable has its own seed, made from the registry's seed and its name, so that adding a layer
 * leaves the start of all others as it was.
 *
 * <p>A registry is for one graph, that of its first variable; every graph takes one of its own. An
 * {@code EagerSession} cannot hold the variables, since what fills them is fed in a session.
 */
public final class Weights {
  /** The scope of what fills the variables. */
  static final String STATE = "State";

  /**
   * That scope by graph, since a second one would be named State_1. A registry holds the scope, and
   * the scope its graph; the map keeps neither alive.
   */
  private static final Map<ExecutionEnvironment, Ops> STATES =
      new MapMaker().weakKeys().weakValues().makeMap();

  /**
   * A variable that holds what follows from frozen weights.
   *
   * @param name its path, which no weight has
   * @param variable the node in the graph
   * @param assign the node that computes it
   */
  public record Derived(String name, Variable<TFloat32> variable, Assign<TFloat32> assign) {}

  private final Registry registry;
  private final String path;

  private Weights(Registry registry, String path) {
    this.registry = registry;
    this.path = path;
  }

  /** Weights that train wherever their layer says so. */
  public static Weights create(long seed) {
    return create(seed, name -> true);
  }

  /**
   * Weights of which only some train.
   *
   * @param seed the seed of every initial value
   * @param trained which names may train; the others are frozen: no optimiser sees them, no
   *     gradient is computed for them (TensorFlow builds a few nodes for it beside those that are
   *     needed, but nothing asks for their results)
   */
  public static Weights create(long seed, Predicate<String> trained) {
    return new Weights(new Registry(seed, trained), "");
  }

  /** Weights that never train, filled from a file by {@code runtime.WeightValues}. */
  public static Weights frozen() {
    return create(0, name -> false);
  }

  /** The view one level down. */
  public Weights in(String scope) {
    return new Weights(registry, path + scope + "/");
  }

  /**
   * The trained variable of this name, made at the first call.
   *
   * @param tf the scope that the node lies in
   * @param name the last part of its name
   * @param shape its shape, fully known
   * @param initializer its first value
   * @return the variable
   * @throws IllegalArgumentException if the name exists with another shape
   */
  public Variable<TFloat32> trained(Ops tf, String name, Shape shape, Initializer initializer) {
    return registry.variable(tf, path + name, name, shape, initializer, true);
  }

  /** The same for a variable that no optimiser changes, such as a running mean. */
  public Variable<TFloat32> untrained(Ops tf, String name, Shape shape, Initializer initializer) {
    return registry.variable(tf, path + name, name, shape, initializer, false);
  }

  /** Whether a variable that a layer here calls trained would train. */
  public boolean trains(String name) {
    return registry.trained.test(path + name);
  }

  /**
   * What follows from one kernel alone. Where its variable trains, the value is computed in every
   * run; where it is frozen, once by {@link #derive}, and kept in a variable that no file holds.
   * Asked for again with the same kernel, it is built once.
   *
   * @param source the last part of the name of the kernel's variable
   * @param kernel the variable, or what a constraint makes of it
   * @param name the last part of the value's own name
   * @param shape the value's shape
   * @param value builds the computation on the kernel
   * @return the value
   */
  public Operand<TFloat32> derived(
      Ops tf,
      String source,
      Operand<TFloat32> kernel,
      String name,
      Shape shape,
      UnaryOperator<Operand<TFloat32>> value) {
    String key = path + name + " of " + kernel.op().name();
    Operand<TFloat32> known = registry.derived.get(key);
    if (known != null) {
      return known;
    }
    Operand<TFloat32> result = value.apply(kernel);
    if (!trains(source)) {
      Variable<TFloat32> kept = tf.withName(name).variable(shape, TFloat32.class);
      registry.derivations.add(new Derived(path + name, kept, tf.assign(kept, result)));
      result = kept;
    }
    registry.derived.put(key, result);
    return result;
  }

  /** Computes everything that follows from frozen weights; call it once after they are filled. */
  public void derive(Session session) {
    if (registry.derivations.isEmpty()) {
      return;
    }
    Session.Runner runner = session.runner();
    registry.derivations.forEach(derived -> runner.addTarget(derived.assign()));
    runner.run().close();
  }

  /** What {@link #derive} computes, in the order of making, for exporters. */
  public List<Derived> derivations() {
    return registry.derivations.stream().filter(d -> d.name().startsWith(path)).toList();
  }

  /** Every variable at or below this path, in the order of making. */
  public List<Weight> all() {
    return registry.weights.values().stream().filter(w -> w.name().startsWith(path)).toList();
  }

  /** Those that an optimiser trains. */
  public List<Weight> trained() {
    return all().stream().filter(Weight::trained).toList();
  }

  /**
   * The variable of this name below this path.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Weight get(String name) {
    Weight weight = registry.weights.get(path + name);
    if (weight == null) {
      throw new IllegalArgumentException("there is no weight named " + path + name);
    }
    return weight;
  }

  /** This view's path: empty, or ending in a slash. */
  public String path() {
    return path;
  }

  /** The seed of the initial value of the weight of that full name. */
  public long seed(String fullName) {
    return Randomness.mix(registry.seed, fullName);
  }

  private static final class Registry {
    private final long seed;
    private final Predicate<String> trained;
    private final Map<String, Weight> weights = new LinkedHashMap<>();
    private final Map<String, Operand<TFloat32>> derived = new LinkedHashMap<>();
    private final List<Derived> derivations = new ArrayList<>();
    private Ops state;

    private Registry(long seed, Predicate<String> trained) {
      this.seed = seed;
      this.trained = trained;
    }

    private Variable<TFloat32> variable(
        Ops tf, String full, String name, Shape shape, Initializer initializer, boolean train) {
      Weight known = weights.get(full);
      if (known == null) {
        known = make(tf, full, name, shape, initializer, train && trained.test(full));
        weights.put(full, known);
      }
      if (!known.shape().equals(shape)) {
        throw new IllegalArgumentException(
            "the weight " + full + " has the shape " + known.shape() + ", not " + shape);
      }
      return known.variable();
    }

    private Weight make(
        Ops tf, String full, String name, Shape shape, Initializer initializer, boolean train) {
      if (state == null) {
        // One scope for what fills the variables keeps it out of the picture of the network.
        state =
            STATES.computeIfAbsent(
                tf.scope().env(), graph -> GraphScope.ops((Graph) graph).withSubScope(STATE));
      }
      // Whatever the scope waits for, reading a variable must not wait for it.
      Ops free = tf.withControlDependencies(List.<Op>of());
      Variable<TFloat32> variable =
          free.withName(name.replace('/', '.')).variable(shape, TFloat32.class);
      Placeholder<TFloat32> feed =
          state
              .withName(full.replace('/', '.'))
              .placeholder(TFloat32.class, Placeholder.shape(shape));
      return new Weight(
          full, shape, train, initializer, variable, feed, state.assign(variable, feed));
    }
  }
}
