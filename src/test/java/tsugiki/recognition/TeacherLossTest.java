package tsugiki.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Weights;
import tsugiki.model.TeacherHeads;
import tsugiki.recognition.TeacherNetwork.Target;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

class TeacherLossTest {
  /**
   * Of two images with two channels each, the teacher says (1, 2) and (3, 6), around its mean 1:
   * squares of 0, 1, 4 and 25, of 7.5 on average. The student says (2, 1) and (3, 3), which leaves
   * 1, 1, 0 and 9, of 2.75. The stage's own map is compared in deviations, of 2.
   */
  @Test
  void theSharesAreOfTheSquaresAroundTheTeachersMean() {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(1);
      TeacherHeads heads = new TeacherHeads(List.of(2), weights, BatchNorm.Settings.stored(1e-5f));
      Operand<TFloat32> predicted =
          tf.reshape(tf.constant(new float[] {0.5f, 0, 1, 1}), tf.constant(Shape.of(2, 1, 1, 2)));
      TeacherLoss loss =
          new TeacherLoss(tf, List.of(new Target(1, 2)), 2, heads, List.of(predicted));
      WeightValues.set(session, heads.head(0).get("teacher_mean"), new float[] {1, 1});
      WeightValues.set(session, heads.head(0).get("teacher_deviation"), new float[] {2, 2});
      Map<Placeholder<?>, Tensor> feeds =
          loss.feeds(new ByteBuffer[] {halves(0x3c00, 0x4000), halves(0x4200, 0x4600)});
      Session.Runner runner =
          session.runner().fetch(loss.ofStages().get(0)).fetch(loss.ofFeatures());
      feeds.forEach(runner::feed);
      try (Result result = runner.run()) {
        assertThat(((TFloat32) result.get(0)).getFloat()).isCloseTo(0.6875f, within(1e-6f));
        assertThat(((TFloat32) result.get(1)).getFloat()).isCloseTo(2.75f / 7.5f, within(1e-6f));
      } finally {
        feeds.values().forEach(Tensor::close);
      }
    }
  }

  /** Floats of 16 bits as they are in memory. */
  private static ByteBuffer halves(int... bits) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * bits.length).order(ByteOrder.nativeOrder());
    for (int value : bits) {
      buffer.putShort((short) value);
    }
    return buffer.flip();
  }
}
