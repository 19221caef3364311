package tsugiki.train;

/** A training that cannot go on, because a value that it measures is no longer a number. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long step;

  DivergedException(long step, String name, double value) {
    super(
        "the training diverged: %s is %s at step %d; lower the learning rates"
            .formatted(name, value, step));
    this.step = step;
  }

  /** The step that was not finished. */
  public long step() {
    return step;
  }
}
