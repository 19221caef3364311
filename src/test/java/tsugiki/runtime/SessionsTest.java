package tsugiki.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.base.SystemProperty;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;

class SessionsTest {
  private static String before;

  @BeforeAll
  static void remember() {
    before = System.getProperty(Sessions.REWRITE);
  }

  /** After a test that is {@link Optimised}. */
  @AfterAll
  static void theOptimiserIsAsItWas() {
    assertThat(System.getProperty(Sessions.REWRITE)).isEqualTo(before);
  }

  /**
   * TensorFlow has one pool of threads per process unless {@code TF_OVERRIDE_GLOBAL_THREADPOOL}
   * says otherwise: then the first session's number of threads would hold for all later ones, and a
   * resumed run would not have the number that its options record.
   */
  @Test
  void everySessionHasItsOwnNumberOfThreads() {
    float[] values = new float[1 << 20];
    Random random = new Random(3);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    float three = sum(values, 3);
    float one = sum(values, 1);
    assertThat(one).as("the order of a sum depends on the threads").isNotEqualTo(three);
    assertThat(sum(values, 3)).isEqualTo(three);
    assertThat(sum(values, 1)).isEqualTo(one);
  }

  @Optimised
  @Test
  void theOptimiserIsOnWhereATestAsksForItAndOffWhereItIsTurnedOff() {
    assertThat(optimises()).isTrue();
    try (SystemProperty off = new SystemProperty(Sessions.REWRITE, "0")) {
      assertThat(optimises()).isFalse();
    }
  }

  private static boolean optimises() {
    return !Sessions.config(Sessions.Settings.cpu())
        .getGraphOptions()
        .getRewriteOptions()
        .getDisableMetaOptimizer();
  }

  private static float sum(float[] values, int threads) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph, new Sessions.Settings(threads, 1, false));
        TFloat32 feed = Tensors.floats(Shape.of(values.length), values)) {
      Ops tf = GraphScope.ops(graph);
      Placeholder<TFloat32> x = tf.placeholder(TFloat32.class);
      Operand<TFloat32> sum = tf.math.mean(x, tf.constant(0));
      try (Result result = session.runner().feed(x, feed).fetch(sum).run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }
}
