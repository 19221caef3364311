package tsugiki.cli;

import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.Bars;
import tsugiki.base.Phase;
import tsugiki.pretrained.Download;
import tsugiki.score.ScoreProgress;

/**
 * The progress of work in parts, as a bar for each part on a terminal; elsewhere as lines of the
 * log. Threads may share one.
 */
final class Progress implements ScoreProgress, Download.ProgressListener, AutoCloseable {
  private static final long MIB = 1 << 20;

  private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;

  private final String name;
  private ProgressBar bar;

  /** Until the first step, which may take long; null where there is a bar. */
  private Phase firstStep;

  private String part = "";
  private long count;
  private long done;
  private long lastLine;

  /** Of parts that {@link #begin} names. */
  Progress() {
    this("");
  }

  /** Of a download. */
  Progress(String name) {
    this.name = name;
  }

  /** Of so many images or whatever is counted. */
  static Progress of(String what, long count) {
    Progress progress = new Progress();
    progress.begin(what, count);
    return progress;
  }

  @Override
  public synchronized void begin(String what, long of) {
    close();
    part = what;
    count = of;
    done = 0;
    // The first line soon.
    lastLine =
        System.nanoTime()
            - NANOS_BETWEEN_LINES
            + TimeUnit.MILLISECONDS.toNanos(Phase.firstMillis());
    if (Bars.wanted()) {
      bar = Bars.builder().setTaskName(what).setInitialMax(of).build();
    } else {
      firstStep = Phase.begin("%s: 0 of %d".formatted(what, of));
    }
  }

  @Override
  public synchronized void step(int more) {
    if (bar != null) {
      bar.stepBy(more);
      return;
    }
    if (firstStep != null) {
      firstStep.close();
    }
    done += more;
    line();
  }

  /** Says where the part is, unless that was said a moment ago. */
  private void line() {
    if (System.nanoTime() - lastLine >= NANOS_BETWEEN_LINES) {
      lastLine = System.nanoTime();
      // A server may not say how long a file is.
      Lines.LOG.info("{}: {}{}", part, done, count < 0 ? "" : " of " + count);
    }
  }

  /** The log; apart, so that a verb that only shows its help does not load the logging library. */
  private static final class Lines {
    static final Logger LOG = LoggerFactory.getLogger(Progress.class);
  }

  /** So many bytes have arrived. */
  @Override
  public synchronized void progress(long arrived, long total) {
    if (bar == null && Bars.wanted()) {
      bar =
          Bars.builder()
              .setTaskName(name)
              .setInitialMax(total)
              .setUnit(" MiB", MIB)
              .showSpeed()
              .build();
    }
    if (bar != null) {
      bar.stepTo(arrived);
      return;
    }
    part = name + ", MiB";
    count = total < 0 ? total : total / MIB;
    done = arrived / MIB;
    line();
  }

  @Override
  public void end() {
    close();
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
    if (firstStep != null) {
      firstStep.close();
      firstStep = null;
    }
  }
}
