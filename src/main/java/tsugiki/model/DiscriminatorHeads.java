package tsugiki.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Dense;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Rotation;
import tsugiki.graph.Weights;

/**
 * The heads on a discriminator's hidden features: the score, and as in S³GAN (Lučić et al. 2019,
 * section 3) a linear classifier of the image's class and one of the quarter turns by which it is
 * shown.
 *
 * @param weights the discriminator's; every head has a path of its own below
 * @param kernels the constraint on the heads' kernels
 */
public record DiscriminatorHeads(Weights weights, Kernels kernels) {
  private static final Initializer INIT = Initializer.orthogonal(1);

  /**
   * The score, with a projection on the class.
   *
   * @param hidden features [N, C]
   * @param classes of the images
   * @return [N, 1], higher for what looks real
   */
  public Operand<TFloat32> score(Ops tf, Operand<TFloat32> hidden, ClassVectors classes) {
    return ProjectionHead.apply(
        tf.withSubScope("Head"), weights.in("head"), kernels, hidden, classes);
  }

  /**
   * The predicted class of an image.
   *
   * @param hidden features [N, C]
   * @param count the number of classes
   * @return logits [N, count]
   */
  public Operand<TFloat32> classLogits(Ops tf, Operand<TFloat32> hidden, int count) {
    return Dense.apply(
        tf.withSubScope("ClassHead"), weights.in("class_head"), kernels, hidden, count, INIT);
  }

  /**
   * The predicted rotation of an image, in counter-clockwise quarter turns.
   *
   * @param hidden features [N, C]
   * @return logits [N, 4] of 0°, 90°, 180° and 270°
   */
  public Operand<TFloat32> rotationLogits(Ops tf, Operand<TFloat32> hidden) {
    return Dense.apply(
        tf.withSubScope("TurnHead"),
        weights.in("turn_head"),
        kernels,
        hidden,
        Rotation.TURNS,
        INIT);
  }
}
