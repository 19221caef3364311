package tsugiki.base;

import java.util.SplittableRandom;

/**
 * Random numbers that depend only on what they are for: the same seed, counter and purpose give the
 * same numbers, whatever was drawn before. A run that resumes therefore draws what it would have
 * drawn had it never stopped.
 *
 * <p>The key is mixed with the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014, with the constants of Stafford's variant 13).
 */
public final class StatelessRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private StatelessRandom() {}

  /**
   * Returns the generator for one purpose.
   *
   * @param seed of the run
   * @param counter a step, an epoch, or whatever is counted
   * @param purpose what the numbers are for, such as {@code "flip"}; other purposes give
   *     independent numbers
   * @return a generator at its beginning
   */
  public static SplittableRandom of(long seed, long counter, String purpose) {
    long key = mix(seed);
    key = mix(key + counter);
    key = mix(key + purpose.hashCode());
    return new SplittableRandom(key);
  }

  private static long mix(long value) {
    long z = value + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
