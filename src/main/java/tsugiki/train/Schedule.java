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
}
