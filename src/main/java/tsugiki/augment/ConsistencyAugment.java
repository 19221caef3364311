package tsugiki.augment;

import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Randomness;

/**
 * The augmentation of consistency regularisation (Zhang et al. 2020): images are mirrored left to
 * right with probability ½ and shifted by up to an eighth of the side, with zeros outside.
 */
public final class ConsistencyAugment {
  private final Randomness random;
  private final DiffAugment shift;

  /**
   * Makes it.
   *
   * @param random where its numbers come from
   */
  public ConsistencyAugment(Randomness random) {
    this.random = random;
    shift = new DiffAugment(random, Set.of(DiffAugment.Part.TRANSLATION));
  }

  /**
   * Augments a batch.
   *
   * @param x images [N, S, S, 3], N and S known
   * @param purpose distinguishes this use from others in the same step
   * @return the same shape
   */
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x, String purpose) {
    Operand<TFloat32> mirrored =
        tf.dtypes.cast(
            random.integers(tf, purpose + " mirror", Shape.of(x.shape().get(0), 1, 1, 1), 2),
            TFloat32.class);
    Operand<TFloat32> change = tf.math.sub(tf.reverse(x, tf.constant(new int[] {2})), x);
    return shift.apply(tf, tf.math.add(x, tf.math.mul(mirrored, change)), purpose);
  }
}
