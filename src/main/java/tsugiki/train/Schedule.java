package tsugiki.train;

/** The learning rate of a group of weights, as a function of the step. */
@FunctionalInterface
public interface Schedule {
  /**
   * The learning rate of a step.
   *
   * @param step its number from 0
   */
  float at(long step);

  /** The same rate at every step. */
  static Schedule constant(float rate) {
    return step -> rate;
  }

  /**
   * A rate that falls in stairs.
   *
   * @param rate the rate of the first steps
   * @param every steps after which the rate is multiplied by {@code factor}
   */
  static Schedule decayed(float rate, long every, float factor) {
    return step -> (float) Math.pow(factor, step / every) * rate;
  }

  /**
   * A rate that rises linearly over the first twentieth of the steps, then falls to zero by half a
   * cosine (Loshchilov and Hutter 2017).
   *
   * @param highest the highest rate
   * @param steps the step at which it reaches zero
   */
  static Schedule cosine(float highest, long steps) {
    return cosine(highest, steps, 0);
  }

  /**
   * The same with a rate that stays at its highest before it falls.
   *
   * @param highest the highest rate
   * @param steps the step at which it reaches zero
   * @param flat the share of the steps, from 0 to 1, after which it begins to fall, if that is
   *     after its rise
   */
  static Schedule cosine(float highest, long steps, double flat) {
    double rise = Math.max(1, 0.05 * steps);
    double fall = Math.max(rise, flat * steps);
    return step -> {
      if (step + 1 < rise) {
        return (float) (highest * (step + 1) / rise);
      }
      double share = Math.min(1, Math.max(0, step + 1 - fall) / Math.max(1, steps - fall));
      return (float) (highest * 0.5 * (1 + Math.cos(Math.PI * share)));
    };
  }

  /**
   * A rate that falls from the first step to the last by half a cosine.
   *
   * @param rate the rate of the first step
   * @param steps the step at which it reaches {@code last}, and where it stays
   * @param last the last rate over the first
   */
  static Schedule halfCosine(float rate, long steps, double last) {
    return step -> {
      double share = Math.min(1, step / (double) Math.max(1, steps));
      return (float) (rate * (last + (1 - last) * (1 + Math.cos(Math.PI * share)) / 2));
    };
  }

  /**
   * A rate that falls along a line.
   *
   * @param rate the rate of the first step
   * @param steps the step at which it reaches {@code last}, and where it stays
   * @param last the last rate over the first
   */
  static Schedule linear(float rate, long steps, double last) {
    return step -> {
      double share = Math.min(1, step / (double) Math.max(1, steps));
      return (float) (rate * (1 - (1 - last) * share));
    };
  }
}
