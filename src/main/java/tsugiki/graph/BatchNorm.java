package tsugiki.graph;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Batch normalisation (Ioffe and Szegedy 2015) of NHWC maps, as the {@link Affine} map that it is.
 * Five kinds of statistics:
 *
 * <ul>
 *   <li>{@link Mode#BATCH}: the batch's own; the running ones move towards them (x ← decay·x + (1 −
 *       decay)·batch).
 *   <li>{@link Mode#ACCUMULATE}: the batch's own, added to sums: run it over many batches of fresh
 *       latent vectors, then {@link #standing} gives their mean. These "standing" statistics (Brock
 *       et al. 2019, appendix C) are what a generator should be exported with: running ones lag
 *       behind its weights.
 *   <li>{@link Mode#STORED}: the ones in the variables {@code mean} and {@code variance}; constant,
 *       so that the layer folds into its neighbours.
 *   <li>{@link Mode#SETS}: a mixture of several stored sets, such as those of different truncations
 *       (Brock et al. 2019, appendix C.1): the variables are [sets, C].
 *   <li>{@link Mode#IMAGE}: each image's own (Ulyanov et al. 2016): what a network does that learns
 *       from a single image. Nothing is kept, or the running statistics move towards their mean.
 * </ul>
 */
public final class BatchNorm {
  /** What the stored means are called among a layer's weights. */
  public static final String MEAN = "mean";

  /** What the stored variances are called. */
  public static final String VARIANCE = "variance";

  /** Whether a weight of that path is a stored mean or variance. */
  public static boolean isStatistics(String path) {
    return path.endsWith("/" + MEAN) || path.endsWith("/" + VARIANCE);
  }

  /** Where the statistics come from. */
  public enum Mode {
    /** From the batch, moving the running statistics. */
    BATCH,
    /** From the batch, adding to the standing statistics. */
    ACCUMULATE,
    /** From the variables. */
    STORED,
    /** From several sets in the variables, mixed. */
    SETS,
    /** From each image of the batch by itself. */
    IMAGE
  }

  /**
   * What a network's normalisations have in common.
   *
   * @param mode where the statistics come from
   * @param epsilon added to the variance
   * @param decay of the running statistics
   * @param updates takes the new statistics; unused with {@link Mode#STORED}, and null where {@link
   *     Mode#IMAGE} keeps nothing
   * @param shares of the stored sets in the mixture [1, sets]; null unless they are {@link
   *     Mode#SETS}
   */
  public record Settings(
      Mode mode, float epsilon, float decay, PendingUpdates updates, Operand<TFloat32> shares) {
    /** Statistics that are no mixture of sets. */
    public Settings(Mode mode, float epsilon, float decay, PendingUpdates updates) {
      this(mode, epsilon, decay, updates, null);
    }

    /** Stored statistics. */
    public static Settings stored(float epsilon) {
      return new Settings(Mode.STORED, epsilon, 0, null);
    }

    /**
     * A mixture of several stored sets.
     *
     * @param shares of each set [1, sets]
     */
    public static Settings sets(float epsilon, Operand<TFloat32> shares) {
      return new Settings(Mode.SETS, epsilon, 0, null, shares);
    }

    /** Each image's own statistics. */
    public static Settings image(float epsilon) {
      return new Settings(Mode.IMAGE, epsilon, 0, null);
    }

    /**
     * Each image's own statistics, towards whose mean the running ones move with a decay of 0.9.
     */
    public static Settings image(float epsilon, PendingUpdates updates) {
      return new Settings(Mode.IMAGE, epsilon, 0.9f, updates);
    }

    /** Batch statistics with a decay of 0.9. */
    public static Settings batch(float epsilon, PendingUpdates updates) {
      return new Settings(Mode.BATCH, epsilon, 0.9f, updates);
    }

    /** Batch statistics that are summed up. */
    public static Settings accumulate(float epsilon, PendingUpdates updates) {
      return new Settings(Mode.ACCUMULATE, epsilon, 0, updates);
    }
  }

  private BatchNorm() {}

  /**
   * The normalisation of x without gain and bias.
   *
   * @param x [N, H, W, C]
   * @return the map to mean 0 and variance 1 of each channel
   */
  public static Affine normalise(Ops tf, Weights weights, Settings settings, Operand<TFloat32> x) {
    if (settings.mode() == Mode.IMAGE && settings.updates() == null) {
      return ofImages(tf, settings, x, Optional.empty());
    }
    Shape channels = Shape.of(x.shape().get(3));
    if (settings.mode() == Mode.SETS) {
      return ofSets(tf, weights, settings, channels.get(0));
    }
    Variable<TFloat32> mean = weights.untrained(tf, MEAN, channels, Initializer.zeros());
    Variable<TFloat32> variance = weights.untrained(tf, VARIANCE, channels, Initializer.ones());
    if (settings.mode() == Mode.STORED) {
      return affine(tf, mean, variance, settings.epsilon());
    }
    if (settings.mode() == Mode.IMAGE) {
      return ofImages(tf, settings, x, Optional.of(new Running(mean, variance)));
    }
    // Of the whole batch, also where replicas have a share of it each.
    Operand<TFloat32> batchMean =
        Replicas.mean(tf, tf.math.mean(x, tf.constant(new int[] {0, 1, 2})));
    Operand<TFloat32> batchVariance =
        Replicas.mean(
            tf,
            tf.math.mean(
                tf.math.squaredDifference(x, batchMean), tf.constant(new int[] {0, 1, 2})));
    if (settings.mode() == Mode.BATCH) {
      settings.updates().add(mean, moved(tf, mean, batchMean, settings.decay()));
      settings.updates().add(variance, moved(tf, variance, batchVariance, settings.decay()));
    } else {
      accumulate(tf, weights, settings.updates(), channels, batchMean, batchVariance);
    }
    return affine(tf, batchMean, batchVariance, settings.epsilon());
  }

  /**
   * The normalisation of x with a trained gain [C] that starts at one and a trained bias [C] that
   * starts at zero.
   */
  public static Affine withGain(Ops tf, Weights weights, Settings settings, Operand<TFloat32> x) {
    Shape channels = Shape.of(x.shape().get(3));
    return normalise(tf, weights, settings, x)
        .then(
            tf,
            weights.trained(tf, "gain", channels, Initializer.ones()),
            weights.trained(tf, "bias", channels, Initializer.zeros()));
  }

  /**
   * Class-conditional batch normalisation (Dumoulin et al. 2017, de Vries et al. 2017) as BigGAN
   * has it: gain 1 + W_γ·y and bias W_β·y, both dense layers without bias on the condition y.
   *
   * @param y [N, D], the chunk of the latent vector and the class embedding, one after the other
   */
  public static Affine conditional(
      Ops tf,
      Weights weights,
      Kernels kernels,
      Settings settings,
      Operand<TFloat32> x,
      Operand<TFloat32> y,
      Initializer init) {
    return conditional(tf, weights, kernels, settings, x, y, 1, init);
  }

  /**
   * The same with another constant in the gain.
   *
   * @param constant what is added to W_γ·y: 1 in BigGAN, 0 in google/compare_gan
   */
  public static Affine conditional(
      Ops tf,
      Weights weights,
      Kernels kernels,
      Settings settings,
      Operand<TFloat32> x,
      Operand<TFloat32> y,
      float constant,
      Initializer init) {
    long channels = x.shape().get(3);
    Operand<TFloat32> gain =
        Dense.withoutBias(tf.withSubScope("Gain"), weights.in("gain"), kernels, y, channels, init);
    Operand<TFloat32> bias =
        Dense.withoutBias(tf.withSubScope("Bias"), weights.in("bias"), kernels, y, channels, init);
    return normalise(tf, weights, settings, x)
        .then(tf, constant == 0 ? gain : tf.math.add(gain, tf.constant(constant)), bias);
  }

  /**
   * Standing statistics from their sums.
   *
   * @param sums a sum of batch statistics
   * @param count how many batches it is of
   * @return their mean
   */
  public static float[] standing(float[] sums, float count) {
    float[] result = new float[sums.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = sums[i] / count;
    }
    return result;
  }

  private static Affine ofSets(Ops tf, Weights weights, Settings settings, long channels) {
    Operand<TFloat32> shares = settings.shares();
    Shape sets = Shape.of(shares.shape().get(1), channels);
    return affine(
        tf,
        tf.linalg.matMul(shares, weights.untrained(tf, MEAN, sets, Initializer.zeros())),
        tf.linalg.matMul(shares, weights.untrained(tf, VARIANCE, sets, Initializer.ones())),
        settings.epsilon());
  }

  /** The variables of the running statistics [C]. */
  private record Running(Variable<TFloat32> mean, Variable<TFloat32> variance) {}

  private static Affine ofImages(
      Ops tf, Settings settings, Operand<TFloat32> x, Optional<Running> running) {
    Operand<TInt32> pixels = tf.constant(new int[] {1, 2});
    Operand<TFloat32> mean = tf.math.mean(x, pixels, Mean.keepDims(true));
    Operand<TFloat32> variance = tf.math.mean(tf.math.squaredDifference(x, mean), pixels);
    Operand<TFloat32> means = tf.squeeze(mean, Squeeze.axis(List.of(1L, 2L)));
    running.ifPresent(
        kept -> {
          move(tf, settings, kept.mean(), means);
          move(tf, settings, kept.variance(), variance);
        });
    return affine(tf, means, variance, settings.epsilon());
  }

  /** Moves a running statistic towards the mean of the images' [N, C]. */
  private static void move(
      Ops tf, Settings settings, Variable<TFloat32> kept, Operand<TFloat32> ofImages) {
    Operand<TFloat32> now = tf.math.mean(ofImages, tf.constant(0));
    settings.updates().add(kept, moved(tf, kept, now, settings.decay()));
  }

  private static Affine affine(
      Ops tf, Operand<TFloat32> mean, Operand<TFloat32> variance, float epsilon) {
    // Pow instead of Rsqrt, which has no second derivative in TensorFlow's C++ registry.
    Operand<TFloat32> scale =
        tf.math.pow(tf.math.add(variance, tf.constant(epsilon)), tf.constant(-0.5f));
    return new Affine(scale, tf.math.neg(tf.math.mul(mean, scale)));
  }

  private static Operand<TFloat32> moved(
      Ops tf, Operand<TFloat32> old, Operand<TFloat32> now, float decay) {
    return tf.math.add(old, tf.math.mul(tf.math.sub(now, old), tf.constant(1 - decay)));
  }

  private static void accumulate(
      Ops tf,
      Weights weights,
      PendingUpdates updates,
      Shape channels,
      Operand<TFloat32> mean,
      Operand<TFloat32> variance) {
    Variable<TFloat32> means = weights.untrained(tf, "mean_sum", channels, Initializer.zeros());
    Variable<TFloat32> variances =
        weights.untrained(tf, "variance_sum", channels, Initializer.zeros());
    Variable<TFloat32> count =
        weights.untrained(tf, "sum_count", Shape.scalar(), Initializer.zeros());
    updates.add(means, tf.math.add(means, mean));
    updates.add(variances, tf.math.add(variances, variance));
    updates.add(count, tf.math.add(count, tf.constant(1f)));
  }
}
