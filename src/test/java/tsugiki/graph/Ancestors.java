package tsugiki.graph;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * What a run of a node executes. TensorFlow leaves nodes loose in a graph that nothing runs, so
 * that counting a graph's nodes says little about the work of a step.
 */
public final class Ancestors {
  private final Map<String, NodeDef> nodes = new HashMap<>();

  /** Takes the nodes of a graph as they are now. */
  public Ancestors(Graph graph) {
    this(graph.toGraphDef());
  }

  /** Takes the nodes of a graph's definition. */
  public Ancestors(GraphDef graph) {
    graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
  }

  /** All nodes of the graph. */
  public Collection<NodeDef> nodes() {
    return nodes.values();
  }

  /** The node of that name. */
  public NodeDef node(String name) {
    return nodes.get(name);
  }

  /** The names of all that runs with these nodes, by inputs and control inputs, and their own. */
  public Set<String> of(Collection<String> names) {
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(names);
    while (!open.isEmpty()) {
      String next = open.pop();
      if (seen.add(next)) {
        nodes.get(next).getInputList().forEach(input -> open.push(source(input)));
      }
    }
    return seen;
  }

  /** The node that an input such as {@code ^name} or {@code name:1} comes from. */
  public static String source(String input) {
    String name = input.startsWith("^") ? input.substring(1) : input;
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
