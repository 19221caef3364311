package tsugiki.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;
import tsugiki.graph.Reduce;
import tsugiki.graph.Replicas;

/** The cross-entropy of softmax scores against labels, and how often the highest score is right. */
public final class CrossEntropy {
  private CrossEntropy() {}

  /**
   * Its mean over a batch, with smoothed labels (Szegedy et al. 2016): 1 − ε for the label and ε
   * spread over all classes alike.
   *
   * <p>By one-hot rows, since the form that takes labels has no gradient in TensorFlow's C++
   * registry.
   *
   * @param logits [N, K]
   * @param labels whole numbers 0 to K − 1 [N]
   * @param smoothing ε in [0, 1)
   * @return a scalar in nats
   */
  public static Operand<TFloat32> smoothed(
      Ops tf, Operand<TFloat32> logits, Operand<? extends TNumber> labels, float smoothing) {
    return Reduce.mean(tf, rows(tf, logits, labels, smoothing));
  }

  /**
   * The same over those rows alone that have a label: Σ loss · known / max(1, Σ known).
   *
   * @param labels whole numbers 0 to K − 1, or a negative number for a row without a label [N]
   * @return a scalar in nats, 0 where no row has a label
   */
  public static Operand<TFloat32> ofKnown(
      Ops tf, Operand<TFloat32> logits, Operand<TInt64> labels, float smoothing) {
    return meanWhereKnown(tf, rows(tf, logits, labels, smoothing), labels);
  }

  private static Operand<TFloat32> rows(
      Ops tf, Operand<TFloat32> logits, Operand<? extends TNumber> labels, float smoothing) {
    int classes = Math.toIntExact(logits.shape().get(1));
    float elsewhere = smoothing / classes;
    Operand<TFloat32> targets =
        tf.oneHot(
            labels,
            tf.constant(classes),
            tf.constant(1 - smoothing + elsewhere),
            tf.constant(elsewhere));
    return tf.nn.softmaxCrossEntropyWithLogits(logits, targets).loss();
  }

  private static Operand<TFloat32> meanWhereKnown(
      Ops tf, Operand<TFloat32> rows, Operand<TInt64> labels) {
    Operand<TFloat32> known =
        tf.dtypes.cast(tf.math.greaterEqual(labels, tf.constant(0L)), TFloat32.class);
    // Masked, since TensorFlow gives a row of targets without a 1 a gradient all the same.
    Operand<TFloat32> count =
        tf.math.maximum(
            Replicas.mean(tf, Reduce.sum(tf, known)), tf.constant(1f / Replicas.count(tf)));
    return tf.math.div(Reduce.sum(tf, tf.math.mul(rows, known)), count);
  }

  /**
   * Its mean over those of a batch whose label is known; 0 where none is.
   *
   * @param logits [N, K]
   * @param labels whole numbers 0 to K − 1 [N]; −1 for an unknown one
   * @return a scalar in nats
   */
  public static Operand<TFloat32> ofKnown(
      Ops tf, Operand<TFloat32> logits, Operand<TInt64> labels) {
    return ofKnown(tf, logits, labels, 0);
  }

  /**
   * The share of rows whose highest score is the label's.
   *
   * @param logits [N, K]
   * @param labels whole numbers 0 to K − 1 [N], int64
   * @return a scalar in [0, 1]
   */
  public static Operand<TFloat32> accuracy(
      Ops tf, Operand<TFloat32> logits, Operand<TInt64> labels) {
    return Reduce.mean(tf, right(tf, logits, labels));
  }

  /** The same over those rows alone whose label is not negative; 0 where there is none. */
  public static Operand<TFloat32> accuracyOfKnown(
      Ops tf, Operand<TFloat32> logits, Operand<TInt64> labels) {
    return meanWhereKnown(tf, right(tf, logits, labels), labels);
  }

  private static Operand<TFloat32> right(Ops tf, Operand<TFloat32> logits, Operand<TInt64> labels) {
    return tf.dtypes.cast(
        tf.math.equal(tf.math.argMax(logits, tf.constant(1)), labels), TFloat32.class);
  }
}
