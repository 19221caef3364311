package tsugiki.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tsugiki.base.Environment;

/**
 * The log of this process. {@code tsugiki/cli/logback.xml} sets up the terminal's; a run adds its
 * {@code log.txt}, which begins with the command line, the versions and what the verb tells about
 * its data and options, and gets the stack trace of a failure.
 */
final class Logs {
  /** What {@link #alsoTo} opened, or null. */
  private static LogFile file;

  /** The folder of the first file of this call, or null. */
  private static Path run;

  /** The first lines of every file. */
  private static final List<String> HEAD = new ArrayList<>();

  private Logs() {}

  /**
   * Begins the log of one call of the program, and closes the file of an earlier one.
   *
   * @param words the verb and its flags, as typed
   */
  static void begin(List<String> words) {
    close();
    run = null;
    HEAD.clear();
    about("tsugiki " + words.stream().map(Logs::quoted).collect(Collectors.joining(" ")));
    about(
        "%s, %s, on %s"
            .formatted(Environment.program(), Environment.java(), Environment.machine()));
  }

  /**
   * Adds to what every file of this call begins with: the data that was found, the options.
   *
   * @param text one line or more
   */
  static void about(String text) {
    HEAD.add(text);
  }

  /** Logs this program's DEBUG lines too. */
  static void verbose() {
    LogFile.verbose();
  }

  /**
   * Sends the log to a run's file too, after what is in it already.
   *
   * @param log the file, in a folder that exists
   */
  static void alsoTo(Path log) {
    close();
    file = LogFile.open(log, HEAD);
    run = run == null ? log.getParent() : run;
  }

  /** The run that this call began or goes on with; of a study its own folder, not a training's. */
  static Optional<Path> run() {
    return Optional.ofNullable(run);
  }

  /**
   * Writes a failure with its stack trace to the run's file, if there is one.
   *
   * @return the file; empty before a run has added it
   */
  static Optional<Path> keep(Throwable failure) {
    if (file == null) {
      return Optional.empty();
    }
    file.add(failure);
    return Optional.of(file.path());
  }

  /** The command line of this call, as a shell would read it back. */
  static String command() {
    return HEAD.get(0);
  }

  /** As a shell would read it back. */
  static String quoted(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static void close() {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
