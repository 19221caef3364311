package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.CropAndResize;
import org.tensorflow.op.image.CropAndResizeGradImage;
import org.tensorflow.op.sparse.SparseTensorDenseMatMul;
import org.tensorflow.types.TFloat32;

/** What the conformance test cannot see of the gradient. */
class BilinearSamplesTest {
  /** TensorFlow's own adds to a pixel from several threads, so that no two runs need be equal. */
  @Test
  void theGradientIsNotTheOneWhoseThreadsRace() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Operand<TFloat32> images = tf.fill(tf.constant(new int[] {2, 4, 4, 3}), tf.constant(1f));
      Operand<TFloat32> places = tf.fill(tf.constant(new int[] {2, 9, 4}), tf.constant(0.5f));
      Operand<TFloat32> samples =
          BilinearSamples.at(
              tf,
              tf.reshape(images, tf.constant(new long[] {2, 4, 4, 3})),
              tf.reshape(places, tf.constant(new long[] {2, 9, 4})));
      Operand<TFloat32> sum = tf.sum(samples, tf.constant(new int[] {0, 1, 2}));
      Operand<TFloat32> gradient = Gradients.of(tf, sum, List.of(images)).get(0);
      Ancestors nodes = new Ancestors(graph);
      assertThat(nodes.of(List.of(sum.op().name(), gradient.op().name())))
          .extracting(name -> nodes.node(name).getOp())
          .contains(CropAndResize.OP_NAME, SparseTensorDenseMatMul.OP_NAME)
          .doesNotContain(CropAndResizeGradImage.OP_NAME);
    }
  }
}
