package tsugiki.graph;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * Random numbers without state, keyed by (seed, step, purpose): any step's numbers can be had
 * without the steps before it, so that a resumed run draws what an unbroken one would have drawn.
 */
public final class Randomness {
  private final long seed;
  private final Placeholder<TInt64> step;

  /** Whether what is drawn has a row per image of a replica's share of the batch. */
  private final boolean perImage;

  /**
   * Makes the source for one graph.
   *
   * @param tf the scope of the placeholder {@code step}
   * @param seed the run's seed
   */
  public Randomness(Ops tf, long seed) {
    this(
        seed,
        tf.withName("step").placeholder(TInt64.class, Placeholder.shape(Shape.scalar())),
        false);
  }

  private Randomness(long seed, Placeholder<TInt64> step, boolean perImage) {
    this.seed = seed;
    this.step = step;
    this.perImage = perImage;
  }

  /**
   * The same source for numbers of which every image of a batch has its own: it draws them for the
   * whole batch and gives a replica those of its share. A shape's first number is then that of the
   * images of a share.
   */
  public Randomness perImage() {
    return new Randomness(seed, step, true);
  }

  /** The scalar to feed with the step's number. */
  public Placeholder<TInt64> step() {
    return step;
  }

  /** Draws from N(0, 1), float. */
  public Operand<TFloat32> normal(Ops tf, String purpose, Shape shape) {
    return share(tf, tf.random.statelessRandomNormal(whole(tf, shape), key(tf, purpose)));
  }

  /**
   * Draws from N(0, 1) cut at ±{@code cut}, float: the distribution that {@code
   * savedmodel.LatentDraws} draws the latent vectors of samples from.
   *
   * @param cut above 0; infinity for no cut
   */
  public Operand<TFloat32> cutNormal(Ops tf, String purpose, Shape shape, double cut) {
    if (Double.isInfinite(cut)) {
      return normal(tf, purpose, shape);
    }
    return share(
        tf,
        tf.random.statelessParameterizedTruncatedNormal(
            whole(tf, shape),
            key(tf, purpose),
            tf.constant(0f),
            tf.constant(1f),
            tf.constant((float) -cut),
            tf.constant((float) cut)));
  }

  /** Draws from the uniform distribution on [0, 1), float. */
  public Operand<TFloat32> uniform(Ops tf, String purpose, Shape shape) {
    return share(tf, tf.random.statelessRandomUniform(whole(tf, shape), key(tf, purpose)));
  }

  /** Whole numbers, each of 0 … bound − 1 as likely. */
  public Operand<TInt64> integers(Ops tf, String purpose, Shape shape, long bound) {
    return share(
        tf,
        tf.random.statelessRandomUniformInt(
            whole(tf, shape), key(tf, purpose), tf.constant(0L), tf.constant(bound)));
  }

  /**
   * Whole numbers from a distribution of one's own.
   *
   * @param shares of 0, 1, …, each 0 or more, summing to 1
   */
  public Operand<TInt64> draws(Ops tf, String purpose, Shape shape, double[] shares) {
    float[] reached = new float[shares.length - 1];
    double sum = 0;
    for (int i = 0; i < reached.length; i++) {
      sum += shares[i];
      // Nothing is drawn from the trailing classes without a share, however the sum is rounded.
      reached[i] = sum < 1 - 1e-9 ? (float) sum : 1f;
    }
    Operand<TFloat32> uniform =
        tf.expandDims(uniform(tf, purpose, shape), tf.constant(shape.numDimensions()));
    return tf.sum(
        tf.dtypes.cast(tf.math.greaterEqual(uniform, tf.constant(reached)), TInt64.class),
        tf.constant(shape.numDimensions()));
  }

  /** The shape of what is drawn for all replicas together. */
  private Operand<TInt64> whole(Ops tf, Shape shape) {
    int count = perImage ? Replicas.count(tf) : 1;
    return tf.constant(count == 1 ? shape : shape.tail().prepend(shape.get(0) * count));
  }

  private <T extends TType> Operand<T> share(Ops tf, Operand<T> drawn) {
    return perImage ? Replicas.rows(tf, drawn) : drawn;
  }

  private Operand<TInt64> key(Ops tf, String purpose) {
    return tf.stack(List.of(tf.constant(mix(seed, purpose)), step));
  }

  /** A 64-bit key of a seed and a purpose. */
  public static long mix(long seed, String purpose) {
    return Hashing.murmur3_128()
        .newHasher()
        .putLong(seed)
        .putString(purpose, StandardCharsets.UTF_8)
        .hash()
        .asLong();
  }
}
