package tsugiki.train;

import java.util.Map;
import java.util.function.LongSupplier;

/** A training that cannot go on, because a value that it measures is no longer a number. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String BEFORE =
      ", before anything was learned, so that no learning rate is to blame; look for an option far"
          + " from its default, such as a noise or the weight of a loss";
  private static final String AFTER =
      "; lower the learning rates, or bring other options back towards their defaults";

  private final long step;

  /**
   * Makes the exception.
   *
   * @param step the step that was not finished, from 0
   * @param kept the step of the last checkpoint, 0 for none
   */
  DivergedException(long step, String name, double value, long kept) {
    super(
        "the training diverged: %s is %s at step %d%s%s"
            .formatted(
                name,
                value,
                step,
                step == 0 ? BEFORE : AFTER,
                kept > 0 ? "; the last checkpoint is that of step " + kept : ""));
    this.step = step;
  }

  /**
   * Looks at what a step has measured.
   *
   * @param kept tells the step of the last checkpoint
   */
  static void check(long step, Map<String, Double> measured, LongSupplier kept) {
    measured.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw new DivergedException(step, name, value, kept.getAsLong());
          }
        });
  }

  /**
   * Looks at weights before they take the place of a checkpoint from which a training can go on: a
   * step's losses are those of the weights before it.
   *
   * @param kept tells the step of the last checkpoint
   */
  static void checkWeights(long step, Map<String, float[]> weights, LongSupplier kept) {
    weights.forEach(
        (name, values) -> {
          for (float value : values) {
            if (!Float.isFinite(value)) {
              throw new DivergedException(step, "the weight " + name, value, kept.getAsLong());
            }
          }
        });
  }

  /** The step that was not finished. */
  public long step() {
    return step;
  }
}
