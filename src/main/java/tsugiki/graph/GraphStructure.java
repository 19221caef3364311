package tsugiki.graph;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.ndarray.Shape;

/**
 * The structure of a network as text, one line per weight and one per operation, so that a change
 * of architecture shows in a diff.
 */
public final class GraphStructure {
  /** What says nothing about a network: numbers, and what the lines of the weights say already. */
  private static final Set<String> LEFT_OUT = Set.of("Const", "VariableV2", "Assign");

  private GraphStructure() {}

  /**
   * Describes a network.
   *
   * @param title the first line
   * @param graph the graph that holds the network and nothing else
   * @param weights its weights
   * @return totals, weights in the order of making with shape and number of parameters, operations
   *     in the order of making with type and shape; unknown sizes are written {@code ?}
   */
  public static String describe(String title, Graph graph, Weights weights) {
    StringBuilder text = new StringBuilder(title).append("\n\n");
    long trained = count(weights.trained());
    text.append(line("trained parameters", "", number(trained)));
    text.append(line("other parameters", "", number(count(weights.all()) - trained)));
    text.append("\nweights\n");
    for (Weight weight : weights.all()) {
      String count = number(weight.count()) + (weight.trained() ? "" : " not trained");
      text.append(line(weight.name(), sizes(weight.shape()), count));
    }
    text.append("\noperations\n");
    for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); ) {
      GraphOperation op = all.next();
      if (!op.name().startsWith(Weights.STATE + "/")) {
        text.append(operation(op));
      }
    }
    return text.toString();
  }

  /** The line of an operation, or nothing for one of which a weight's line says all. */
  public static String operation(GraphOperation op) {
    if (!isShown(op.type())) {
      return "";
    }
    return line(op.name(), op.type(), op.numOutputs() == 0 ? "" : sizes(op.output(0).shape()));
  }

  /** Whether operations of this type say something about a network. */
  public static boolean isShown(String type) {
    return !LEFT_OUT.contains(type);
  }

  /** One line of three columns. */
  public static String line(String name, String what, String rest) {
    return String.format(Locale.ROOT, "%-56s %-24s %s", name, what, rest).stripTrailing() + "\n";
  }

  /** A count with its thousands apart. */
  public static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A shape with {@code ?} for sizes that are not known. */
  public static String sizes(Shape shape) {
    return shape.isUnknown() ? "[...]" : shape.toString().replace("-1", "?");
  }

  private static long count(List<Weight> weights) {
    return weights.stream().mapToLong(Weight::count).sum();
  }
}
