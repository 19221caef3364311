package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class GraphScopeTest {
  private final Graph graph = new Graph();

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void namesAreThoseOfTensorFlowsScopes() {
    try (Graph other = new Graph()) {
      assertThat(names(GraphScope.ops(graph)))
          .isEqualTo(names(Ops.create(other)))
          .doesNotHaveDuplicates()
          .anyMatch(name -> name.matches("\\w+/\\w+/\\w+_\\d+"));
    }
  }

  /** The names of nodes after a drawn walk through scopes, the same for every call. */
  private static List<String> names(Ops root) {
    Random random = new Random(5);
    List<Ops> scopes = new ArrayList<>(List.of(root));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Ops at = scopes.get(random.nextInt(scopes.size()));
      String name = random.nextBoolean() ? "a" : "b";
      switch (random.nextInt(4)) {
        case 0 -> scopes.add(at.withSubScope(name));
        case 1 -> names.add(at.withName(name).constant(1f).op().name());
        case 2 -> names.add(at.constant(1f).op().name());
        default -> scopes.add(at.withControlDependencies(List.<Op>of(root.constant(2f))));
      }
    }
    return names;
  }

  @Test
  void aSecondCallNamesOnAndSoDoTensorFlowsScopes() {
    assertThat(GraphScope.ops(graph).constant(1f).op().name()).isEqualTo("Const");
    assertThat(GraphScope.ops(graph).withSubScope("a").constant(1f).op().name())
        .isEqualTo("a/Const");
    assertThat(Ops.create(graph).constant(1f).op().name()).isEqualTo("Const_1");
    assertThat(Ops.create(graph).withSubScope("a").constant(1f).op().name()).isEqualTo("a_1/Const");
    assertThat(GraphScope.ops(graph).withSubScope("a").constant(1f).op().name())
        .isEqualTo("a_2/Const");
  }

  @Test
  void aNodeWaitsForWhatItsScopeNames() {
    Operand<TFloat32> first = GraphScope.ops(graph).constant(1f);
    Ops waits = GraphScope.ops(graph).withSubScope("a").withControlDependencies(first);
    assertThat(graph.toGraphDef().getNodeList().stream().map(node -> node.getName()))
        .doesNotContain("a/b");
    waits.withName("b").constant(2f);
    assertThat(
            graph.toGraphDef().getNodeList().stream()
                .filter(node -> node.getName().equals("a/b"))
                .flatMap(node -> node.getInputList().stream()))
        .containsExactly("^Const");
  }

  @Test
  void aNodeLiesOnTheDeviceOfItsScope() {
    DeviceSpec device = DeviceSpec.newBuilder().deviceType(DeviceSpec.DeviceType.CPU).build();
    GraphScope.ops(graph).withDevice(device).withSubScope("a").constant(1f);
    assertThat(graph.toGraphDef().getNode(0).getDevice()).isEqualTo(device.toString());
  }

  @Test
  void wrongNamesAreRefused() {
    Ops tf = GraphScope.ops(graph);
    assertThatThrownBy(() -> tf.withName("a/b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'a/b' is no name of a node");
    assertThatThrownBy(() -> tf.withSubScope("")).isInstanceOf(IllegalArgumentException.class);
  }
}
