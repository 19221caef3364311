package tsugiki.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import picocli.CommandLine;
import tsugiki.base.BadInputException;
import tsugiki.cluster.PartWork;

/**
 * An executor's share in a study: it does trials that no other process does or has done, as a
 * process with {@code --resume} on the same folder does, until all are finished. One training runs
 * in a process at a time.
 *
 * @param words of the command line
 */
record StudyShare(List<String> words) implements PartWork<Integer, Integer> {
  /** The studies that this process has seen to their end. */
  private static final Set<List<String>> FINISHED = ConcurrentHashMap.newKeySet();

  /** Whether the calling thread works on a share, which it does without executors of its own. */
  static boolean here() {
    return Thread.holdsLock(FINISHED);
  }

  @Override
  public Integer of(Integer part) {
    synchronized (FINISHED) {
      if (!FINISHED.contains(words)) {
        run();
        FINISHED.add(words);
      }
    }
    return part;
  }

  private void run() {
    StringWriter errors = new StringWriter();
    CommandLine line = Tsugiki.commandLine();
    line.setOut(new PrintWriter(Writer.nullWriter())).setErr(new PrintWriter(errors, true));
    int code = Tsugiki.run(line, words.toArray(String[]::new));
    String sentence = errors.toString().lines().findFirst().orElse("").replace("tsugiki: ", "");
    if (code == CommandLine.ExitCode.USAGE) {
      throw new BadInputException(sentence);
    }
    if (code != CommandLine.ExitCode.OK) {
      throw new IllegalStateException(sentence);
    }
  }
}
