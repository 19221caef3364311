package tsugiki.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import tsugiki.base.BadInputException;
import tsugiki.graph.GraphScope;

class GraphMemoryTest {
  @Test
  void tensorsCountByTheirShapesAndAnUnknownSideAsOne() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      tf.variable(Shape.of(3, 1024, 1024), TFloat32.class);
      tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(1 << 20, 5)));
      tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1 << 18)));
      tf.placeholder(TFloat32.class, Placeholder.shape(Shape.unknown()));
      GraphMemory memory = GraphMemory.of(graph);
      assertThat(memory).isEqualTo(new GraphMemory(12L << 20, 6L << 20, 5L << 20));
      memory.refuseAbove(17L << 20, "wait");
      assertThatThrownBy(() -> memory.refuseAbove((17L << 20) - 1, "wait"))
          .isInstanceOf(BadInputException.class)
          .hasMessageEndingWith("and this machine has 17.0 MiB; wait");
    }
  }

  @Test
  void aSessionIsRefusedBeforeAnythingIsReserved() {
    try (Graph graph = new Graph()) {
      GraphScope.ops(graph).variable(Shape.of(1 << 20, 1 << 20), TFloat32.class);
      assertThatThrownBy(() -> Sessions.open(graph))
          .isInstanceOf(BadInputException.class)
          .hasMessageStartingWith("the networks need at least 4,096.0 GiB of memory (4,096.0 GiB")
          .hasMessageEndingWith("; take fewer channels, smaller images or a smaller batch");
      assertThatThrownBy(() -> Sessions.openImported(graph, Sessions.Settings.cpu()))
          .as("who opens a model has chosen neither channels nor images")
          .isInstanceOf(BadInputException.class)
          .hasMessageEndingWith("; use a smaller model, or a machine with more memory");
    }
  }
}
