package tsugiki.train;

/** A training that was stopped from outside, after a step that is saved. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoppedException(long done, long steps) {
    super("stopped after step %d of %d, which is saved".formatted(done, steps));
  }

  private StoppedException(String message, StoppedException cause) {
    super(message, cause);
  }

  /** The same with the command that goes on. */
  public StoppedException withCommand(String command) {
    return new StoppedException(getMessage() + "; go on with " + command, this);
  }
}
