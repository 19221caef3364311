package tsugiki.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.DeviceSpec;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperationBuilder;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;

/**
 * Names the nodes of a graph, as TensorFlow's own scopes do but in time that grows with the graph's
 * size alone: TensorFlow's ask every node of the graph for its name whenever a sub-scope begins, so
 * that twice the nodes take four times as long. All else (devices, control dependencies,
 * initialisers) is TensorFlow's.
 *
 * <p>Names at the top are those of {@link Graph#baseScope}, so that both kinds of scope may fill
 * one graph. Below the top, a node whose name was not given by this scope (an imported one) is not
 * seen; TensorFlow refuses a second node of one name.
 */
public final class GraphScope implements Scope {
  /** Device, control dependencies and initialisation; never asked for a name below the top. */
  private final Scope settings;

  private final String prefix;
  private final UnaryOperator<String> unique;

  /** The name of the next node, or null if it has its operation's. */
  private final String name;

  private final int replicas;

  private GraphScope(
      Scope settings, String prefix, UnaryOperator<String> unique, String name, int replicas) {
    this.settings = settings;
    this.prefix = prefix;
    this.unique = unique;
    this.name = name;
    this.replicas = replicas;
  }

  /**
   * Builds operations into a graph, at the top of its names. Every call names on where the last one
   * stopped.
   */
  public static Ops ops(Graph graph) {
    return ops(graph, 1);
  }

  /**
   * The same for the graph of a training with replicas.
   *
   * @param replicas how many share a batch, see {@link Replicas}
   */
  public static Ops ops(Graph graph, int replicas) {
    Scope base = graph.baseScope();
    return Ops.create(new Root(graph, new GraphScope(base, "", base::makeUnique, null, replicas)));
  }

  /** How many replicas its nodes are built for. */
  int replicas() {
    return replicas;
  }

  @Override
  public Scope withSubScope(String scope) {
    return new GraphScope(settings, makeOpName(scope) + "/", new Used()::unique, null, replicas);
  }

  @Override
  public Scope withNameAsSubScope(String otherwise) {
    return withSubScope(otherwise);
  }

  @Override
  public Scope withName(String next) {
    return new GraphScope(settings, prefix, unique, valid(next), replicas);
  }

  @Override
  public String makeOpName(String operation) {
    return prefix + unique.apply(name == null ? valid(operation) : name);
  }

  @Override
  public String makeUnique(String id) {
    return unique.apply(id);
  }

  @Override
  public void refreshNames() {
    settings.refreshNames();
  }

  @Override
  public ExecutionEnvironment env() {
    return settings.env();
  }

  @Override
  public Scope withDevice(DeviceSpec device) {
    return with(settings.withDevice(device));
  }

  @Override
  public Scope withInitScope() {
    return with(settings.withInitScope());
  }

  @Override
  public Scope withControlDependencyOps(Iterable<Operation> operations) {
    return with(settings.withControlDependencyOps(operations));
  }

  @Override
  public OperationBuilder apply(OperationBuilder builder) {
    return settings.apply(builder);
  }

  @Override
  public String getDeviceString() {
    return settings.getDeviceString();
  }

  @Override
  public boolean isInit() {
    return settings.isInit();
  }

  private Scope with(Scope other) {
    return new GraphScope(other, prefix, unique, name, replicas);
  }

  private static String valid(String name) {
    if (!Scope.isValidOpName(name)) {
      throw new IllegalArgumentException("'" + name + "' is no name of a node");
    }
    return name;
  }

  /** The names below one sub-scope: a, a_1, a_2. */
  private static final class Used {
    private final Map<String, Integer> next = new HashMap<>();

    String unique(String name) {
      int before = next.merge(name, 1, Integer::sum) - 1;
      return before == 0 ? name : name + "_" + before;
    }
  }

  /** A graph as {@link Ops#create} wants it, with another scope at its top. */
  private record Root(Graph graph, Scope baseScope) implements ExecutionEnvironment {
    @Override
    public GraphOperationBuilder opBuilder(String type, String name, Scope scope) {
      return graph.opBuilder(type, name, scope);
    }

    @Override
    public void attachFunction(ConcreteFunction function) {
      graph.attachFunction(function);
    }

    @Override
    public void checkInput(Operation input) {
      graph.checkInput(input);
    }

    @Override
    public Types environmentType() {
      return graph.environmentType();
    }

    @Override
    public boolean isInitializer(Operation operation) {
      return graph.isInitializer(operation);
    }
  }
}
