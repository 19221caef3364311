package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import tsugiki.base.BadInputException;

/** Constants in a graph as TensorFlow Hub's modules are exported, without default attributes. */
class GraphConstantsTest {
  @TempDir private Path folder;

  private GraphConstants read(NodeDef... nodes) throws IOException {
    GraphDef graph = GraphDef.newBuilder().addAllNode(List.of(nodes)).build();
    SavedModel model =
        SavedModel.newBuilder().addMetaGraphs(MetaGraphDef.newBuilder().setGraphDef(graph)).build();
    Files.write(folder.resolve("saved_model.pb"), model.toByteArray());
    return GraphConstants.read(folder);
  }

  private static NodeDef.Builder pack() {
    return NodeDef.newBuilder().setName("stack").setOp("Pack").addInput("a").addInput("b:0");
  }

  private static AttrValue number(long number) {
    return AttrValue.newBuilder().setI(number).build();
  }

  @Test
  void anAxisThatIsLeftOutIsTheFirst() throws IOException {
    GraphConstants graph =
        read(
            FrozenGraphs.constant("a", 3),
            FrozenGraphs.constant("b", 3),
            pack().putAttr("N", number(2)).build());
    assertThat(graph.shape("stack")).containsExactly(2, 3);
    assertThat(graph.values("stack")).containsExactly(0, 1, 2, 0, 1, 2);
  }

  @Test
  void nodesWithoutWhatTheyNeedAreNamed() throws IOException {
    GraphConstants graph =
        read(
            NodeDef.newBuilder().setName("a").setOp("Const").build(),
            pack().build(),
            pack().setName("across").putAttr("N", number(2)).putAttr("axis", number(1)).build());
    refused(graph, "a", "the node a of the graph", "does not hold the floats of its shape");
    refused(graph, "stack", "the node stack of the graph", "packs its inputs in no way");
    refused(graph, "across", "the node across of the graph", "packs its inputs in no way");
  }

  private static void refused(GraphConstants graph, String name, String... words) {
    assertThatThrownBy(() -> graph.values(name))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(words);
  }
}
