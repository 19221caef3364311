package tsugiki.gan;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.loss.CrossEntropy;
import tsugiki.model.ClassVectors;
import tsugiki.model.DiscriminatorHeads;

/**
 * The class head of S²GAN-CO (Lučić et al. 2019, section 3.2): it learns from the images whose
 * label is known, and labels the others for the projection. No gradient goes through such a label.
 *
 * @param heads the discriminator's
 * @param classes the number of classes
 * @param soft whether it labels by probabilities rather than by the likeliest class
 */
record CoTraining(DiscriminatorHeads heads, int classes, boolean soft) {
  /**
   * The logits of the head.
   *
   * @param hidden features of real, upright images [N, C]
   * @return logits [N, classes]
   */
  Operand<TFloat32> logits(Ops tf, Operand<TFloat32> hidden) {
    return heads.classLogits(tf, hidden, classes);
  }

  /**
   * The classes of the batch: known labels as they are, the others predicted by the head.
   *
   * @param logits [N, classes]
   * @param labels [N], {@link TrainingLabels#UNKNOWN} for those that are not known
   */
  ClassVectors completed(Ops tf, Operand<TFloat32> logits, Operand<TInt64> labels) {
    Operand<TFloat32> fixed = tf.stopGradient(logits);
    Operand<TInt64> unknown = tf.constant((long) TrainingLabels.UNKNOWN);
    if (!soft) {
      Operand<TInt64> likeliest = tf.math.argMax(fixed, tf.constant(1));
      return ClassVectors.ofLabels(
          tf.select(tf.math.equal(labels, unknown), likeliest, labels), classes);
    }
    Operand<TFloat32> known =
        tf.oneHot(labels, tf.constant(classes), tf.constant(1f), tf.constant(0f));
    return ClassVectors.ofProbabilities(
        tf.select(
            tf.expandDims(tf.math.equal(labels, unknown), tf.constant(1)),
            tf.nn.softmax(fixed),
            known));
  }

  /**
   * The loss, −E log p(class) over the images whose label is known.
   *
   * @param logits [N, classes]
   * @param labels [N], {@link TrainingLabels#UNKNOWN} for those that are not known
   * @return a scalar in nats
   */
  Operand<TFloat32> loss(Ops tf, Operand<TFloat32> logits, Operand<TInt64> labels) {
    return CrossEntropy.ofKnown(tf, logits, labels);
  }
}
