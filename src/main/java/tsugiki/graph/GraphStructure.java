package tsugiki.graph;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.ndarray.Shape;

/**
 * The structure of a network as text, one line a weight and one an operation, so that a change of
 * architecture shows in a diff.
 */
public final class GraphStructure {
  /** What says nothing about a network: numbers, and what the lines of the weights tell better. */
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
    line(text, "trained parameters", "", String.format(Locale.ROOT, "%,d", trained));
    line(
        text,
        "other parameters",
        "",
        String.format(Locale.ROOT, "%,d", count(weights.all()) - trained));
    text.append("\nweights\n");
    for (Weight weight : weights.all()) {
      line(
          text,
          weight.name(),
          sizes(weight.shape()),
          String.format(Locale.ROOT, "%,d", weight.count())
              + (weight.trained() ? "" : " not trained"));
    }
    text.append("\noperations\n");
    for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); ) {
      GraphOperation op = all.next();
      if (!LEFT_OUT.contains(op.type()) && !op.name().startsWith(Weights.STATE + "/")) {
        line(text, op.name(), op.type(), op.numOutputs() == 0 ? "" : sizes(op.output(0).shape()));
      }
    }
    return text.toString();
  }

  private static long count(List<Weight> weights) {
    return weights.stream().mapToLong(Weight::count).sum();
  }

  private static void line(StringBuilder text, String name, String what, String rest) {
    String line = String.format(Locale.ROOT, "%-56s %-24s %s", name, what, rest);
    text.append(line.stripTrailing()).append('\n');
  }

  private static String sizes(Shape shape) {
    return shape.isUnknown() ? "[...]" : shape.toString().replace("-1", "?");
  }
}
