package tsugiki.gan;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Rotation;
import tsugiki.graph.Rows;
import tsugiki.loss.CrossEntropy;
import tsugiki.model.DiscriminatorHeads;

/**
 * Rotation self-supervision in a GAN (Chen et al. 2019; as S³GAN has it, Lučić et al. 2019, section
 * 3.3): the last images of a batch pass the discriminator rotated too, in the same pass, and a head
 * predicts the angle. The discriminator learns it on real images and the generator on its own, so
 * that generated images have an upright.
 *
 * @param heads the discriminator's
 * @param rotated how many images of a batch are also rotated
 */
record RotationTask(DiscriminatorHeads heads, int rotated) {
  /**
   * Adds the rotated images to a batch.
   *
   * @param upright [N, S, S, 3]
   * @return [N + 3·rotated, S, S, 3], the upright ones first
   */
  Operand<TFloat32> withRotated(Ops tf, Operand<TFloat32> upright) {
    int batch = Math.toIntExact(upright.shape().get(0));
    return Rotation.withTurned(tf.withSubScope("Turning"), upright, batch - rotated, rotated);
  }

  /**
   * The predicted rotations of the images at all four angles.
   *
   * @param hidden features of {@link #withRotated} [N + 3·rotated, C]
   * @return logits [4·rotated, 4]
   */
  Operand<TFloat32> logits(Ops tf, Operand<TFloat32> hidden) {
    int count = Rotation.TURNS * rotated;
    int all = Math.toIntExact(hidden.shape().get(0));
    return heads.rotationLogits(tf, Rows.of(tf, hidden, all - count, count));
  }

  /**
   * The loss, −E log p(angle).
   *
   * @param logits [4·rotated, 4]
   * @return a scalar in nats
   */
  Operand<TFloat32> loss(Ops tf, Operand<TFloat32> logits) {
    return CrossEntropy.smoothed(tf, logits, Rotation.labels(tf, rotated), 0);
  }
}
