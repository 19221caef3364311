package tsugiki.base;

import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work without steps to count, such as building networks. One that lasts is named in the log before
 * two seconds have passed, and then every now and then; a short one says nothing.
 */
public final class Phase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Phase.class);
  private static final String FIRST = "tsugiki.phase";
  private static final long FIRST_MILLIS = 1500;
  private static final long BETWEEN_MILLIS = 20_000;

  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "phases");
            thread.setDaemon(true);
            return thread;
          });

  private final String what;
  private final long start = System.nanoTime();
  private final ScheduledFuture<?> lines;

  private Phase(String what, long firstMillis, long betweenMillis) {
    this.what = what;
    boolean atOnce = firstMillis == 0;
    if (atOnce) {
      line();
    }
    lines =
        CLOCK.scheduleAtFixedRate(
            this::line, atOnce ? betweenMillis : firstMillis, betweenMillis, TimeUnit.MILLISECONDS);
  }

  /**
   * How long work lasts before the log names it, in milliseconds. A test sets the system property
   * {@code tsugiki.phase} to 0, and then the log names also what is short.
   */
  public static long firstMillis() {
    return Long.getLong(FIRST, FIRST_MILLIS);
  }

  /**
   * Begins one; closing it ends its lines.
   *
   * @param what is done, such as {@code building the networks}
   */
  public static Phase begin(String what) {
    return new Phase(what, firstMillis(), BETWEEN_MILLIS);
  }

  /** The same with other times. */
  static Phase begin(String what, long firstMillis, long betweenMillis) {
    return new Phase(what, firstMillis, betweenMillis);
  }

  private void line() {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    LOG.info(
        "{}{}", what, seconds < 2 ? " …" : String.format(Locale.ROOT, ": %d s so far", seconds));
  }

  @Override
  public void close() {
    lines.cancel(false);
  }
}
