package tsugiki.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.read.CyclicBufferAppender;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import tsugiki.base.Details;

/**
 * A run's {@code log.txt}, open: the lines of the process's log go to it too. Apart from {@link
 * Logs}, so that a verb that only shows its help does not load the logging library.
 */
final class LogFile implements AutoCloseable {
  /** The appender that keeps lines until there is a file. */
  private static final String EARLY = "early";

  private static final String TERMINAL = "terminal";

  private final Path path;
  private final FileAppender<ILoggingEvent> appender = new FileAppender<>();

  /** What keeps lines again when this file is closed. */
  private Optional<Appender<ILoggingEvent>> early = Optional.empty();

  private LogFile(Path path) {
    this.path = path;
  }

  /**
   * Opens one, after what is in it already.
   *
   * @param path the file, in a folder that exists
   * @param head the first texts of what is added now
   */
  static LogFile open(Path path, List<String> head) {
    LogFile file = new LogFile(path);
    Logger root = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(root.getLoggerContext());
    encoder.setPattern("%d{yyyy-MM-dd HH:mm:ss} %-5level %flags%n");
    encoder.start();
    file.appender.setContext(root.getLoggerContext());
    file.appender.setFile(path.toString());
    file.appender.setEncoder(encoder);
    file.appender.start();
    root.addAppender(file.appender);
    // What goes to the file alone.
    Logger details = logger(Details.LOGGER);
    details.setAdditive(false);
    details.addAppender(file.appender);
    head.forEach(text -> details.info("{}", text));
    file.addEarlier(root);
    return file;
  }

  /** Adds the lines of this process that came before the file. */
  private void addEarlier(Logger root) {
    if (root.getAppender(EARLY) instanceof CyclicBufferAppender<ILoggingEvent> lines) {
      for (int i = 0; i < lines.getLength(); i++) {
        appender.doAppend(lines.get(i));
      }
      lines.stop();
      // Logback complains of a line that comes to an appender which has stopped.
      root.detachAppender(lines);
      early = Optional.of(lines);
    }
  }

  /** Logs this program's DEBUG lines too, on the terminal and in every file. */
  static void verbose() {
    logger("tsugiki").setLevel(Level.DEBUG);
    logger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender(TERMINAL).clearAllFilters();
  }

  /** Writes a failure with its stack trace to this file alone. */
  void add(Throwable failure) {
    logger(Details.LOGGER).error("The run failed", failure);
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    Logger root = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAppender(appender);
    Logger details = logger(Details.LOGGER);
    details.detachAppender(appender);
    details.setAdditive(true);
    appender.stop();
    early.ifPresent(
        lines -> {
          lines.start();
          root.addAppender(lines);
        });
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }
}
