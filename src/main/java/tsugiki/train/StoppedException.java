package tsugiki.train;

/** A training, or a study, that was stopped from outside, with what it has done saved. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoppedException(long done, long steps) {
    this(
        done == 0
            ? "stopped before the first step"
            : "stopped after step %d of %d, which is saved".formatted(done, steps));
  }

  /** With what is whole, in words. */
  StoppedException(String message) {
    super(message);
  }

  private StoppedException(String message, StoppedException cause) {
    super(message, cause);
  }

  /** The same with the command that goes on. */
  public StoppedException withCommand(String command) {
    return new StoppedException(getMessage() + "; go on with " + command, this);
  }
}
