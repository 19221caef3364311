package tsugiki.graph;

import com.google.common.collect.Lists;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * The graph of a training as TensorBoard shows it: the nodes of gradients, which TensorFlow puts
 * into one flat scope, lie below the layer that they belong to. {@code Step/gradients/MatMul_7}
 * becomes {@code Step/gradients/Generator/Block3/Conv0/MatMul_7}. The graph that runs stays as it
 * is.
 *
 * <p>A gradient belongs to the layer whose values it reads first; one that reads none to that of
 * the first gradient that it reads; one that reads nothing to that of a reader.
 */
public final class GradientGroups {
  private static final Pattern GRADIENT = Pattern.compile("(.*?\\bgradients(?:_\\d+)?)/(.+)");

  /** The layer of each gradient by its node's name. */
  private final Map<String, String> layers = new HashMap<>();

  private GradientGroups(GraphDef graph) {
    // Nodes stand in the order of their making, so that what a gradient reads comes before it.
    for (NodeDef node : graph.getNodeList()) {
      if (isGradient(node.getName())) {
        layer(node).ifPresent(layer -> layers.put(node.getName(), layer));
      }
    }
    for (NodeDef node : Lists.reverse(graph.getNodeList())) {
      String layer = layers.get(node.getName());
      if (layer != null) {
        inputs(node).filter(GradientGroups::isGradient).forEach(i -> layers.putIfAbsent(i, layer));
      }
    }
  }

  /**
   * The graph with other names of gradients.
   *
   * @param graph its nodes in the order of their making
   */
  public static GraphDef of(GraphDef graph) {
    Map<String, String> names = new HashMap<>();
    new GradientGroups(graph).layers.forEach((name, layer) -> names.put(name, below(layer, name)));
    return GraphNodes.of(graph).renamed(names).graph();
  }

  private Optional<String> layer(NodeDef node) {
    return inputs(node)
        .filter(input -> !isGradient(input))
        .map(GradientGroups::scope)
        // What lies beside the gradients is the step's own, such as its first factor.
        .filter(scope -> !scope.isEmpty() && !node.getName().startsWith(scope + "/"))
        .findFirst()
        .or(() -> inputs(node).filter(layers::containsKey).map(layers::get).findFirst());
  }

  /** A gradient's name below a layer. */
  private static String below(String layer, String name) {
    return GRADIENT.matcher(name).replaceFirst("$1/" + Matcher.quoteReplacement(layer) + "/$2");
  }

  private static Stream<String> inputs(NodeDef node) {
    return node.getInputList().stream().map(GraphNodes::node);
  }

  private static String scope(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('/')));
  }

  private static boolean isGradient(String name) {
    return GRADIENT.matcher(name).matches();
  }
}
