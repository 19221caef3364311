package tsugiki.base;

/**
 * What the user gave cannot be used: a file, a flag, or a folder. The message is one sentence for
 * that person: which file or flag, what was found, and what to do. The command line prints it and
 * exits with code 2.
 */
public final class BadInputException extends RuntimeException {
  /**
   * Makes the exception.
   *
   * @param message the sentence that the user reads
   */
  public BadInputException(String message) {
    super(message);
  }

  /**
   * Makes the exception with what brought it about.
   *
   * @param message the sentence that the user reads
   * @param cause the failure underneath, for the log
   */
  public BadInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
