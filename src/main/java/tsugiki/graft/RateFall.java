package tsugiki.graft;

import java.util.Locale;
import tsugiki.train.Schedule;

/** How the learning rates fall while a graft learns. */
public enum RateFall {
  /**
   * In stairs, as the reference's: multiplied by {@code decay} after every {@code decayEvery}
   * steps.
   */
  STEPS {
    @Override
    Schedule schedule(float rate, LearningOptions learning) {
      return Schedule.decayed(rate, learning.decayEvery(), learning.decay());
    }
  },
  /** By half a cosine to a tenth over the steps of the run. */
  COSINE {
    @Override
    Schedule schedule(float rate, LearningOptions learning) {
      return Schedule.halfCosine(rate, learning.steps(), LAST_RATE);
    }
  },
  /** Along a line to a tenth over the steps of the run. */
  LINEAR {
    @Override
    Schedule schedule(float rate, LearningOptions learning) {
      return Schedule.linear(rate, learning.steps(), LAST_RATE);
    }
  };

  /** The last rate over the first, where rates fall over the run. */
  private static final double LAST_RATE = 0.1;

  /** The rate as a function of the step. */
  abstract Schedule schedule(float rate, LearningOptions learning);

  /** The name as it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
