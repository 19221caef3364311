package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

class GradientGroupsTest {
  @Test
  void gradientsLieBelowTheLayerWhoseValuesTheyRead() {
    GraphDef.Builder graph = GraphDef.newBuilder();
    add(graph, "Net/Conv0/kernel");
    add(graph, "Net/Conv0/MatMul", "Net/Conv0/kernel");
    add(graph, "Loss/Sum", "Net/Conv0/MatMul");
    add(graph, "Step/seed");
    add(graph, "Step/gradients/Identity", "Step/seed");
    add(graph, "Step/gradients/Const_2/Const");
    add(graph, "Step/gradients/Tile", "Step/gradients/Identity", "Loss/Sum");
    add(graph, "Step/gradients/Mul", "Step/gradients/Tile", "Step/gradients/Const_2/Const");
    add(graph, "Step/gradients/MatMul", "Step/gradients/Mul", "Net/Conv0/kernel:0");
    add(graph, "Step/Apply", "Net/Conv0/kernel", "Step/gradients/MatMul:1", "^Step/gradients/Mul");

    assertThat(GradientGroups.of(graph.build()).getNodeList())
        .extracting(node -> node.getName() + node.getInputList())
        .containsExactly(
            "Net/Conv0/kernel[]",
            "Net/Conv0/MatMul[Net/Conv0/kernel]",
            "Loss/Sum[Net/Conv0/MatMul]",
            "Step/seed[]",
            "Step/gradients/Loss/Identity[Step/seed]",
            "Step/gradients/Loss/Const_2/Const[]",
            "Step/gradients/Loss/Tile[Step/gradients/Loss/Identity, Loss/Sum]",
            "Step/gradients/Loss/Mul[Step/gradients/Loss/Tile, Step/gradients/Loss/Const_2/Const]",
            "Step/gradients/Net/Conv0/MatMul[Step/gradients/Loss/Mul, Net/Conv0/kernel:0]",
            "Step/Apply[Net/Conv0/kernel, Step/gradients/Net/Conv0/MatMul:1,"
                + " ^Step/gradients/Loss/Mul]");
  }

  @Test
  void aGraphWithoutGradientsStaysAsItIs() {
    GraphDef.Builder graph = GraphDef.newBuilder();
    add(graph, "Net/a");
    add(graph, "Net/b", "Net/a");

    assertThat(GradientGroups.of(graph.build())).isEqualTo(graph.build());
  }

  private static void add(GraphDef.Builder graph, String name, String... inputs) {
    graph.addNode(NodeDef.newBuilder().setName(name).setOp("Op").addAllInput(List.of(inputs)));
  }
}
