package tsugiki.base;

import com.google.common.base.Throwables;

/** What another process, or another training of this one, uses now. It can be used later. */
public final class InUseException extends BadInputException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message as for {@link BadInputException}
   */
  public InUseException(String message) {
    super(message);
  }

  /** Whether a failure is one, or comes from one. */
  public static boolean isCauseOf(Throwable failure) {
    return Throwables.getCausalChain(failure).stream().anyMatch(InUseException.class::isInstance);
  }
}
