package tsugiki.augment;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.augment.AdaptiveDraws.Normal;
import tsugiki.augment.AdaptiveDraws.Uniform;
import tsugiki.graph.Randomness;

/**
 * The augmentation of ADA (Karras et al. 2020, appendix B), its pipeline "bgc": blits (mirroring,
 * quarter turns, whole-pixel shifts), geometry (scale, turn, stretch, shift) and colours
 * (brightness, contrast, luma flip, hue, saturation). Each transformation happens to each image
 * with the probability p. Below p of about 0.8 a generator cannot gain by drawing augmented images:
 * the unchanged image stays the most frequent one.
 */
public final class AdaptiveAugment {
  private static final float SHIFT = 0.125f;
  private static final float SCALE = 0.2f;
  private static final float FRACTION = 0.125f;
  private static final float BRIGHTNESS = 0.2f;
  private static final float CONTRAST = 0.5f;
  private static final float LN2 = (float) Math.log(2);
  private static final float PI = (float) Math.PI;

  private final Randomness random;

  /**
   * Makes the pipeline.
   *
   * @param random where its numbers come from
   */
  public AdaptiveAugment(Randomness random) {
    this.random = random;
  }

  /**
   * Augments a batch.
   *
   * @param x images [N, S, S, 3] in [−1, 1], N and S known
   * @param probability p, a scalar of 0 or more; 1 and more is always
   * @param purpose distinguishes this use from others in the same step
   * @return the same shape; colours may leave the range, without a bound: some strengths are of
   *     normal distributions
   */
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> probability, String purpose) {
    AdaptiveDraws draws =
        new AdaptiveDraws(tf, random, x.shape().get(0), probability, purpose + " ada");
    Matrices matrices = new Matrices(tf, x.shape().get(0));
    Operand<TFloat32> inverse = geometry(tf, matrices, draws, x.shape().get(1));
    return colour(tf, matrices, draws, Warp.apply(tf.withSubScope("Warp"), x, inverse));
  }

  /** From a place in the augmented image to the place in the image, both from its centre. */
  private static Operand<TFloat32> geometry(
      Ops tf, Matrices matrices, AdaptiveDraws draws, long side) {
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> flip =
        draws.gated(Uniform.FLIP_GATE, floor(tf, draws.of(Uniform.FLIP), 2), 0);
    Operand<TFloat32> inverse =
        matrices.scale(tf.math.sub(one, tf.math.mul(tf.constant(2f), flip)), matrices.same(1));
    Operand<TFloat32> quarters =
        draws.gated(Uniform.QUARTER_GATE, floor(tf, draws.of(Uniform.QUARTERS), 4), 0);
    inverse = matrices.product(inverse, matrices.quarterTurn(quarters));
    inverse =
        matrices.product(
            inverse,
            matrices.shift(
                pixels(tf, draws, Uniform.SHIFT_X, side),
                pixels(tf, draws, Uniform.SHIFT_Y, side)));
    Operand<TFloat32> scale =
        draws.gated(Uniform.SCALE_GATE, power(tf, draws.of(Normal.SCALE), SCALE), 1);
    Operand<TFloat32> smaller = tf.math.div(one, scale);
    inverse = matrices.product(inverse, matrices.scale(smaller, smaller));
    inverse = turned(tf, matrices, draws, inverse, Uniform.FIRST_TURN_GATE, Uniform.FIRST_TURN);
    Operand<TFloat32> stretch =
        draws.gated(Uniform.STRETCH_GATE, power(tf, draws.of(Normal.STRETCH), SCALE), 1);
    inverse = matrices.product(inverse, matrices.scale(tf.math.div(one, stretch), stretch));
    inverse = turned(tf, matrices, draws, inverse, Uniform.SECOND_TURN_GATE, Uniform.SECOND_TURN);
    return matrices.product(
        inverse,
        matrices.shift(
            fraction(tf, draws, Normal.FRACTION_X, side),
            fraction(tf, draws, Normal.FRACTION_Y, side)));
  }

  private static Operand<TFloat32> turned(
      Ops tf,
      Matrices matrices,
      AdaptiveDraws draws,
      Operand<TFloat32> inverse,
      Uniform gate,
      Uniform turn) {
    return matrices.product(
        inverse,
        matrices.turn(
            draws.gatedTurn(gate, tf.math.mul(signed(tf, draws.of(turn)), tf.constant(PI)))));
  }

  /** A shift by whole pixels, against its direction. */
  private static Operand<TFloat32> pixels(Ops tf, AdaptiveDraws draws, Uniform number, long side) {
    Operand<TFloat32> part =
        draws.gated(
            Uniform.SHIFT_GATE, tf.math.mul(signed(tf, draws.of(number)), tf.constant(SHIFT)), 0);
    return tf.math.neg(tf.math.round(tf.math.mul(part, tf.constant((float) side))));
  }

  private static Operand<TFloat32> fraction(Ops tf, AdaptiveDraws draws, Normal number, long side) {
    Operand<TFloat32> part =
        draws.gated(Uniform.FRACTION_GATE, tf.math.mul(draws.of(number), tf.constant(FRACTION)), 0);
    return tf.math.mul(part, tf.constant((float) -side));
  }

  /** Products of all three colours with a matrix per image, and a sum. */
  private static Operand<TFloat32> colour(
      Ops tf, Matrices matrices, AdaptiveDraws draws, Operand<TFloat32> x) {
    Operand<TFloat32> brightness =
        draws.gated(
            Uniform.BRIGHTNESS_GATE,
            tf.math.mul(draws.of(Normal.BRIGHTNESS), tf.constant(BRIGHTNESS)),
            0);
    Operand<TFloat32> contrast =
        draws.gated(Uniform.CONTRAST_GATE, power(tf, draws.of(Normal.CONTRAST), CONTRAST), 1);
    Operand<TFloat32> luma =
        draws.gated(Uniform.LUMA_GATE, floor(tf, draws.of(Uniform.LUMA), 2), 0);
    Operand<TFloat32> hue =
        draws.gated(
            Uniform.HUE_GATE, tf.math.mul(signed(tf, draws.of(Uniform.HUE)), tf.constant(PI)), 0);
    Operand<TFloat32> saturation =
        draws.gated(Uniform.SATURATION_GATE, power(tf, draws.of(Normal.SATURATION), 1), 1);

    // With v = (1, 1, 1)/√3: a reflection at the plane across v, a turn about v, a scale across v.
    Operand<TFloat32> reflected =
        matrices.plus(matrices.same(1), tf.math.mul(luma, tf.constant(-2f / 3)));
    Operand<TFloat32> cos = tf.math.cos(hue);
    Operand<TFloat32> sin = tf.math.mul(tf.math.sin(hue), tf.constant((float) Math.sqrt(1.0 / 3)));
    Operand<TFloat32> third = tf.math.mul(tf.math.sub(tf.constant(1f), cos), tf.constant(1f / 3));
    Operand<TFloat32> turned =
        matrices.circulant(
            tf.math.add(third, cos), tf.math.sub(third, sin), tf.math.add(third, sin));
    Operand<TFloat32> saturated =
        matrices.plus(
            saturation, tf.math.mul(tf.math.sub(tf.constant(1f), saturation), tf.constant(1f / 3)));
    Operand<TFloat32> after = matrices.product(saturated, matrices.product(turned, reflected));
    Operand<TFloat32> all = matrices.product(after, matrices.diagonal(contrast));

    long[] shape = x.shape().asArray();
    Operand<TFloat32> rows =
        tf.reshape(x, tf.constant(new long[] {shape[0], shape[1] * shape[2], 3}));
    Operand<TFloat32> mixed =
        tf.train.batchMatMul(
            rows, tf.linalg.transpose(all, tf.constant(new int[] {0, 2, 1})), TFloat32.class);
    // The brightness of a grey goes through all that comes after it.
    Operand<TFloat32> grey =
        tf.math.mul(
            tf.reshape(brightness, tf.constant(new long[] {shape[0], 1, 1})),
            tf.expandDims(tf.sum(all, tf.constant(2)), tf.constant(1)));
    return tf.reshape(tf.math.add(mixed, grey), tf.constant(shape));
  }

  /** [0, 1) to −1 … 1. */
  private static Operand<TFloat32> signed(Ops tf, Operand<TFloat32> uniform) {
    return tf.math.sub(tf.math.mul(uniform, tf.constant(2f)), tf.constant(1f));
  }

  /** [0, 1) to 0, 1, …, count − 1. */
  private static Operand<TFloat32> floor(Ops tf, Operand<TFloat32> uniform, int count) {
    return tf.math.floor(tf.math.mul(uniform, tf.constant((float) count)));
  }

  /** 2 to the power of a normal number of that deviation. */
  private static Operand<TFloat32> power(Ops tf, Operand<TFloat32> normal, float deviation) {
    return tf.math.exp(tf.math.mul(normal, tf.constant(deviation * LN2)));
  }
}
