package tsugiki.base;

import java.util.function.UnaryOperator;

/**
 * A part of a log's line that names arguments. Any log prints their Java names; the command line's
 * spells them as flags.
 *
 * @param text with the names of arguments in angle brackets, as in {@link BadInputException}
 */
public record Marked(String text) {
  @Override
  public String toString() {
    return BadInputException.spelled(text, UnaryOperator.identity());
  }
}
