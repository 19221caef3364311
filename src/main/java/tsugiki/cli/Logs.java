package tsugiki.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** The log of this process; {@code logback.xml} sets it up, a run adds its {@code log.txt}. */
final class Logs {
  private Logs() {}

  /** Logs this program's DEBUG lines too. */
  static void verbose() {
    ((Logger) LoggerFactory.getLogger("tsugiki")).setLevel(Level.DEBUG);
  }

  /**
   * Sends the log to a run's file too, after what is in it already.
   *
   * @param log the file, in a folder that exists
   */
  static void alsoTo(Path log) {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(root.getLoggerContext());
    encoder.setPattern("%d{yyyy-MM-dd HH:mm:ss} %-5level %msg%n");
    encoder.start();
    FileAppender<ILoggingEvent> file = new FileAppender<>();
    file.setContext(root.getLoggerContext());
    file.setFile(log.toString());
    file.setEncoder(encoder);
    file.start();
    root.addAppender(file);
  }

  /** Ends what {@link #alsoTo} began, so that a verb's log does not get the next verb's lines. */
  static void toNoFile() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    List<Appender<ILoggingEvent>> files = new ArrayList<>();
    root.iteratorForAppenders().forEachRemaining(files::add);
    for (Appender<ILoggingEvent> file : files) {
      if (file instanceof FileAppender) {
        root.detachAppender(file);
        file.stop();
      }
    }
  }

  /**
   * The file that the log goes to.
   *
   * @return the file; empty before a run has added it
   */
  static Optional<Path> file() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    for (Iterator<Appender<ILoggingEvent>> i = root.iteratorForAppenders(); i.hasNext(); ) {
      if (i.next() instanceof FileAppender<ILoggingEvent> file) {
        return Optional.of(Path.of(file.getFile()));
      }
    }
    return Optional.empty();
  }
}
