package tsugiki.cli;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import tsugiki.base.BadInputException;

/** A log line's message, in which arguments in angle brackets are spelled as flags. */
public final class FlagSpelling extends MessageConverter {
  @Override
  public String convert(ILoggingEvent event) {
    return BadInputException.spelled(super.convert(event), Failures::flag);
  }
}
