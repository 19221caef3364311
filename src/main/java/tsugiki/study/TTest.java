package tsugiki.study;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The power of Student's t-test, two-sided at 5 %: how likely it tells a difference that is there.
 * A difference is given as an effect: over the standard deviation of the differences of pairs, or
 * of the values of either group (Cohen's d).
 */
enum TTest {
  /** Both variants have the same seeds, and the differences of the pairs are tested against 0. */
  PAIRED {
    @Override
    int degrees(int seeds) {
      return seeds - 1;
    }

    @Override
    double pairs(double seeds) {
      return seeds;
    }
  },

  /** Every variant has seeds of its own, as many as the other. */
  UNPAIRED {
    @Override
    int degrees(int seeds) {
      return 2 * seeds - 2;
    }

    @Override
    double pairs(double seeds) {
      return seeds / 2;
    }
  };

  /** Stands for so many seeds or more. */
  static final int MOST = 10_000;

  private static final double LEVEL = 0.975;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** Beyond it a normal variable has a probability of 10⁻¹⁵. */
  private static final double REACH = 8;

  private static final double WIDEST_STEP = 1 / 16.0;
  private static final int HALVINGS = 40;

  /** The degrees of freedom of t. */
  abstract int degrees(int seeds);

  /** The variance of a value over that of the mean difference. */
  abstract double pairs(double seeds);

  /**
   * The chance that the test finds a difference: P(|T| > t(0.975, ν)), T being noncentral t with ν
   * degrees of freedom and δ = effect · √{@link #pairs}.
   *
   * <p>T is (Z + δ) / √(V / ν), so that the chance is the mean of F((Z + δ)² ν / t²) over the
   * normal variable Z, F being the distribution of V, χ² with ν degrees of freedom.
   *
   * @param seeds of a variant, 2 or more
   * @param effect 0 or more
   */
  double power(int seeds, double effect) {
    int degrees = degrees(seeds);
    double shift = effect * Math.sqrt(pairs(seeds));
    double t = TDistribution.of(degrees).inverseCumulativeProbability(LEVEL);
    ChiSquaredDistribution squares = ChiSquaredDistribution.of(degrees);
    // F rises from 0 to 1 over some t / √(2 ν), which the steps of the sum must not jump over.
    double step = Math.min(WIDEST_STEP, t / Math.sqrt(2.0 * degrees));
    int half = (int) Math.ceil(REACH / step);
    double sum = 0;
    for (int i = -half; i <= half; i++) {
      double z = i * step;
      double bound = (z + shift) / t;
      sum += NORMAL.density(z) * squares.cumulativeProbability(bound * bound * degrees);
    }
    return step * sum;
  }

  /**
   * The least number of seeds per variant with which the test finds an effect.
   *
   * @param effect above 0
   * @param power the wanted chance, 0.5 or more
   * @return from 2 to {@link #MOST}, which stands for that many or more
   */
  int seeds(double effect, double power) {
    double quantiles =
        NORMAL.inverseCumulativeProbability(LEVEL) + NORMAL.inverseCumulativeProbability(power);
    // With a known deviation so many were enough, and t never needs fewer.
    double least = Math.pow(quantiles / effect, 2) / pairs(1);
    int seeds = (int) Math.max(2, Math.min(MOST, least));
    while (seeds < MOST && power(seeds, effect) < power) {
      seeds++;
    }
    return seeds;
  }

  /**
   * The least effect that the test finds with so many seeds.
   *
   * @param seeds of a variant, 2 or more
   * @param power the wanted chance, below 1
   */
  double effect(int seeds, double power) {
    double low = 0;
    double high = 1;
    while (power(seeds, high) < power) {
      high *= 2;
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (power(seeds, middle) < power) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
