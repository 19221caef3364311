package tsugiki.loss;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Reduce;

/**
 * The perceptual loss (Johnson et al. 2016) with absolute differences: Σ over feature maps of
 * weight · mean |f(x) − f(target)|. The targets' maps are given as tensors, so that nobody computes
 * them twice.
 */
public final class PerceptualLoss {
  private PerceptualLoss() {}

  /**
   * The terms, one per map.
   *
   * @param maps the generated images' maps, each [N, H, W, C]
   * @param targets the training images' maps, the same shapes
   * @return a scalar for each map, unweighted
   */
  public static List<Operand<TFloat32>> terms(
      Ops tf, List<Operand<TFloat32>> maps, List<? extends Operand<TFloat32>> targets) {
    List<Operand<TFloat32>> terms = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      terms.add(Reduce.meanAbsoluteDifference(tf, maps.get(i), targets.get(i)));
    }
    return terms;
  }

  /**
   * Their weighted sum.
   *
   * @param terms scalars
   * @param weights a vector with a weight for each
   * @return a scalar
   */
  public static Operand<TFloat32> weighted(
      Ops tf, List<Operand<TFloat32>> terms, Operand<TFloat32> weights) {
    return Reduce.sum(tf, tf.math.mul(tf.stack(terms), weights));
  }
}
