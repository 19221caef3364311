package tsugiki.base;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/** Does something once, in the thread that logs, when a logger first has a line with some words. */
public final class OnLine extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Logger logger;
  private final String words;
  private final Runnable action;
  private boolean done;

  /**
   * One.
   *
   * @param name of the logger
   */
  public OnLine(String name, String words, Runnable action) {
    logger = (Logger) LoggerFactory.getLogger(name);
    this.words = words;
    this.action = action;
    start();
    logger.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (!done && event.getFormattedMessage().contains(words)) {
      done = true;
      action.run();
    }
  }

  /** Whether the line came. */
  public boolean done() {
    return done;
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    stop();
  }
}
