package tsugiki.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;
import tsugiki.graph.Reduce;

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
    int classes = Math.toIntExact(logits.shape().get(1));
    float elsewhere = smoothing / classes;
    Operand<TFloat32> targets =
        tf.oneHot(
            labels,
            tf.constant(classes),
            tf.constant(1 - smoothing + elsewhere),
            tf.constant(elsewhere));
    return Reduce.mean(tf, tf.nn.softmaxCrossEntropyWithLogits(logits, targets).loss());
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
    int classes = Math.toIntExact(logits.shape().get(1));
    Operand<TFloat32> targets =
        tf.oneHot(labels, tf.constant(classes), tf.constant(1f), tf.constant(0f));
    Operand<TFloat32> known =
        tf.dtypes.cast(tf.math.greaterEqual(labels, tf.constant(0L)), TFloat32.class);
    // A row of targets without a 1 has no loss, but TensorFlow gives it a gradient all the same.
    Operand<TFloat32> losses =
        tf.math.mul(known, tf.nn.softmaxCrossEntropyWithLogits(logits, targets).loss());
    return tf.math.div(
        Reduce.sum(tf, losses), tf.math.maximum(Reduce.sum(tf, known), tf.constant(1f)));
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
    return Reduce.mean(
        tf,
        tf.dtypes.cast(
            tf.math.equal(tf.math.argMax(logits, tf.constant(1)), labels), TFloat32.class));
  }
}
