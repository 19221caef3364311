package tsugiki.base;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Texts that are too long for the terminal, such as all names of a long list. They go to the run's
 * log file, and to the terminal where the user asks for more.
 */
public final class Details {
  /** The name of their logger. */
  public static final String LOGGER = "tsugiki.details";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

  private Details() {}

  /**
   * Adds a text.
   *
   * @param text one line or more
   */
  public static void add(String text) {
    LOG.debug("{}", text);
  }
}
