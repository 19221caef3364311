package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

/** The graph of a dense layer under spectral normalisation, for two cards. */
class ReplicatedGraphTest {
  private static final List<String> CARDS = List.of("/device:GPU:0", "/device:GPU:1");

  private final Graph graph = new Graph();
  private final Ops tf = GraphScope.ops(graph, 2);
  private final Weights weights = Weights.create(0);
  private final Placeholder<TFloat32> fed =
      tf.withName("fed").placeholder(TFloat32.class, Placeholder.shape(Shape.of(4, 3)));

  @AfterEach
  void close() {
    graph.close();
  }

  private Operand<TFloat32> loss(PendingUpdates updates) {
    Operand<TFloat32> y =
        Dense.withoutBias(
            tf.withSubScope("Layer"),
            weights,
            new SpectralNorm(updates),
            Replicas.rows(tf.withSubScope("Rows"), fed),
            2,
            Initializer.ones());
    return Reduce.mean(tf.withSubScope("Loss"), tf.math.square(y));
  }

  private Map<String, NodeDef> replicated() {
    GraphDef all = ReplicatedGraph.of(graph.toGraphDef(), CARDS, "");
    return all.getNodeList().stream().collect(Collectors.toMap(NodeDef::getName, node -> node));
  }

  @Test
  void gradientsLieOnTheCardOfTheirReplica() {
    Operand<TFloat32> loss = loss(new PendingUpdates());
    Operand<TFloat32> gradient =
        Gradients.of(tf.withSubScope("Step"), loss, List.of(weights.get("kernel").variable()))
            .get(0);
    Operand<TFloat32> mean = Replicas.mean(tf.withSubScope("Step"), gradient);
    Map<String, NodeDef> all = replicated();
    List<NodeDef> second =
        all.values().stream().filter(node -> node.getName().startsWith("Replica1/")).toList();
    assertThat(second)
        .filteredOn(node -> node.getName().contains("gradients/"))
        .hasSizeGreaterThan(3)
        .filteredOn(node -> !node.getOp().equals("Const"))
        .allMatch(node -> node.getDevice().equals("/device:GPU:1"));
    assertThat(all.get(gradient.op().name()).getDevice()).isEqualTo("/device:GPU:0");
    assertThat(all.get(mean.op().name()).getDevice()).isEmpty();
    assertThat(all.get(mean.op().name() + "/sum").getInputList())
        .containsExactly(gradient.op().name(), "Replica1/" + gradient.op().name());
  }

  @Test
  void whatDependsOnWeightsAloneExistsOnce() {
    PendingUpdates updates = new PendingUpdates();
    loss(updates);
    Map<String, NodeDef> all = replicated();
    assertThat(updates.list()).hasSize(1);
    assertThat(all).containsKey(updates.list().get(0).value().op().name());
    assertThat(all.keySet())
        .noneMatch(name -> name.startsWith("Replica1/") && name.contains("SpectralNorm"));
    assertThat(all.values().stream().filter(node -> node.getOp().equals("VariableV2"))).hasSize(2);
  }

  @Test
  void noDeviceReadsAnotherOnesVariableDirectly() {
    Operand<TFloat32> bias = weights.trained(tf, "b", Shape.of(3), Initializer.ones());
    Operand<TFloat32> sum = tf.math.add(Replicas.rows(tf, fed), bias);
    Map<String, NodeDef> all = replicated();
    String read = all.get("Replica1/" + sum.op().name()).getInput(1);
    assertThat(all.get(sum.op().name()).getInput(1)).isEqualTo(bias.op().name());
    assertThat(all.get(read).getOp()).isEqualTo("Identity");
    assertThat(all.get(read).getInputList()).containsExactly(bias.op().name());
  }

  @Test
  void aWriteOfWhatOneReplicaHasIsRefused() {
    weights.untrained(tf, "last", Shape.of(2, 3), Initializer.zeros());
    tf.assign(weights.get("last").variable(), Replicas.rows(tf, fed));
    assertThatThrownBy(this::replicated).hasMessageContaining("take the mean over replicas first");
  }

  @Test
  void aGraphOfOneReplicaStaysAsItIs() {
    try (Graph one = new Graph()) {
      Ops alone = GraphScope.ops(one);
      Operand<TFloat32> x = alone.constant(new float[] {1, 2});
      assertThat(Replicas.rows(alone, x)).isSameAs(x);
      assertThat(Replicas.mean(alone, x)).isSameAs(x);
      assertThat(ReplicatedGraph.isReplicated(one.toGraphDef())).isFalse();
    }
    loss(new PendingUpdates());
    assertThat(ReplicatedGraph.isReplicated(graph.toGraphDef())).isTrue();
  }
}
