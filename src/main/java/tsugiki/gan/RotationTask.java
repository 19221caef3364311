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
 * 3.3): the last images of a batch are also shown turned, in the same pass, and a head of the
 * discriminator tells the angle. The discriminator learns it on real images, the generator on its
 * own, so that it draws what has an upright.
 *
 * @param heads the discriminator's
 * @param turned how many images of a batch are also shown turned
 */
record RotationTask(DiscriminatorHeads heads, int turned) {
  /**
   * What the discriminator looks at.
   *
   * @param upright [N, S, S, 3]
   * @return [N + 3·turned, S, S, 3], the upright ones first
   */
  Operand<TFloat32> shown(Ops tf, Operand<TFloat32> upright) {
    int batch = Math.toIntExact(upright.shape().get(0));
    return Rotation.withTurned(tf.withSubScope("Turning"), upright, batch - turned, turned);
  }

  /**
   * The head's answers on the images at all four angles.
   *
   * @param hidden features of {@link #shown} [N + 3·turned, C]
   * @return logits [4·turned, 4]
   */
  Operand<TFloat32> logits(Ops tf, Operand<TFloat32> hidden) {
    int seen = Rotation.TURNS * turned;
    int all = Math.toIntExact(hidden.shape().get(0));
    return heads.turnLogits(tf, Rows.of(tf, hidden, all - seen, seen));
  }

  /**
   * The loss, −E log p(angle).
   *
   * @param logits [4·turned, 4]
   * @return a scalar in nats
   */
  Operand<TFloat32> loss(Ops tf, Operand<TFloat32> logits) {
    return CrossEntropy.smoothed(tf, logits, Rotation.labels(tf, turned), 0);
  }
}
