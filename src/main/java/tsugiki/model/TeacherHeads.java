package tsugiki.model;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Conv2d;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Weights;

/**
 * The heads by which a distilled {@link FeatureNetwork} predicts the maps of a larger frozen
 * network, its teacher (Romero et al. 2015, "FitNets"): a 1×1 convolution of every stage's map.
 * They predict standardised channels; mean and scale of the teacher's channels are kept, so that
 * the pooled prediction has the teacher's own units.
 *
 * @param channels of the teacher's map that each stage predicts, fine ones first
 * @param weights where its variables are
 * @param norm as that of the network
 */
public record TeacherHeads(List<Integer> channels, Weights weights, BatchNorm.Settings norm) {
  /**
   * Predicts the teacher's maps.
   *
   * @param maps each stage's map; the last one is normalised already
   * @return [N, H, W, channels] for each of them, of mean 0 per channel; one scale for all channels
   *     of a stage, so that the mean of their variances is 1
   */
  public List<Operand<TFloat32>> maps(Ops tf, List<Operand<TFloat32>> maps) {
    List<Operand<TFloat32>> predicted = new ArrayList<>();
    for (int i = 0; i < channels.size(); i++) {
      Ops scope = tf.withSubScope("Teacher" + i);
      Weights head = head(i);
      Operand<TFloat32> x = maps.get(i);
      if (i < channels.size() - 1) {
        x = scope.nn.relu(BatchNorm.withGain(scope, head.in("norm"), norm, x).apply(scope, x));
      }
      Initializer init = Initializer.normal((float) Math.sqrt(1.0 / x.shape().get(3)));
      Operand<TFloat32> mixed =
          Conv2d.same(scope, head, Kernels.PLAIN, x, channels.get(i), 1, init);
      predicted.add(Conv2d.bias(scope, head, mixed));
    }
    return predicted;
  }

  /**
   * The prediction of the teacher's features.
   *
   * @param last the last of {@link #maps}
   * @return the mean over its pixels in the teacher's units [N, channels]
   */
  public Operand<TFloat32> features(Ops tf, Operand<TFloat32> last) {
    int stage = channels.size() - 1;
    Operand<TFloat32> pooled = tf.math.mean(last, tf.constant(new int[] {1, 2}));
    return tf.math.add(tf.math.mul(pooled, deviation(tf, stage)), mean(tf, stage));
  }

  /** The mean of the teacher's channels at a stage [C]. */
  public Operand<TFloat32> mean(Ops tf, int stage) {
    Shape shape = Shape.of(channels.get(stage));
    return head(stage).untrained(tf, "teacher_mean", shape, Initializer.zeros());
  }

  /**
   * The scale of the teacher's channels at a stage [C], the same for all of them: the root of the
   * mean of their variances over images and places.
   */
  public Operand<TFloat32> deviation(Ops tf, int stage) {
    Shape shape = Shape.of(channels.get(stage));
    return head(stage).untrained(tf, "teacher_deviation", shape, Initializer.ones());
  }

  /** Where the variables of a stage's head are. */
  public Weights head(int stage) {
    return weights.in("teacher_" + stage);
  }
}
