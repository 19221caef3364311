package tsugiki.recognition;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Reduce;
import tsugiki.graph.Replicas;
import tsugiki.graph.Resample;
import tsugiki.model.TeacherHeads;
import tsugiki.recognition.TeacherNetwork.Target;

/**
 * How far a student's predictions are from its teacher's maps, as shares of the maps' variance that
 * stay unexplained: of every stage over all standardised channels alike, and of the pooled features
 * in the teacher's own units, in which scores measure distances.
 */
final class TeacherLoss {
  private static final float SMALLEST = 1e-8f;

  private final List<Target> targets;
  private final List<Placeholder<TFloat16>> fed = new ArrayList<>();
  private final List<Operand<TFloat32>> floats = new ArrayList<>();
  private final List<Operand<TFloat32>> ofStages = new ArrayList<>();
  private final Operand<TFloat32> ofFeatures;

  /**
   * Builds it.
   *
   * @param batch images of a replica's share, −1 for any number
   * @param heads of the student
   * @param predicted what they predict of the images [N, side, side, C], at the student's own sides
   */
  TeacherLoss(
      Ops tf,
      List<Target> targets,
      int batch,
      TeacherHeads heads,
      List<Operand<TFloat32>> predicted) {
    this.targets = targets;
    int all = batch < 0 ? batch : batch * Replicas.count(tf);
    for (int i = 0; i < targets.size(); i++) {
      Ops scope = tf.withSubScope("Stage" + i);
      int side = targets.get(i).side();
      Placeholder<TFloat16> target =
          scope
              .withName("target")
              .placeholder(
                  TFloat16.class,
                  Placeholder.shape(Shape.of(all, side, side, targets.get(i).channels())));
      fed.add(target);
      Operand<TFloat32> map = scope.dtypes.cast(Replicas.rows(scope, target), TFloat32.class);
      floats.add(map);
      Operand<TFloat32> standardised =
          scope.math.div(scope.math.sub(map, heads.mean(scope, i)), heads.deviation(scope, i));
      Operand<TFloat32> own = predicted.get(i);
      Operand<TFloat32> coarse = own.shape().get(1) > side ? Resample.halved(scope, own) : own;
      ofStages.add(Reduce.mean(scope, scope.math.squaredDifference(coarse, standardised)));
    }
    ofFeatures = featureLoss(tf.withSubScope("Features"), heads, predicted);
  }

  private Operand<TFloat32> featureLoss(
      Ops tf, TeacherHeads heads, List<Operand<TFloat32>> predicted) {
    int last = targets.size() - 1;
    Operand<TFloat32> wanted = tf.math.mean(floats.get(last), tf.constant(new int[] {1, 2}));
    Operand<TFloat32> given = heads.features(tf, predicted.get(last));
    Operand<TFloat32> left = Reduce.mean(tf, tf.math.squaredDifference(given, wanted));
    Operand<TFloat32> all =
        Replicas.mean(tf, Reduce.mean(tf, tf.math.squaredDifference(wanted, heads.mean(tf, last))));
    return tf.math.div(left, tf.math.maximum(all, tf.constant(SMALLEST)));
  }

  /** The unexplained share of every stage's map, scalars. */
  List<Operand<TFloat32>> ofStages() {
    return ofStages;
  }

  /** The unexplained share of the pooled features, a scalar. */
  Operand<TFloat32> ofFeatures() {
    return ofFeatures;
  }

  /** The mean over places and images of the teacher's maps and of their squares, [C] each. */
  List<Operand<TFloat32>> moments(Ops tf) {
    List<Operand<TFloat32>> moments = new ArrayList<>();
    for (Operand<TFloat32> map : floats) {
      moments.add(tf.math.mean(map, tf.constant(new int[] {0, 1, 2})));
      moments.add(tf.math.mean(tf.math.square(map), tf.constant(new int[] {0, 1, 2})));
    }
    return moments;
  }

  /**
   * What is fed for a batch; the caller closes it.
   *
   * @param rows of the images, each with the maps behind one another in 16 bits, from its position
   *     on
   */
  Map<Placeholder<?>, Tensor> feeds(ByteBuffer[] rows) {
    Map<Placeholder<?>, Tensor> feeds = new HashMap<>();
    for (int i = 0; i < targets.size(); i++) {
      Target target = targets.get(i);
      byte[] all = new byte[2 * rows.length * target.length()];
      for (int row = 0; row < rows.length; row++) {
        rows[row].get(all, row * 2 * target.length(), 2 * target.length());
      }
      TFloat16 tensor =
          TFloat16.tensorOf(Shape.of(rows.length, target.side(), target.side(), target.channels()));
      tensor.asRawTensor().data().write(all);
      feeds.put(fed.get(i), tensor);
    }
    return feeds;
  }
}
