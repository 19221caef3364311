package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.runtime.Sessions;

class GradientsTest {
  private final Graph graph = new Graph();
  private final Session session = Sessions.open(graph);
  private final Ops tf = GraphScope.ops(graph);

  @AfterEach
  void close() {
    session.close();
    graph.close();
  }

  @Test
  void derivesTwice() {
    Operand<TFloat32> x = tf.constant(3f);
    Operand<TFloat32> cube = tf.math.mul(tf.math.square(x), x);
    Operand<TFloat32> first = Gradients.of(tf, cube, List.of(x)).get(0);
    Operand<TFloat32> second = Gradients.of(tf, first, List.of(x)).get(0);
    try (Result result = session.runner().fetch(first).fetch(second).run()) {
      assertThat(Tensors.scalar(result.get(0))).isEqualTo(27);
      assertThat(Tensors.scalar(result.get(1))).isEqualTo(18);
    }
  }

  @Test
  void keepsTheOrderOfWhatItDerivesBy() {
    Operand<TFloat32> x = tf.constant(3f);
    Operand<TFloat32> y = tf.constant(5f);
    List<Operand<TFloat32>> found = Gradients.of(tf, tf.math.mul(x, y), List.of(y, x));
    try (Result result = session.runner().fetch(found.get(0)).fetch(found.get(1)).run()) {
      assertThat(Tensors.scalar(result.get(0))).isEqualTo(3);
      assertThat(Tensors.scalar(result.get(1))).isEqualTo(5);
    }
  }

  @Test
  void liesInTheScopeThatItIsGiven() {
    Operand<TFloat32> x = tf.constant(3f);
    List<Operand<TFloat32>> found =
        Gradients.of(tf.withSubScope("Backward"), tf.math.square(x), List.of(x));
    assertThat(found.get(0).op().name()).startsWith("Backward/gradients/");
  }

  @Test
  void refusesALossThatDoesNotDepend() {
    Operand<TFloat32> x = tf.constant(3f);
    Placeholder<TFloat32> alone = tf.withName("alone").placeholder(TFloat32.class);
    Operand<TFloat32> loss = tf.withName("loss").math.square(x);
    assertThatThrownBy(() -> Gradients.of(tf, loss, List.of(x, alone)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the loss loss has no such gradient: ")
        .hasMessageContaining("'alone'");
  }

  /** Only its shape enters, which TensorFlow reports in another way than no path at all. */
  @Test
  void refusesALossThatDependsOnNoMoreThanAShape() {
    Operand<TFloat32> x = tf.withName("x").constant(3f);
    Operand<TFloat32> loss = tf.withName("loss").math.square(tf.zerosLike(x));
    assertThatThrownBy(() -> Gradients.of(tf, loss, List.of(x)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the loss loss does not depend on x");
  }

  @Test
  void namesTheOperationWithoutAGradient() {
    Operand<TFloat32> x = tf.constant(3f);
    Operand<TFloat32> loss = tf.withName("loss").math.nextAfter(x, tf.constant(4f));
    assertThatThrownBy(() -> Gradients.of(tf, loss, List.of(x)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NextAfter");
  }

  @Test
  void refusesALossThatIsNoScalar() {
    Operand<TFloat32> x = tf.constant(new float[] {1, 2});
    Operand<TFloat32> loss = tf.withName("loss").math.square(x);
    assertThatThrownBy(() -> Gradients.of(tf, loss, List.of(x)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the loss loss has the shape [2]");
  }
}
