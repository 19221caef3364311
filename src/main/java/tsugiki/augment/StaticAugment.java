package tsugiki.augment;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.Randomness;

/**
 * Static policies inside the training graph, for real images alone: half of the images of a step
 * stay as they are, and of the others each meets one of the policies, all as likely. So the
 * discriminator takes the changed images for real, as it does those of an enlarged dataset.
 */
public final class StaticAugment {
  private final Randomness random;
  private final List<StaticPolicy> policies;

  /**
   * Makes it.
   *
   * @param random where its numbers come from
   * @param policies what may be done, any but {@link StaticPolicy#GENERATED}; none changes nothing
   */
  public StaticAugment(Randomness random, List<StaticPolicy> policies) {
    this.random = random;
    this.policies = List.copyOf(policies);
  }

  /**
   * Augments a batch.
   *
   * @param x images [N, S, S, 3] in [−1, 1], N known
   * @param purpose distinguishes this use from others in the same step
   * @return the same shape and range
   */
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x, String purpose) {
    if (policies.isEmpty()) {
      return x;
    }
    int count = policies.size();
    Operand<TInt64> choice =
        random.integers(tf, purpose + " policy", Shape.of(x.shape().get(0), 1, 1, 1), 2L * count);
    Operand<TFloat32> y = x;
    for (int i = 0; i < count; i++) {
      Operand<TFloat32> chosen =
          tf.dtypes.cast(tf.math.equal(choice, tf.constant((long) i)), TFloat32.class);
      Operand<TFloat32> change = tf.math.sub(changed(tf, x, policies.get(i), purpose), x);
      y = tf.math.add(y, tf.math.mul(chosen, change));
    }
    return y;
  }

  private Operand<TFloat32> changed(
      Ops tf, Operand<TFloat32> x, StaticPolicy policy, String purpose) {
    return switch (policy) {
      case CONTRAST -> contrast(tf, x, purpose);
      case INVERT -> tf.math.neg(x);
      case HFLIP -> tf.reverse(x, tf.constant(new int[] {2}));
      case VFLIP -> tf.reverse(x, tf.constant(new int[] {1}));
      case GENERATED -> throw new IllegalArgumentException("a generator draws these");
    };
  }

  /** {@link StaticPolicy#CONTRAST} without the rounding to bytes. */
  private Operand<TFloat32> contrast(Ops tf, Operand<TFloat32> x, String purpose) {
    Shape perImage = Shape.of(x.shape().get(0), 1, 1, 1);
    Operand<TFloat32> part = random.uniform(tf, purpose + " contrast", perImage);
    Operand<TFloat32> side = random.uniform(tf, purpose + " direction", perImage);
    Operand<TFloat32> factor =
        tf.select(
            tf.math.less(side, tf.constant(0.5f)),
            between(tf, part, StaticPolicy.LOWER, StaticPolicy.LOWER_END),
            between(tf, part, StaticPolicy.HIGHER, StaticPolicy.HIGHER_END));
    Operand<TFloat32> mean = tf.math.mean(x, tf.constant(new int[] {1, 2, 3}), Mean.keepDims(true));
    Operand<TFloat32> stretched = tf.math.add(mean, tf.math.mul(factor, tf.math.sub(x, mean)));
    return tf.clipByValue(stretched, tf.constant(-1f), tf.constant(1f));
  }

  private static Operand<TFloat32> between(Ops tf, Operand<TFloat32> part, float low, float high) {
    return tf.math.add(tf.math.mul(part, tf.constant(high - low)), tf.constant(low));
  }
}
