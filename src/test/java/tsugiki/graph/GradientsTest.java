package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
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

  /** They are in the graphs of others; an IdentityN of three or four is an own layer's too. */
  @Test
  void identitiesOfSeveralPassTheirGradientsOn() {
    Operand<TFloat32> x = tf.constant(3f);
    Operand<TFloat32> y = tf.constant(5f);
    Operand<TInt32> whole = tf.constant(1);
    for (List<Operand<?>> inputs :
        List.<List<Operand<?>>>of(
            List.of(x, y), List.of(x, y, x), List.of(x, y, whole), List.of(x, y, x, whole))) {
      List<Output<?>> passed = tf.identityN(inputs).output();
      Operand<TFloat32> first = passed.get(0).expect(TFloat32.class);
      Operand<TFloat32> second = passed.get(1).expect(TFloat32.class);
      List<Operand<TFloat32>> ofBoth =
          Gradients.of(tf, tf.math.mul(tf.math.square(first), second), List.of(x, y));
      // The other outputs get no gradient.
      Operand<TFloat32> ofOne = Gradients.of(tf, tf.math.square(first), List.of(x)).get(0);
      try (Result result =
          session.runner().fetch(ofBoth.get(0)).fetch(ofBoth.get(1)).fetch(ofOne).run()) {
        assertThat(Tensors.scalar(result.get(0))).as("%s inputs", inputs.size()).isEqualTo(30);
        assertThat(Tensors.scalar(result.get(1))).as("%s inputs", inputs.size()).isEqualTo(9);
        assertThat(Tensors.scalar(result.get(2))).as("%s inputs", inputs.size()).isEqualTo(6);
      }
    }
  }

  /** A loaded graph's nodes have other names, and there are several of a kind. */
  @Test
  void theLayersGradientsAreThoseOfTheirOwnInALoadedGraph() {
    GraphDef stored;
    String[] losses = new String[4];
    try (Graph made = new Graph()) {
      Ops ops = GraphScope.ops(made).withSubScope("Net");
      Operand<TFloat32> alpha = ops.constant(0f);
      Operand<TFloat32> places = ops.constant(new float[][][] {{{0.5f, 0.5f, 0.5f, 0.5f}}});
      for (int i = 0; i < losses.length; i++) {
        Operand<TFloat32> x =
            ops.withName("x" + i).constant(new float[][][][] {{{{-1}, {-1}}, {{-1}, {-1}}}});
        Operand<TFloat32> y =
            i % 2 == 0
                ? ParametricSoftsign.apply(ops, x, alpha)
                : BilinearSamples.at(ops, x, places);
        int[] axes = IntStream.range(0, y.shape().numDimensions()).toArray();
        losses[i] = ops.sum(y, ops.constant(axes)).op().name();
      }
      stored = made.toGraphDef();
    }
    graph.importGraphDef(stored, "loaded");
    for (int i = 0; i < losses.length; i++) {
      Operand<TFloat32> gradient =
          Gradients.of(tf, loaded(losses[i]), List.of(loaded("Net/x" + i))).get(0);
      try (Result result = session.runner().fetch(gradient).run()) {
        // The softsign's slope at -1, and the share of one of four pixels.
        assertThat(Tensors.toFloats((TFloat32) result.get(0)))
            .containsExactly(0.25f, 0.25f, 0.25f, 0.25f);
      }
    }
  }

  private Operand<TFloat32> loaded(String name) {
    return graph.operation("loaded/" + name).<TFloat32>output(0).expect(TFloat32.class);
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
