package tsugiki.augment;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.Randomness;

/**
 * Differentiable augmentation (Zhao et al. 2020, "Differentiable Augmentation for Data-Efficient
 * GAN Training"): real and generated images pass it on their way to the discriminator, in the steps
 * of both networks. By the paper (section 3) a generator learns to draw the augmentation where real
 * images alone pass it, and does not where both do. Every image of a batch draws its own
 * transformation.
 */
public final class DiffAugment {
  /** The parts of the paper's policies. */
  public enum Part {
    /** Brightness ±0.5, saturation × U(0, 2), contrast × U(0.5, 1.5). */
    COLOR,
    /** A shift by up to an eighth of the side, zeros outside. */
    TRANSLATION,
    /** A square of half the side set to zero. */
    CUTOUT;

    /** The name as it is written on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Randomness random;
  private final Set<Part> parts;

  /**
   * Makes a policy.
   *
   * @param random where its numbers come from
   * @param parts what it does, in the order of {@link Part}
   */
  public DiffAugment(Randomness random, Set<Part> parts) {
    this.random = random;
    this.parts = parts.isEmpty() ? EnumSet.noneOf(Part.class) : EnumSet.copyOf(parts);
  }

  /**
   * Augments a batch. A run of the result needs the number of the step, fed to {@link
   * Randomness#step}.
   *
   * @param x images [N, S, S, 3] in [−1, 1], N and S known
   * @param purpose distinguishes this use from others in the same step
   * @return the same shape; colours may leave the range, up to −5 and 5. Without parts it is {@code
   *     x}, of any shape
   * @throws IllegalArgumentException if there are parts and {@code x} has another shape
   */
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x, String purpose) {
    if (parts.isEmpty()) {
      return x;
    }
    checkShape(x.shape());
    Operand<TFloat32> y = x;
    if (parts.contains(Part.COLOR)) {
      y = color(tf.withSubScope("Color"), y, purpose);
    }
    if (parts.contains(Part.TRANSLATION)) {
      y = translation(tf.withSubScope("Translation"), y, purpose);
    }
    if (parts.contains(Part.CUTOUT)) {
      y = cutout(tf.withSubScope("Cutout"), y, purpose);
    }
    return y;
  }

  /** Of other images the products would mix rows, or those of two images. */
  private static void checkShape(Shape shape) {
    if (shape.hasUnknownDimension()
        || shape.numDimensions() != 4
        || shape.get(1) != shape.get(2)
        || shape.get(3) != 3) {
      throw new IllegalArgumentException(
          "DiffAugment takes images of the shape [N, S, S, 3], all known, and was given " + shape);
    }
  }

  private Operand<TFloat32> color(Ops tf, Operand<TFloat32> x, String purpose) {
    Operand<TFloat32> brightness =
        tf.math.sub(perImage(tf, x, purpose + " brightness"), tf.constant(0.5f));
    Operand<TFloat32> y = tf.math.add(x, brightness);
    Operand<TFloat32> grey = tf.math.mean(y, tf.constant(3), Mean.keepDims(true));
    Operand<TFloat32> saturation =
        tf.math.mul(perImage(tf, x, purpose + " saturation"), tf.constant(2f));
    y = around(tf, y, grey, saturation);
    Operand<TFloat32> level =
        tf.math.mean(y, tf.constant(new int[] {1, 2, 3}), Mean.keepDims(true));
    Operand<TFloat32> contrast =
        tf.math.add(perImage(tf, x, purpose + " contrast"), tf.constant(0.5f));
    return around(tf, y, level, contrast);
  }

  /** centre + factor·(x − centre). */
  private static Operand<TFloat32> around(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> centre, Operand<TFloat32> factor) {
    return tf.math.add(centre, tf.math.mul(tf.math.sub(x, centre), factor));
  }

  /**
   * A shift is a product with a matrix that has ones beside its diagonal: two small matrix products
   * per image, and a gradient that needs no scattering.
   */
  private Operand<TFloat32> translation(Ops tf, Operand<TFloat32> x, String purpose) {
    long side = x.shape().get(1);
    long reach = Math.round(side / 8.0);
    Operand<TFloat32> down = shift(tf, x, purpose + " down", side, reach);
    Operand<TFloat32> right = shift(tf, x, purpose + " right", side, reach);
    Operand<TFloat32> rows = tf.reshape(x, tf.constant(new long[] {-1, side, side * 3}));
    Operand<TFloat32> moved =
        tf.reshape(
            tf.train.batchMatMul(down, rows, TFloat32.class),
            tf.constant(new long[] {-1, side, side, 3}));
    Operand<TFloat32> columns = tf.linalg.transpose(moved, tf.constant(new int[] {0, 2, 1, 3}));
    Operand<TFloat32> both =
        tf.train.batchMatMul(
            right,
            tf.reshape(columns, tf.constant(new long[] {-1, side, side * 3})),
            TFloat32.class);
    return tf.linalg.transpose(
        tf.reshape(both, tf.constant(new long[] {-1, side, side, 3})),
        tf.constant(new int[] {0, 2, 1, 3}));
  }

  /** [N, side, side] with ones where the column is the row plus the image's shift. */
  private Operand<TFloat32> shift(
      Ops tf, Operand<TFloat32> x, String purpose, long side, long reach) {
    Operand<TInt64> by =
        tf.math.sub(
            random.integers(tf, purpose, Shape.of(x.shape().get(0), 1, 1), 2 * reach + 1),
            tf.constant(reach));
    Operand<TInt64> row = tf.reshape(indices(tf, side), tf.constant(new long[] {1, side, 1}));
    Operand<TInt64> column = tf.reshape(indices(tf, side), tf.constant(new long[] {1, 1, side}));
    return tf.dtypes.cast(tf.math.equal(column, tf.math.add(row, by)), TFloat32.class);
  }

  private Operand<TFloat32> cutout(Ops tf, Operand<TFloat32> x, String purpose) {
    long side = x.shape().get(1);
    Operand<TFloat32> rows = band(tf, x, purpose + " row", side);
    Operand<TFloat32> columns = band(tf, x, purpose + " column", side);
    Operand<TFloat32> hole =
        tf.math.mul(
            tf.reshape(rows, tf.constant(new long[] {-1, side, 1, 1})),
            tf.reshape(columns, tf.constant(new long[] {-1, 1, side, 1})));
    return tf.math.mul(x, tf.math.sub(tf.constant(1f), hole));
  }

  /** [N, side] with ones in a run of half the side, whose centre is anywhere on the side. */
  private Operand<TFloat32> band(Ops tf, Operand<TFloat32> x, String purpose, long side) {
    Operand<TInt64> centre = random.integers(tf, purpose, Shape.of(x.shape().get(0), 1), side + 1);
    Operand<TInt64> from = tf.math.sub(centre, tf.constant(side / 4));
    Operand<TInt64> place = tf.reshape(indices(tf, side), tf.constant(new long[] {1, side}));
    return tf.dtypes.cast(
        tf.math.logicalAnd(
            tf.math.greaterEqual(place, from),
            tf.math.less(place, tf.math.add(from, tf.constant(side / 2)))),
        TFloat32.class);
  }

  private Operand<TFloat32> perImage(Ops tf, Operand<TFloat32> x, String purpose) {
    return random.uniform(tf, purpose, Shape.of(x.shape().get(0), 1, 1, 1));
  }

  private static Operand<TInt64> indices(Ops tf, long side) {
    return tf.range(tf.constant(0L), tf.constant(side), tf.constant(1L));
  }
}
