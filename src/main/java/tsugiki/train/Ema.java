package tsugiki.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Weight;

/**
 * The exponential moving average of a network's weights: what is sampled from and exported. Run its
 * node after the step, in a run of its own, so that it reads the new weights.
 */
public final class Ema {
  private Ema() {}

  /**
   * The node that moves every average towards its source: a ← a + (1 − decay)·(w − a).
   *
   * @param averages the weights of the averaged network
   * @param source gives what an average follows; a kernel under spectral normalisation is averaged
   *     as it is multiplied by, W/σ, so that the averaged network is a plain one; BigGAN-PyTorch
   *     and compare_gan average W and normalise the average
   * @param decay a scalar in [0, 1)
   * @return a node to run as a target
   */
  public static NoOp node(
      Ops tf,
      List<Weight> averages,
      Function<Weight, Operand<TFloat32>> source,
      Operand<TFloat32> decay) {
    Operand<TFloat32> share = tf.math.sub(tf.constant(1f), decay);
    List<Op> nodes = new ArrayList<>();
    for (Weight average : averages) {
      Operand<TFloat32> gap = tf.math.sub(source.apply(average), average.variable());
      nodes.add(tf.assignAdd(average.variable(), tf.math.mul(gap, share)));
    }
    return tf.withControlDependencies(nodes).noOp();
  }
}
