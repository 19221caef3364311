package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** The gradients in a graph that TensorBoard shows, and where they lie. */
public final class ShownGradients {
  private static final Pattern GRADIENT = Pattern.compile(".*?\\bgradients(?:_\\d+)?/(.+)");

  private ShownGradients() {}

  /**
   * Checks that all of them lie below a scope of the networks or losses, and no node at the top.
   *
   * @param shown of a run's events
   * @param layers scopes of the networks below which there must be some
   */
  public static void assertGrouped(GraphDef shown, List<String> layers) {
    Set<String> parts =
        shown.getNodeList().stream()
            .map(NodeDef::getName)
            .filter(name -> below(name).isEmpty())
            .map(ShownGradients::first)
            .collect(Collectors.toSet());
    List<String> gradients =
        shown.getNodeList().stream()
            .map(node -> below(node.getName()))
            .flatMap(Optional::stream)
            .toList();
    assertThat(gradients).hasSizeGreaterThan(100);
    List<String> loose = gradients.stream().filter(name -> !parts.contains(first(name))).toList();
    assertThat(loose).as("of %d gradients", gradients.size()).isEmpty();
    for (String layer : layers) {
      assertThat(gradients).anyMatch(name -> name.startsWith(layer + "/"));
    }
    Set<String> names =
        shown.getNodeList().stream().map(NodeDef::getName).collect(Collectors.toSet());
    assertThat(names).hasSize(shown.getNodeCount()).allMatch(name -> name.contains("/"));
    assertThat(names)
        .as("what is read is there")
        .containsAll(
            shown.getNodeList().stream()
                .flatMap(node -> node.getInputList().stream())
                .map(GraphNodes::node)
                .toList());
  }

  /** A gradient's name below the scope of all gradients; empty for another node. */
  private static Optional<String> below(String name) {
    Matcher matcher = GRADIENT.matcher(name);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String first(String name) {
    return Stream.of(name.split("/", 2)).findFirst().orElseThrow();
  }
}
