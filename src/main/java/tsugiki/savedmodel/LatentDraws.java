package tsugiki.savedmodel;

import java.util.Random;
import tsugiki.base.BadInputException;
import tsugiki.graph.Randomness;

/**
 * Latent vectors for sampling, drawn in Java. Every image has its own seed, so that its vector is
 * the same in any batch, on any machine and in any version of Java: {@link Random} is specified to
 * the bit. In training, latent vectors come from {@link Randomness}, inside the graph.
 */
public final class LatentDraws {
  /** No truncation. */
  public static final double UNTRUNCATED = Double.POSITIVE_INFINITY;

  /** Below this, nearly every draw is outside and would be repeated for long. */
  public static final double MIN_TRUNCATION = 1e-3;

  private static final double SCALED_LIMIT = 2;

  private LatentDraws() {}

  /**
   * Checks a truncation.
   *
   * @param argument its name
   * @throws BadInputException if nearly no draw lies within it
   */
  public static void check(String argument, double truncation) {
    if (!(truncation >= MIN_TRUNCATION)) {
      throw new BadInputException(
          "⟨%s⟩ is %s; give %s or more".formatted(argument, (float) truncation, MIN_TRUNCATION));
    }
  }

  /**
   * Draws from N(0, 1) truncated to ±{@code truncation} (Brock et al. 2019, section 3.1): entries
   * outside are drawn again, and nothing is rescaled.
   *
   * @param length the length of a vector
   * @param truncation at least {@link #MIN_TRUNCATION}; {@link #UNTRUNCATED} for none. Smaller is
   *     less varied and better
   * @param seeds one for each image
   * @return [seeds, length], row-major
   * @throws BadInputException if the truncation is below {@link #MIN_TRUNCATION}
   */
  public static float[] normal(int length, double truncation, long... seeds) {
    check("truncation", truncation);
    float[] z = new float[Math.multiplyExact(seeds.length, length)];
    for (int image = 0; image < seeds.length; image++) {
      Random random = new Random(Randomness.mix(seeds[image], "latent"));
      for (int i = 0; i < length; i++) {
        z[image * length + i] = (float) normal(random, truncation);
      }
    }
    return z;
  }

  /**
   * Draws as DeepMind's modules of TensorFlow Hub are drawn from: from N(0, 1) truncated to ±2, and
   * then times {@code truncation}.
   *
   * @param truncation from {@link #MIN_TRUNCATION} to 1, or {@link #UNTRUNCATED} for N(0, 1)
   * @return [seeds, length], row-major
   * @throws BadInputException if the truncation is out of range
   */
  static float[] scaled(int length, double truncation, long... seeds) {
    if (truncation == UNTRUNCATED) {
      return normal(length, truncation, seeds);
    }
    if (!(truncation >= MIN_TRUNCATION && truncation <= 1)) {
      throw new BadInputException(
          "⟨truncation⟩ is %s; this generator has statistics for truncations up to 1, so give one from %s to 1, or none"
              .formatted(truncation, MIN_TRUNCATION));
    }
    float[] z = normal(length, SCALED_LIMIT, seeds);
    for (int i = 0; i < z.length; i++) {
      z[i] *= (float) truncation;
    }
    return z;
  }

  private static double normal(Random random, double truncation) {
    double draw = random.nextGaussian();
    while (Math.abs(draw) > truncation) {
      draw = random.nextGaussian();
    }
    return draw;
  }
}
