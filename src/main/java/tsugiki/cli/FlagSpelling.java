package tsugiki.cli;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Arrays;
import org.slf4j.helpers.MessageFormatter;
import tsugiki.base.BadInputException;
import tsugiki.base.Marked;

/** A log line's message, in which the arguments of {@link Marked} parts are spelled as flags. */
public final class FlagSpelling extends MessageConverter {
  @Override
  public String convert(ILoggingEvent event) {
    Object[] parts = event.getArgumentArray();
    if (parts == null || Arrays.stream(parts).noneMatch(Marked.class::isInstance)) {
      return super.convert(event);
    }
    Object[] spelled = Arrays.stream(parts).map(FlagSpelling::spelled).toArray();
    return MessageFormatter.basicArrayFormat(event.getMessage(), spelled);
  }

  private static Object spelled(Object part) {
    return part instanceof Marked marked
        ? BadInputException.spelled(marked.text(), Failures::flag)
        : part;
  }
}
