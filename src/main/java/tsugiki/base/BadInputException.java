package tsugiki.base;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the caller gave cannot be used: a file, a folder, or the value of an argument. The message
 * is one sentence: which file or argument, what was found, and what to do.
 *
 * <p>Messages are written with the names of arguments in angle brackets, as in {@code ⟨batchSize⟩
 * is 0}. A Java caller reads {@code batchSize is 0}; the command line, whose flags have another
 * spelling, asks for the message in its own.
 */
public class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final Pattern ARGUMENT = Pattern.compile("⟨(\\w+)⟩");

  private final String marked;

  /**
   * Makes the exception.
   *
   * @param message the sentence, with the names of arguments in angle brackets
   */
  public BadInputException(String message) {
    this(message, null);
  }

  /**
   * Makes the exception with its cause.
   *
   * @param message the sentence, with the names of arguments in angle brackets
   * @param cause the failure underneath, for the log
   */
  public BadInputException(String message, Throwable cause) {
    super(spelled(message, UnaryOperator.identity()), cause);
    marked = message;
  }

  /**
   * The sentence with the arguments in the caller's own spelling.
   *
   * @param spelling from an argument's Java name, such as {@code batchSize}, to what the user typed
   */
  public String message(UnaryOperator<String> spelling) {
    return spelled(marked, spelling);
  }

  /** The sentence for a log, or to be passed on. */
  public Marked marked() {
    return new Marked(marked);
  }

  /** The same exception with words before its sentence, such as the file that it was found in. */
  public BadInputException in(String place) {
    return new BadInputException(place + ": " + marked, this);
  }

  /**
   * A text that names arguments, in the caller's own spelling.
   *
   * @param message with the names of arguments in angle brackets
   * @param spelling as for {@link #message}
   */
  public static String spelled(String message, UnaryOperator<String> spelling) {
    return ARGUMENT
        .matcher(message)
        .replaceAll(found -> Matcher.quoteReplacement(spelling.apply(found.group(1))));
  }
}
