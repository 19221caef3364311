package tsugiki.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** The log of this process; {@code logback.xml} sets it up, a run adds its {@code log.txt}. */
final class Logs {
  /**
   * What {@link #alsoTo} opened. It is kept here and not looked up, so that a verb that only shows
   * its help does not load the logging library.
   */
  private static FileAppender<ILoggingEvent> file;

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
    toNoFile();
    Logger root = root();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(root.getLoggerContext());
    encoder.setPattern("%d{yyyy-MM-dd HH:mm:ss} %-5level %msg%n");
    encoder.start();
    file = new FileAppender<>();
    file.setContext(root.getLoggerContext());
    file.setFile(log.toString());
    file.setEncoder(encoder);
    file.start();
    root.addAppender(file);
  }

  /** Ends what {@link #alsoTo} began, so that a verb's log does not get the next verb's lines. */
  static void toNoFile() {
    if (file != null) {
      root().detachAppender(file);
      file.stop();
      file = null;
    }
  }

  /**
   * The file that the log goes to.
   *
   * @return the file; empty before a run has added it
   */
  static Optional<Path> file() {
    return Optional.ofNullable(file).map(appender -> Path.of(appender.getFile()));
  }

  /** Writes a failure with its stack trace into the run's file, where there is one. */
  static void failure(Throwable failure) {
    if (file != null) {
      file.doAppend(
          new LoggingEvent(
              Logs.class.getName(), root(), Level.ERROR, "The run failed", failure, null));
    }
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
