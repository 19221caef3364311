package tsugiki.graph;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** A GraphDef with its nodes by name: what needs what, and copies with other inputs or names. */
public record GraphNodes(GraphDef graph, Map<String, NodeDef> nodes) {

  /** The nodes of a graph by their names. */
  public static GraphNodes of(GraphDef graph) {
    Map<String, NodeDef> nodes = new LinkedHashMap<>();
    graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    return new GraphNodes(graph, nodes);
  }

  /** The names of all nodes that running these takes, themselves among them. */
  public Set<String> needed(Collection<String> names) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(names);
    while (!open.isEmpty()) {
      String name = open.pop();
      if (nodes.containsKey(name) && found.add(name)) {
        nodes.get(name).getInputList().forEach(input -> open.push(node(input)));
      }
    }
    return found;
  }

  /** These nodes alone, in their order. */
  public GraphNodes only(Set<String> names) {
    GraphDef.Builder kept = graph.toBuilder().clearNode();
    graph.getNodeList().stream().filter(n -> names.contains(n.getName())).forEach(kept::addNode);
    return of(kept.build());
  }

  /** The graph in which these nodes read other inputs. */
  public GraphNodes withInputs(Set<String> names, UnaryOperator<String> input) {
    GraphDef.Builder changed = graph.toBuilder().clearNode();
    for (NodeDef node : graph.getNodeList()) {
      changed.addNode(names.contains(node.getName()) ? withInputs(node, input) : node);
    }
    return of(changed.build());
  }

  /** The graph in which nodes have other names; those that the map lacks keep theirs. */
  public GraphNodes renamed(Map<String, String> names) {
    GraphDef.Builder changed = graph.toBuilder().clearNode();
    for (NodeDef node : graph.getNodeList()) {
      String name = names.getOrDefault(node.getName(), node.getName());
      changed.addNode(withInputs(node, input -> renamed(input, names)).toBuilder().setName(name));
    }
    return of(changed.build());
  }

  /** The node of an input, which is written {@code node}, {@code node:2} or {@code ^node}. */
  public static String node(String input) {
    String name = input.startsWith("^") ? input.substring(1) : input;
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  private static String renamed(String input, Map<String, String> names) {
    String node = node(input);
    return renamed(input, names.getOrDefault(node, node));
  }

  /** An input of the same kind and place from a node of another name. */
  static String renamed(String input, String name) {
    return input.replace(node(input), name);
  }

  private static NodeDef withInputs(NodeDef node, UnaryOperator<String> input) {
    NodeDef.Builder changed = node.toBuilder().clearInput();
    node.getInputList().forEach(old -> changed.addInput(input.apply(old)));
    return changed.build();
  }
}
